"""The window: the same actions as the command line, and the only place with Qt.

`app.run` starts it. `session.Session` is what all parts share; `tasks.Tasks` is the one way off
the UI thread; `main_window.MainWindow` holds the sidebar and the pages; `pages` show what
the actions return, `widgets` are what pages are made of, `dialogs` lie above them.

Decisions
- One worker thread owns the vault, and two verbs reach it (`ask`, `change`). SQLite refuses any
  other thread, so a page that forgot would fail in its first test. It costs that reads queue
  behind a long write, so long work is many short tasks.
- What waits for other computers runs in a second worker (`Session.network_tasks`) that never sees
  the vault: a slow host holds up no page, and locking drops the key at once. It costs that an
  answer still out when the person stops is awaited in vain until its time is over.
- The open wallet is a value, and other trust data make another one. `change_trust` hands it to the
  session even when page or dialog are gone by then: with the old trust, the next check would undo
  what was decided. So a wallet is recognised by its vault (`Session.holds`).
- "Don't ask again" takes the banner about the European lists away for this computer, not for the
  wallet; what they are missed for is still said with each check, and the settings offer them.
- A key's fingerprint is its thumbprint (RFC 7638), as the command line prints it; shown in groups,
  copied without blanks.
- Several changes within 30 ms become one `changed`: an import of fifty files reloads the list a
  few times, not fifty.
- A change of language, and a wallet that opens or closes, makes all pages anew. No page knows how
  to translate or empty itself. What a person had begun survives the language (`remembering`), and
  nothing survives the lock: dialogs close, and what was being checked goes as well.
- A button that works keeps the focus and takes no second press; disabling it would throw the focus
  to the sidebar. It costs that every such button has to be told when the work is done.
- Counting is one short task after another, and only while somebody looks at the page, so that no
  other page waits for all programmes.
- Filter and order are values over the entries of the list (`models/arranging.py`), and the search
  stays the vault's. Cost: the state of every entry is read when it is first filtered by.
- Several credentials are chosen in a mode of its own: otherwise a click opens. It costs a press.
- A note is written in a dialog, since a page is made anew whenever anything changes; tags are
  changed at every press. Both are taken back from the bar below.
- An address in a credential is a text that asks before it opens (`widgets/links.py`).
- The requirement tree is a column of wrapped texts with one Tab stop and arrows of its own, and
  each node's name holds its sentences and its place. A tree view would elide or clip what matters
  most. It costs that a screen reader hears "2 of 5, level 1" in words and not as a tree's role.
- The form for programmes keeps what it has no field for as the file has it, and says so; a rule
  can be left out, not broken. What was begun stays until it is kept or given up.
- Widgets, style sheet and two palettes of our own over Fusion: the same on every system, readable
  by measured contrast, and able to change while the window is open. It costs that the window looks
  like itself and not like the system.
- Foreign texts are plain text everywhere and show their control and direction characters by
  number. Foreign pictures are not shown at all: what a credential's logo claims is not identity,
  and Qt decodes nothing that came from outside.
- The wallet's pages are called only while a wallet is open; without one the same places lead to
  making or unlocking it. Checking a file and the settings never need one.
- The garbage collection runs in the UI thread by a timer (`sweeping`), because a collection in the
  worker could delete a part of the window there.
- Whether there is a vault at a path is asked in the UI thread: one look at one name.
- The recovery sheet lives in its dialog alone. The group asked back is put in its place, and the
  vault is asked whether that opens it: one comparison for typing and for opening, with its
  tolerance. Closing the dialog early keeps the sheet, which may be printed already; that it was not
  compared is remembered on this computer, not in the vault. It costs a reminder too many on a
  second computer's wallet.
- One banner for the open vault says the worst alone: reading only, a failed backup, no sheet.
- What wrong passphrases cost in time is counted down in the window, so the worker never sleeps.
- The window hides first and then waits for its last backup: closing is quick to look at, and the
  process ends when the backup is whole. It costs that a failure of that one is seen at the next.
- Backups are listed by what they state and then read one by one, each in a task of its own.
- Qt Widgets, not Qt Quick: lists, forms and screen readers are what this program consists of.
"""
