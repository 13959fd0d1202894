"""The letter that asks a university to state what a credential leaves open."""

from collections.abc import Mapping, Sequence

from wallet.model.credential import Achievement, Credential, Element
from wallet.texts import labels, verdicts
from wallet.texts.catalogue import Message, Texts

ASK = Message("Draft a letter about what is missing…")
TITLE = Message("A letter to the university")
TEXT = Message(
    "Read it, change what you like, and send it from your own mail. Nothing is sent from here."
)
FIELD = Message("Text of the letter")
LANGUAGE = Message("Language of the letter")
SAVE = Message("Save the letter…")
FILE_NAME = Message("letter")

_SUBJECT = Message("Subject: The description of “{title}”")
_DEAR = Message("Dear colleagues at {body},")
_DEAR_ANYBODY = Message("Dear Sir or Madam,")
_ASK_DATED = Message(
    "you issued the credential “{title}” to me on {date}. Universities and employers compare it "
    "with the elements that the Council Recommendation on micro-credentials (2022/C 243/02, "
    "Annex I) names as mandatory. The file does not state all of them."
)
_ASK_UNDATED = Message(
    "you issued the credential “{title}” to me. Universities and employers compare it with the "
    "elements that the Council Recommendation on micro-credentials (2022/C 243/02, Annex I) names "
    "as mandatory. The file does not state all of them."
)
_MISSING = Message("This is missing:")
_MISSING_OF = Message("This is missing for “{title}”:")
_LINE = Message("- {element}: {wanted}")
_PLEASE = Message(
    "Could you issue the credential again with these stated, under the same identifier, so that it "
    "is recognised as a new version? If that cannot be done, a signed statement would help as well."
)
_IDENTIFIER = Message("The credential's identifier: {identifier}")
_REGARDS = Message("Kind regards,")
_NAME = Message("(your name)")

WANTED: Mapping[Element, Message] = {
    Element.LEARNER: Message("my name, as on my documents"),
    Element.TITLE: Message("the title of what was learned"),
    Element.COUNTRY: Message("the country or region of the issuer"),
    Element.AWARDING_BODY: Message("the name and an identifier of the awarding body"),
    Element.ISSUED: Message("the date of issue"),
    Element.LEARNING_OUTCOMES: Message("what a learner knows and is able to do afterwards"),
    Element.WORKLOAD: Message("the notional workload, in ECTS credits where possible"),
    Element.LEVEL: Message("the level by the European Qualifications Framework, or the cycle"),
    Element.ASSESSMENT: Message("how the learning was assessed"),
    Element.PARTICIPATION: Message("on site, online, or both"),
    Element.QUALITY_ASSURANCE: Message("which quality assurance stands behind it"),
}
"""What a university has to add, for each of the eleven mandatory elements."""


def incomplete(credential: Credential) -> tuple[Achievement, ...]:
    """Return the achievements that do not state all eleven mandatory elements."""
    return tuple(a for a in credential.achievements if a.elements.missing_mandatory())


def letter(t: Texts, credential: Credential) -> str:
    """Draft the letter in the language of `t`: plain text, a subject in its first line."""
    title = credential.title.best(t.language) if credential.title else t(labels.UNTITLED)
    bodies = [body.name.best(t.language) for body in credential.awarding_bodies if body.name]
    body = t.listing(bodies) or (credential.issuer.label if credential.issuer else "")
    asked = (
        t(_ASK_DATED, title=title, date=t.date(credential.issued))
        if credential.issued
        else t(_ASK_UNDATED, title=title)
    )
    parts = [
        t(_SUBJECT, title=title),
        t(_DEAR, body=body) if body else t(_DEAR_ANYBODY),
        asked,
        *_missing(t, incomplete(credential), several=len(credential.achievements) > 1),
        t(_PLEASE),
    ]
    if credential.global_id is not None:
        parts.append(t(_IDENTIFIER, identifier=credential.global_id))
    return "\n\n".join([*parts, f"{t(_REGARDS)}\n{_learner(credential) or t(_NAME)}"]) + "\n"


def _missing(t: Texts, achievements: Sequence[Achievement], *, several: bool) -> list[str]:
    parts = []
    for achievement in achievements:
        stated = achievement.elements.title
        named = several and stated is not None
        head = t(_MISSING_OF, title=stated.best(t.language)) if named and stated else t(_MISSING)
        lines = [
            t(_LINE, element=verdicts.element(t, element), wanted=t(WANTED[element]))
            for element in achievement.elements.missing_mandatory()
        ]
        parts.append("\n".join([head, *lines]))
    return parts


def _learner(credential: Credential) -> str:
    learners = (a.elements.learner for a in credential.achievements)
    return next((one.name for one in learners if one is not None and one.name), "")
