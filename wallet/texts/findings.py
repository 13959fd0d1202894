"""What else a check found, beside its first sentence: dates, evidence, and what was not asked.

A sentence is said where all the facts are as its row says. `reason` is the check's own.
"""

from collections.abc import Iterator, Mapping

from wallet.model.verification import Check, Reason
from wallet.texts.catalogue import Message, Texts
from wallet.texts.sayings import Sayings, fullest, places

Row = tuple[Mapping[str, str], Sayings]

_AGE = Message("The list was {n} day old when asked.", "The list was {n} days old when asked.")
_SEAL = {"qualified": "yes", "certificate_type": "seal"}

INSTEAD: tuple[Row, ...] = (
    (
        {"reason": Reason.KEY_BINDING_FAILURE.value, "what": "no key binding"},
        (
            Message(
                "It was shown without the holder's signature that was asked for, so nothing shows "
                "that whoever showed it holds the key that it names."
            ),
        ),
    ),
    (
        {"reason": Reason.KEY_BINDING_FAILURE.value, "what": "signature"},
        (Message("Whoever showed it does not hold the key that the credential names."),),
    ),
    (
        {"reason": Reason.UNSUPPORTED_SUITE.value, "document": "refused"},
        (
            Message(
                "What was signed cannot be worked out here, so the signature cannot be checked: "
                "see what is said about the structure."
            ),
        ),
    ),
    (
        {"reason": Reason.TRY_LATER.value, "type": "HostedBadge"},
        (
            Message(
                "Whether it was revoked is told only where the badge is kept, at {list}; nobody "
                "asked there."
            ),
        ),
    ),
)
"""Said in place of a reason's own sentence."""

BESIDE: tuple[Row, ...] = (
    # ---- the trusted list
    (
        {},
        (
            Message(
                "Trusted list of {country}, no. {list_sequence} of {list_date}: here since "
                "{list_as_of}, not checked since then; the next one was announced for "
                "{list_next_update}."
            ),
            Message(
                "Trusted list of {country}, no. {list_sequence} of {list_date}: here since "
                "{list_as_of}, not checked since then."
            ),
            Message("Trusted list of {country}, no. {list_sequence} of {list_date}."),
        ),
    ),
    (
        {},
        (_AGE,),
    ),
    # ---- the certificate
    (
        {**_SEAL, "qscd": "stated"},
        (Message("The seal's key is stated to lie in a qualified device: a qualified seal."),),
    ),
    (
        {**_SEAL, "qscd": "not stated"},
        (
            Message(
                "Nothing states that the seal's key lies in a qualified device: a seal based on a "
                "qualified certificate, not a qualified seal."
            ),
        ),
    ),
    # ---- its revocation
    (
        {"revocation": "good"},
        (
            Message(
                "The certificate's provider said on {revocation_as_of} that it was not revoked, "
                "and to ask again by {revocation_until}; nobody asked again."
            ),
            Message(
                "The certificate's provider said on {revocation_as_of} that it was not revoked; "
                "nobody asked again."
            ),
        ),
    ),
    (
        {"revocation": "not checked"},
        (
            Message(
                "Whether the certificate was revoked was not checked: no answer of its provider "
                "came with the file."
            ),
        ),
    ),
    (
        {"revocation": "revoked", "reason": Reason.EU_TRUSTED_LIST.value},
        (
            Message(
                "The certificate was revoked on {revoked_at}; the seal is shown to be older, so "
                "it stays good."
            ),
        ),
    ),
    (
        {"reason": Reason.CERTIFICATE_REVOKED.value},
        (Message("That is what the certificate's provider said on {revocation_as_of}."),),
    ),
    # ---- when it existed
    (
        {},
        (
            Message(
                "A time stamp in the file does not hold ({broken_time_stamps}): it proves nothing, "
                "and says nothing against the seal."
            ),
        ),
    ),
    (
        {"existence_source": "time stamp"},
        (
            Message(
                "A time stamp of {time_stamp_authority} proves that the seal existed on "
                "{existence}."
            ),
            Message("A time stamp proves that the seal existed on {existence}."),
        ),
    ),
    (
        {"existence_source": "import"},
        (
            Message(
                "It came into this wallet on {existence}: for you, a proof that the seal existed "
                "then."
            ),
        ),
    ),
)
"""Said after it, in this order."""


def instead(found: Check) -> Sayings:
    """Return the sentences that say it better than the reason's own; () if there are none."""
    stated = _stated(found)
    return tuple(
        message for needs, said in INSTEAD if needs.items() <= stated.items() for message in said
    )


def beside(t: Texts, found: Check, facts: Mapping[str, str]) -> tuple[str, ...]:
    """Say what there is to say beside the first sentence, with the facts as they read."""
    return tuple(_beside(t, _stated(found), facts))


def _beside(t: Texts, stated: Mapping[str, str], facts: Mapping[str, str]) -> Iterator[str]:
    readable: dict[str, str | int] = {name: value for name, value in facts.items() if value}
    if facts.get("list_age", "").isdigit():
        readable["n"] = int(facts["list_age"])
    for needs, sayings in BESIDE:
        fitting = tuple(message for message in sayings if places(message) <= readable.keys())
        if needs.items() <= stated.items() and fitting:
            yield fullest(t, fitting, readable)


def _stated(found: Check) -> dict[str, str]:
    reason = {} if found.reason is None else {"reason": found.reason.value}
    return {**found.facts, **reason}
