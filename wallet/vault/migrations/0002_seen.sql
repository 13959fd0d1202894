-- The latest time that this vault was opened at, for the age of what lies in the trash.
CREATE TABLE seen (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at TEXT NOT NULL
) STRICT;
