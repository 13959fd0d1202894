"""Everything a person can do: the only door for the window and the command line.

Every action receives what it needs (an unlocked `Wallet`, or paths and trust data) and returns a
frozen value; a known failure is a `WalletError`. Nothing here prints, asks or knows about Qt.

Decisions
- Functions, grouped by what the person wants, and no service objects: an action is a verb.
- The wallet's clock is a function that the wallet carries, so that the demonstration runs on its
  own date and a test can move time. It costs one more field.
- What is fetched has to be what its address is for: credentials are written by strangers, and
  name addresses. Cost: keys and certificates are never fetched, only added from files.
- A report is stored with each version and shown with the validity of now; trust and status are
  judged again only by "check again" and on import, because they need the bytes.
- How long a note or a tag may be is asked where it is written, not where it is stored: what was
  merged may be longer and is never cut. Cost: the vault itself has no limit for them.
- An export of everything is an open folder that anybody could have changed, so coming back from it
  verifies all credentials anew, dates their arrival now, and takes no trust data and no decisions.
  Cost: a seal whose certificate expired since its first import is no longer known from before.
"""
