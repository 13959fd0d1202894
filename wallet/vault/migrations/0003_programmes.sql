-- The person's own programme definitions, as the bytes that were given, never rewritten.
CREATE TABLE programmes (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    raw BLOB NOT NULL,
    signature BLOB,
    source TEXT NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

-- Which award a credential is given to, where programmes exclude each other.
CREATE TABLE choices (
    entry TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    achievement INTEGER NOT NULL,
    award TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (entry, achievement)
) STRICT, WITHOUT ROWID;

-- A confirmation is about one achievement of a credential; until now it was the first.
ALTER TABLE confirmations RENAME TO confirmations_before;
CREATE TABLE confirmations (
    entry TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    achievement INTEGER NOT NULL,
    programme TEXT NOT NULL,
    item TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (entry, achievement, programme, item)
) STRICT, WITHOUT ROWID;
INSERT INTO confirmations (entry, achievement, programme, item, made_at)
    SELECT entry, 1, programme, item, made_at FROM confirmations_before;
DROP TABLE confirmations_before;
