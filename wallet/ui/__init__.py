"""The window: the same actions as the command line, and the only place with Qt.

`app.run` starts it. `session.Session` is what all parts share; `tasks.Tasks` is the one way off
the UI thread; `main_window.MainWindow` holds the sidebar and the pages; `pages` show what
the actions return, `widgets` are what pages are made of, `dialogs` lie above them.

Decisions
- One worker thread owns the vault, and two verbs reach it (`ask`, `change`). SQLite refuses any
  other thread, so a page that forgot would fail in its first test. It costs that reads queue
  behind a long write, so long work is many short tasks.
- Several changes within 30 ms become one `changed`: an import of fifty files reloads the list a
  few times, not fifty.
- A change of language, and a wallet that opens or closes, makes all pages anew. No page knows how
  to translate or empty itself. What a person had begun survives the language (`remembering`), and
  nothing survives the lock: dialogs close, and what was being checked goes as well.
- A button that works keeps the focus and takes no second press; disabling it would throw the focus
  to the sidebar. It costs that every such button has to be told when the work is done.
- Counting is one short task after another, and only while somebody looks at the page, so that no
  other page waits for all programmes.
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
- Qt Widgets, not Qt Quick: lists, forms and screen readers are what this program consists of.
"""
