"""The encrypted file: what a person keeps, and nothing of it in clear.

`vault.py` is the door, `opening.py` the order of opening; `kdf.py`, `slots.py`, `keyfile.py` and
`keys.py` are the keys, `files.py`, `database.py`, `schema.py` and `backup.py` the disk, the other
modules one kind of content each.

Decisions
- The database key is random and never derived: a slot wraps it, so a passphrase changes without
  writing the database again. Cost: keys.json and wallet.db belong together and are copied together.
- A slot's AES-GCM binds everything else that the slot says, and keys.json has a checksum: damage
  is told apart from a wrong passphrase. Cost: keys.json cannot be edited by hand.
- Argon2id parameters are bounded when read (1 GiB, 8 GiB of memory times passes): a hostile
  keys.json must not take the machine. Cost: stronger parameters need a new version.
- Only keyrings that the system encrypts are used, by an allow-list. Cost: an unusual but good
  backend is "absent" until it is listed.
- One writer: an operating system lock on the file `lock` (flock, which also stops a second opening
  in the same process) and SQLite's exclusive locking mode. Cost: nobody reads while it is open.
- A new vault is built beside its place and renamed. Cost: a crash may leave a hidden empty one.
- A damaged or newer vault is read and refused before anything is written, the journal's mode
  included; after a crash this is tried on a copy, since SQLite folds the log in when it closes.
  Cost: one copy after a crash; and the whole file is not checked at opening (minutes on a large
  one): a broken page shows when it is read, as `VaultDamaged`.
- An entry's identity is the issuer's first global identifier (else its folded name) and the
  credential's global id; without both, every distinct set of bytes is its own entry. Cost: two
  formats of one achievement without a common id are two entries.
- The shown version is the newest of those with the most evidence (proof, then whose key), so that
  neither a broken copy nor one that somebody signed with a key of their own hides the genuine one;
  newest by the stated issue date, then by arrival, so that the order of import does not matter.
  Cost: a re-issue that states an older date stays behind.
- Importing what lies in the trash takes it out: the person brought it back. Cost: none known.
- Index columns and the full-text index hang on the version and are computed when it is added;
  `get` always reads the bytes again. Cost: a better reading shows in the list after a rebuild.
- Letters without decomposition (ł, ø, đ, ß) are folded by us, for index and question alike, and
  every word of the question is a prefix. Cost: no search inside of words.
"""

from wallet.vault.kdf import Kdf
from wallet.vault.vault import Vault

__all__ = ["Kdf", "Vault"]
