"""Making a programme of one's own by form: new, or adapted from another; checked, kept, shared."""

import json
from pathlib import Path
from uuid import uuid4

from wallet.actions.files import save
from wallet.actions.programmes import Version, document_of, file_of
from wallet.errors import ProgrammeInvalid
from wallet.model.credential import JsonObject
from wallet.model.draft import Draft, DraftAward, DraftCourse, DraftModule, DraftUniversity, new_key
from wallet.stacking import drafting, programme_file
from wallet.stacking.reading_drafts import draft_of
from wallet.stacking.whole_rules import field_of

Place = tuple[str, str]
"""(JSON pointer, what is wrong there), as `programme check` says it."""

OWN_IDS = "urn:uuid:"
"""How the ids of programmes begin that were made here."""


def new_draft(language: str) -> Draft:
    """Return a draft with one empty row of everything, in the language that it is written in."""
    return Draft(
        id=f"{OWN_IDS}{uuid4()}",
        language=language,
        universities=(DraftUniversity("university-1", country="PL"),),
        courses=(DraftCourse(new_key("course"), universities=("university-1",)),),
        awards=(DraftAward("award-1", modules=(DraftModule("module-1"),)),),
    )


def adapt(version: Version, language: str) -> Draft:
    """Make a draft of a programme; one that was made here is changed, others are copied.

    Raises ProgrammeInvalid.
    """
    document = document_of(file_of(version))
    made_here = document["id"].startswith(OWN_IDS)
    return draft_of(document, language, document["id"] if made_here else f"{OWN_IDS}{uuid4()}")


def definition(draft: Draft) -> bytes:
    """Write a draft as a file (mc-programme/1, UTF-8), right or wrong."""
    return json.dumps(drafting.document(draft), ensure_ascii=False, indent=1).encode() + b"\n"


def check(draft: Draft) -> tuple[Place, ...]:
    """Return every place that is wrong; none where the programme can be used.

    A rule over the whole is found at the draft's own field ("/awards/0/total"), because its number
    in the file depends on the others; everything else where the file has it.
    """
    raw = definition(draft)
    try:
        programme_file.load(raw)
    except ProgrammeInvalid as invalid:
        document = json.loads(raw)
        return tuple((_at_field(document, at), what) for at, what in invalid.places)
    return ()


def _at_field(document: JsonObject, pointer: str) -> str:
    steps = pointer.split("/")
    if len(steps) < 5 or steps[1] != "awards" or steps[3] != "constraints":
        return pointer
    rule = document["awards"][int(steps[2])]["constraints"][int(steps[4])]
    field = field_of(rule)
    return pointer if field is None else f"/awards/{steps[2]}/{field}"


def share(draft: Draft, path: Path) -> Path:
    """Save a draft as a file for others. Raises ProgrammeInvalid and NotWritable."""
    raw = definition(draft)
    programme_file.load(raw)
    return save(raw, path)
