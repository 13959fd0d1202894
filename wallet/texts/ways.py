"""Where something was found, in words: "letter.eml › attachment diploma.jsonld › credential 1".

The steps of a path are stable words, the same in JSON and in every language; here they are read.
"""

import re
from collections.abc import Mapping, Sequence

from wallet.texts.catalogue import Message, Texts

STEPS: Mapping[str, Message] = {
    "attachment": Message("attachment {name}"),
    "message": Message("message {name}"),
    "code": Message("QR code {name}"),
    "credential": Message("credential {name}"),
    "endorsement": Message("endorsement {name}"),
    "presentation": Message("presentation {name}"),
}
BAKED: Mapping[str, Message] = {
    "openbadges": Message("badge in the picture"),
    "openbadgecredential": Message("badge in the picture"),
    "clrcredential": Message("learner record in the picture"),
}
"""What is baked into a picture, by the keyword of its PNG chunk."""
_NUMBERED = re.compile(r"(message|code|credential|endorsement) (\d{1,4})")
_NAMED = re.compile(r"(attachment) (.+)", re.DOTALL)


def way(t: Texts, source: str, path: Sequence[str]) -> str:
    """Say where an item was, from the file inwards."""
    return " › ".join((source, *(_step(t, step) for step in path)))


def _step(t: Texts, step: str) -> str:
    found = _NUMBERED.fullmatch(step) or _NAMED.fullmatch(step)
    if found is not None:
        return t(STEPS[found[1]], name=found[2])
    if step in BAKED:
        return t(BAKED[step])
    return t(STEPS[step], name="").strip() if step == "presentation" else step
