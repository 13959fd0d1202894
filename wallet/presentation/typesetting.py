"""A printed page as PDF: typst with one of our templates, in memory.

The output is PDF/A-3a and PDF/UA-1: tagged, archivable, with text that can be copied. Only the
fonts inside typst are used, so a page looks the same on every computer.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from wallet.resources import resource

_TEMPLATES = "pages"


def typeset(template: str, facts: Mapping[str, object], at: datetime) -> bytes:
    """Return the PDF that a template of resources/pages makes of these facts.

    Args:
        template: the template's name, without its ending.
        facts: what the template prints, as JSON holds it; every text is already in its language.
        at: the document's date.
    """
    import typst  # noqa: PLC0415 -- a large library, loaded by who prints

    made = typst.compile(
        resource(_TEMPLATES, f"{template}.typ").read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False),
        format="pdf",
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    assert isinstance(made, bytes)  # noqa: S101 -- one document is one file
    return made
