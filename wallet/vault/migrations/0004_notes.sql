-- What the person writes beside an entry. `words` is the text folded by wallet/vault/search.py.
CREATE TABLE notes (
    entry TEXT PRIMARY KEY NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    words TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
