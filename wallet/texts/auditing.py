"""The words of the audit and of the supplement, as they are printed."""

from collections.abc import Mapping

from wallet.model.audit import Component
from wallet.texts.catalogue import Message

AUDIT = Message("Audit of an award")
SUPPLEMENT = Message("Supplement")
PROGRAMME = Message("Programme")
VERSION = Message("Version of the rules")
LEARNER = Message("Learner, as the credentials state")
RESULT = Message("Result")
EVALUATED = Message("Evaluated on")
RULES_FROM = Message("The rules")
VOUCHED_BY = Message("Rules signed by")
DEFINITION = Message("SHA-256 of the programme file")
NOT_STATED = Message("not stated")
COMPONENTS: Mapping[Component, Message] = {
    Component.OBLIGATORY: Message("obligatory"),
    Component.ELECTIVE: Message("elective"),
}
PUBLISHED: Mapping[str, Message] = {
    "as-published": Message("as published"),
    "partly-published": Message("published in part; the rest is assumed"),
    "illustrative": Message("an illustration, not published rules"),
}

ACTIVITY = Message("Activity")
UNIVERSITY = Message("University")
COMPONENT = Message("Component")
ECTS = Message("ECTS")
DATE = Message("Date of award")
GRADE = Message("Grade")
TOTAL = Message("Total")
GRADE_ON = Message("{grade} (scale: {scale})")
NOTHING_COUNTED = Message("No credential counts toward this award yet.")

ACTIVITIES = Message("What counts")
REQUIREMENTS = Message("Requirements")
OVERALL = Message("Rules over the whole")
EVIDENCE = Message("Evidence")
OPEN = Message("Still open")
RECOGNISED = Message("Recognised")
CONFIRMED_ON = Message("{strength}, on {date}")
COUNTED_FOR = Message("Counted for")
COUNTED_ECTS = Message("ECTS counted")
COUNTED_OF = Message("{ects} of {held}")
COUNTED_SILENT = Message("{ects} (not stated in the credential)")
STATE = Message("State")
STATE_ON = Message("{state} (checked on {date})")
CREDENTIAL_ID = Message("Identifier of the credential")
DIGEST = Message("SHA-256 of the credential")
ASSUMPTIONS = Message("Assumed, not published")

NOT_ISSUED = Message(
    "Made by the learner's own program, on the learner's computer. No university issued this page."
)
NOT_MET_YET = Message("This is the state on that day. The published rules are not met yet.")
MET_IF = Message("The published rules are met if what is open below is confirmed.")
CHECK_DIGESTS = Message(
    "The credentials themselves are handed in as files. Their SHA-256 digests here tell that they "
    "are the ones that were counted."
)
PAGE = Message("Page {page} of {pages}")
