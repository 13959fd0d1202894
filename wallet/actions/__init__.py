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
"""
