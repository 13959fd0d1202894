"""The encrypted file: what a person keeps, and nothing of it in clear.

`vault.py` is the door, `opening.py` the order of opening; `kdf.py`, `sheet.py`, `keys.py`,
`slots.py`, `keyfile.py`, `finding.py`, `attempts.py` and `ways.py` are the keys, `files.py`,
`lock.py`, `database.py`, `schema.py` and the backups the disk, the other modules one kind of
content each.

Decisions
- The database key is random and never derived: a slot wraps it, so a passphrase changes without
  writing the database again. Cost: keys.json and wallet.db belong together and are copied together.
- A slot's AES-GCM binds everything else that the slot says, and keys.json has a checksum: damage
  is told apart from a wrong passphrase. A seal made from the database key covers all slots, so one
  put in, taken out or exchanged is seen by whoever opens. Cost: keys.json cannot be edited by hand,
  and a whole old keys.json put back is taken for a backup (it opens with what opened it then).
- The recovery sheet is groups of characters with a check for each, not words: no list of words, the
  check finds every single slip, and a group is short enough to compare. Its slot has no slow
  derivation, since 128 random bits cannot be guessed. Cost: 35 characters to type.
- A new database key is a new file: copied, given its key, checked, and renamed over the old one
  while keys.json holds the slots of both, so every moment opens with one of them. The sheet's slot
  is not carried over: that would need the sheet, or its secret in the database that is suspected to
  be open. Cost: room for a second copy, and a new sheet to print.
- What a guess costs is measured when a passphrase is set, and raised to 64 MiB and three passes
  when an older one opens. Cost: a vault made under load is cheaper, never below that.
- Wrong passphrases slow the next try in the same program, by ten seconds at most. Cost: a thief
  with the file tries elsewhere; against him stands Argon2id alone.
- A keyring has thirty seconds for an answer, in a thread of its own. Cost: one that hangs leaves
  that thread behind until the program ends.
- Argon2id parameters are bounded when read (1 GiB, 8 GiB of memory times passes): a hostile
  keys.json must not take the machine. Cost: stronger parameters need a new version.
- Only keyrings that the system encrypts are used, by an allow-list. Cost: an unusual but good
  backend is "absent" until it is listed.
- One writer: an operating system lock on the file `lock` (flock, which also stops a second opening
  in the same process) and SQLite's exclusive locking mode. The file names process and computer; one
  that this computer left is stale, one that another left is respected until it is deleted, since
  locks may not reach across a shared folder. Cost: nobody reads while it is open.
- Before each change the database is looked for under its name: in a file that was moved, replaced
  or deleted while it was open, every change would succeed and be gone at the end. Cost: one call of
  the system for each change, and reading and backing up are what is left then.
- What has happened is never reported as failed: writing a folder through, folding the log in and
  choosing the journal may fail after the step that counts. Cost: a power cut in that moment can
  bring the state before back.
- What cannot be written opens for reading, as the file lies; a log beside it is folded in on an
  encrypted copy in the system's temporary folder. Cost: that copy, while the vault is open.
- The trash counts by the latest time that the vault has seen. Cost: a clock set years ahead, once,
  empties it at that opening.
- `cipher_memory_security` stays off: it makes SQLite overwrite every page that it frees, and bulk
  reading and writing 1.7 times slower, while Python keeps the same content in memory that nobody
  can overwrite. Keys are overwritten by SQLCipher either way. Cost: pages stay in freed memory.
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
- The bytes as issued are deflated where that makes them smaller, and are inflated and compared with
  their SHA-256 whenever they are read; what is shorter than its stated size was deflated, so older
  rows stay as they are. Cost: the file's size says how well its content shrinks.
- An entry of a list reads its stored report when somebody looks at it, and the window asks which of
  the entries it has to show (`find`), not for the entries again. Cost: a report that cannot be read
  shows when it is looked at, not when the list is made; a broken page still shows at once.
- The index holds each word of a credential once, since nothing ranks what is found. Cost: no search
  for phrases.
- Letters without decomposition (ł, ø, đ, ß) are folded by us, for index and question alike, and
  every word of the question is a prefix. Cost: no search inside of words.
- A backup is one file, a ZIP archive that is only stored: any tool unpacks it into a vault's
  folder, which opens with what opened the vault then, and its checksums tell without a key whether
  it is still what was checked. Cost: time, reason and schema stand in clear in it, and making one
  takes room for two more copies for a moment.
- What counts is what comes back: the finished file is unpacked again, opened, every page's HMAC and
  SQLite's structure checked and the rows counted, before it gets its name. Cost: a backup writes
  the database three times.
- The backup of a day is made after its first change and anew when the vault closes, if something
  changed since: credentials come rarely, and the last one must not wait for the next. It is
  switched on by who opens a wallet for a person. Cost: closing takes as long as a backup.
- Backups rotate among each other and not by age; one from the future stays and takes no place. Only
  daily ones are ever removed. Cost: others add up until the person deletes them.
- The key that opened the vault is not looked for in a backup's slots but tried on its database.
  Replacing keeps the present keys and gives them the backup's content in one rename, and both
  replacing and merging make a backup first. Cost: none known.
- Over a damaged vault nothing is written: its files get dated names beside it, a log before all
  others, since it would be folded into the database that comes. Cost: they stay until deleted.
- A note lies beside its entry as it was written and as folded words. The search looks through the
  notes one by one: they are few, so an index and its upkeep would be more than they are worth; a
  word may be stated and the next one noted. Cost: thousands of long notes would slow the search.
- Two notes on one entry are put below each other when vaults are merged, unless one holds the
  other: neither loses a word. Cost: what was rewritten stands there twice, until somebody edits it.
- Merging believes a backup as it believes the vault: who has its passphrase is the person. What was
  taken back here since comes back, except out of the trash. Cost: a tag removed is there again.
- Own programme definitions are kept as their bytes, and which award a credential is given to and
  which achievement was confirmed with it as rows of their own. Cost: a copy of the vault when an
  older one is opened the first time.
"""

from wallet.vault.kdf import Kdf
from wallet.vault.vault import Vault

__all__ = ["Kdf", "Vault"]
