-- From here on, bytes in `contents` that are shorter than the version's `size` are deflated: see
-- wallet/vault/contents.py. What is stored already stays as it is.

-- The search goes from what it found to the entry that shows it, without reading the entry.
CREATE INDEX entries_listed ON entries (shown, deleted_at, id);

-- The trash is looked through at every opening, and is mostly empty.
CREATE INDEX entries_in_trash ON entries (deleted_at) WHERE deleted_at IS NOT NULL;
