"""The list of credentials arranged: what is shown of it, and in which order."""

from wallet.texts.catalogue import Message

FILTER = Message("Filter")
FILTER_ON = Message("Filter ({n})", "Filter ({n})")
FILTER_CLEAR = Message("Clear the filter")
ANY = Message("All")
BY_STATE = Message("State")
BY_BODY = Message("Awarding body")
BY_YEAR = Message("Year")
BY_TAG = Message("Tag")
BY_FORMAT = Message("Format")
NO_YEAR = Message("No date stated")
SORT = Message("Order")
SORT_AWARDED = Message("Newest award first")
SORT_TITLE = Message("By title")
SORT_BODY = Message("By awarding body")
SORT_ADDED = Message("Last added first")
SHOWN_OF = Message("{shown} of {n} credential", "{shown} of {n} credentials")
NOTHING_LEFT = Message("Nothing matches the filter")
NOTHING_LEFT_TEXT = Message("Every credential is still here; the filter hides them all.")
