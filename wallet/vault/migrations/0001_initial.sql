-- The first schema. Times are UTC in ISO 8601 with microseconds, so that they sort as text.

PRAGMA application_id = 0x4D4B4631; -- "MKF1"

-- One line of the list. `identity` is issuer and global id; NULL where nothing identifies it.
CREATE TABLE entries (
    id TEXT PRIMARY KEY NOT NULL,
    identity TEXT UNIQUE,
    shown INTEGER REFERENCES versions (seq) DEFERRABLE INITIALLY DEFERRED,
    deleted_at TEXT
) STRICT;

-- One set of bytes of an entry: where it came from, its last report, and the index of the list.
CREATE TABLE versions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    entry TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    format TEXT NOT NULL,
    source TEXT NOT NULL,
    path TEXT NOT NULL,
    added_at TEXT NOT NULL,
    report TEXT NOT NULL,
    evidence INTEGER NOT NULL,
    title TEXT,
    issuer TEXT NOT NULL,
    awarding_bodies TEXT NOT NULL,
    issued TEXT,
    valid_from TEXT,
    valid_until TEXT,
    ects TEXT,
    eqf INTEGER
) STRICT;
CREATE INDEX versions_of_entry ON versions (entry);

-- The bytes as issued, apart, so that listing never walks over them.
CREATE TABLE contents (
    seq INTEGER PRIMARY KEY REFERENCES versions (seq) ON DELETE CASCADE,
    raw BLOB NOT NULL
) STRICT;

-- Everything stated, folded by wallet/vault/search.py; the row is the version's `seq`.
CREATE VIRTUAL TABLE search USING fts5 (
    stated,
    content = '',
    contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);
CREATE TRIGGER search_forgets AFTER DELETE ON versions BEGIN
    DELETE FROM search WHERE rowid = old.seq;
END;

CREATE TABLE tags (
    entry TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (entry, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE confirmations (
    entry TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    programme TEXT NOT NULL,
    item TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (entry, programme, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE holder_keys (
    did TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    private BLOB NOT NULL,
    created_at TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    retired_at TEXT
) STRICT;

-- What was shown to whom. No reference to entries: it survives their deletion.
CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    form TEXT NOT NULL,
    titles TEXT NOT NULL,
    credential_ids TEXT NOT NULL,
    audience TEXT,
    expires TEXT,
    holder TEXT,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL
) STRICT;

CREATE TABLE profile (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE trust_items (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    as_of TEXT NOT NULL,
    raw BLOB NOT NULL
) STRICT;

CREATE TABLE trust_decisions (
    id TEXT PRIMARY KEY NOT NULL,
    key TEXT NOT NULL,
    verdict TEXT NOT NULL,
    how TEXT NOT NULL,
    made_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT;
