"""A credential looked at more closely: its bytes, its versions, its links, where it counts."""

from wallet.texts.catalogue import Message

MORE = Message("More")
MORE_NAMED = Message("More about this credential")

# ---- the bytes ----------------------------------------------------------------------------------

RAW = Message("See the file as issued…")
RAW_TITLE = Message("The file as issued")
RAW_SIZE = Message("{n} byte.", "{n} bytes.")
RAW_CUT = Message("Only its beginning is shown here; “Save the original” saves all of it.")
RAW_ISSUED = Message("As issued")
RAW_LAID_OUT = Message("Set out line by line")
RAW_LAID_OUT_TEXT = Message(
    "This is what was signed, set out to be read. The file itself is not changed."
)
RAW_VIEW = Message("View")
RAW_TEXT = Message("Content of the file")
RAW_FIND = Message("Find in the file")
RAW_NEXT = Message("Next")
RAW_FOUND_NONE = Message("Not found.")

# ---- versions -----------------------------------------------------------------------------------

VERSION_LOOK = Message("Look at it…")
VERSION_LOOK_NAMED = Message("Look at the version added {date}")
VERSION_TITLE = Message("Another version")
VERSION_TEXT = Message("Added {date}. It is kept, but neither counted nor presented.")

# ---- links --------------------------------------------------------------------------------------

LINKS_OPEN = Message("Open the link {address}")
LINK_STATED_TEXT = Message(
    "The credential states this address; nobody has checked where it leads. Your browser will use "
    "the network, and whoever runs the address can see that it was opened."
)

# ---- programmes ---------------------------------------------------------------------------------

COUNTS = Message("Where it counts")
COUNTS_NOWHERE = Message("In none of the programmes that the wallet knows.")
COUNTS_NOW = Message("Count it now")
