"""Every size, depth and count that a source can ask of the intake."""

MAX_FILE = 32 * 1024 * 1024
"""Bytes of one credential, picture or mail; ten times the largest that was seen."""
MAX_CONTAINER = 256 * 1024 * 1024
"""Bytes of a zip or mailbox, and of all that is unpacked from one source."""
MAX_ENTRIES = 1000
"""Files in a folder, entries in a zip, messages in a mailbox."""
MAX_LEAVES = 10_000
"""Things looked at in one source, whatever they are packed in."""
MAX_NESTING = 6
"""Containers inside containers: a zip in a mail in a mailbox is three."""
MAX_PARTS = 1000
"""Parts of one mail."""
MAX_MAIL_DEPTH = 40
"""Multiparts and messages inside each other in one mail."""
MAX_HEADER = 8192
"""Characters of one header that are looked at."""
MAX_TEXT = 4 * 1024 * 1024
"""Characters of a text that are searched for credentials and links."""
MAX_CANDIDATES = 20
"""Things in one text that look like a credential."""
MAX_LINKS = 500
"""Links in one mail that are compared."""
MAX_LINK = 2000
"""Characters of one link."""
MAX_LABEL = 200
"""Characters of a name that is shown."""
MAX_RATIO = 1000
"""Bytes unpacked for each packed one, above the size where a ratio says anything."""
RATIO_FROM = 1024 * 1024
"""Bytes unpacked from which the ratio counts."""
SECONDS = 30.0
"""For one mail or zip."""
MEMORY = 1536 * 1024 * 1024
"""Bytes for one mail or zip."""
