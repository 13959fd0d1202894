"""What verification found, in sentences: states, checks, outcomes, reasons, elements.

A sentence may name facts ("sealed by {organisation}"). A check that was made without them still
has a sentence: each entry holds its sentences from the fullest to the plainest, and the first one
whose facts are all there is said.
"""

from collections.abc import Mapping

from wallet.model.credential import Element
from wallet.model.verification import Check, CheckName, Outcome, Reason, Standing, State
from wallet.texts import findings
from wallet.texts.catalogue import Message, Texts
from wallet.texts.countries import country
from wallet.texts.sayings import Sayings, fullest

CHECKS: Mapping[CheckName, Message] = {
    CheckName.FORMAT: Message("Structure"),
    CheckName.PROOF: Message("Seal or signature"),
    CheckName.ISSUER: Message("Issuer"),
    CheckName.VALIDITY: Message("Validity"),
    CheckName.STATUS: Message("Revocation"),
    CheckName.HOLDER: Message("Holder"),
}

OUTCOMES: Mapping[Outcome, Message] = {
    Outcome.PASSED: Message("confirmed"),
    Outcome.INDETERMINATE: Message("not decided"),
    Outcome.FAILED: Message("does not hold"),
    Outcome.NOT_CHECKED: Message("not checked"),
}

STATES: Mapping[State, Sayings] = {
    State.ENTERED_BY_YOU: (Message("Entered by you"),),
    State.NOT_SIGNED: (Message("Not signed"),),
    State.SIGNATURE_NOT_VALID: (Message("Signature not valid"),),
    State.FORMAT_NOT_VALID: (Message("File not built as it claims"),),
    State.REVOKED: (Message("Revoked"),),
    State.SUSPENDED: (Message("Suspended"),),
    State.REJECTED_BY_YOU: (Message("Rejected by you"),),
    State.ISSUER_CERTIFICATE_REVOKED: (Message("Issuer's certificate revoked"),),
    State.NOT_QUALIFIED_AT_SIGNING: (Message("Not qualified at signing"),),
    State.HOLDER_NOT_VALID: (Message("Not shown by its holder"),),
    State.EXPIRED: (
        Message("Expired on {date}"),
        Message("Expired on {until}"),
        Message("Expired on {expires}"),
        Message("Expired"),
    ),
    State.NOT_YET_VALID: (Message("Valid from {date}"), Message("Not valid yet")),
    State.CANNOT_BE_CHECKED: (Message("Cannot be checked here"),),
    State.UNCHANGED_ISSUER_NOT_CONFIRMED: (Message("Unchanged, issuer not confirmed"),),
    State.UNCHANGED_SEALED_BY_ANOTHER: (
        Message("Unchanged, sealed by {organisation}, awarded by {awarding_body}"),
        Message("Unchanged, sealed by another organisation"),
    ),
    State.UNCHANGED_CERTIFICATE_EXPIRED: (
        Message("Unchanged, the seal's certificate has since expired"),
    ),
    State.REVOCATION_NOT_CHECKED: (Message("Revocation not checked"),),
    State.HOLDER_NOT_CONFIRMED: (Message("Unchanged, presenter not confirmed"),),
    State.VERIFIED: (Message("Verified"),),
}

ELEMENTS: Mapping[Element, Message] = {
    Element.LEARNER: Message("Learner"),
    Element.TITLE: Message("Title"),
    Element.COUNTRY: Message("Country of the issuer"),
    Element.AWARDING_BODY: Message("Awarding body"),
    Element.ISSUED: Message("Date of issuing"),
    Element.LEARNING_OUTCOMES: Message("Learning outcomes"),
    Element.WORKLOAD: Message("Workload"),
    Element.LEVEL: Message("Level"),
    Element.ASSESSMENT: Message("Type of assessment"),
    Element.PARTICIPATION: Message("Form of participation"),
    Element.QUALITY_ASSURANCE: Message("Quality assurance"),
    Element.PREREQUISITES: Message("Prerequisites"),
    Element.SUPERVISION: Message("Supervision and identity verification"),
    Element.GRADE: Message("Grade"),
    Element.STACKABILITY: Message("Integration and stackability"),
    Element.FURTHER_INFORMATION: Message("Further information"),
}

NOT_STATED = Message("not stated")

REASONS: Mapping[tuple[CheckName, Reason], Sayings] = {
    # ---- structure
    (CheckName.FORMAT, Reason.FORMAT_FAILURE): (
        Message("The file is not built as its format demands: {what}."),
        Message("The file is not built as its format demands."),
    ),
    (CheckName.FORMAT, Reason.DUPLICATE_KEY): (
        Message("“{what}” is stated twice, so two programs could read two different things."),
        Message("Something is stated twice, so two programs could read two different things."),
    ),
    (CheckName.FORMAT, Reason.UNKNOWN_CONTEXT): (
        Message("The file uses terms defined at {what}, which this program does not have."),
        Message("The file uses terms that this program has no definition of."),
    ),
    (CheckName.FORMAT, Reason.UNSIGNED_TERM): (
        Message("The signature does not cover “{what}”: anyone could have added it."),
        Message(
            "Something in the file is not covered by the signature: anyone could have added it."
        ),
    ),
    (CheckName.FORMAT, Reason.SCHEMA_REMARKS): (
        Message("The file can be read whole; it departs from its format in small things."),
    ),
    # ---- seal or signature
    (CheckName.PROOF, Reason.SIG_CRYPTO_FAILURE): (
        Message(
            "The signature does not match: the file was changed, or this issuer never signed it."
        ),
    ),
    (CheckName.PROOF, Reason.HASH_FAILURE): (
        Message("The content is not what was signed: the file was changed afterwards."),
    ),
    (CheckName.PROOF, Reason.NO_SIGNATURE_FOUND): (
        Message(
            "There is no seal or signature in this file, so nobody vouches for what it says. "
            "Ask the issuer for the signed file."
        ),
    ),
    (CheckName.PROOF, Reason.SIG_CONSTRAINTS_FAILURE): (
        Message("The signature breaks the rules for such signatures: {what}."),
        Message("The signature breaks the rules for such signatures."),
    ),
    (CheckName.PROOF, Reason.NO_SIGNING_KEY_FOUND): (
        Message(
            "This badge is not signed. It can only be compared with the original at {hosted}, "
            "which needs the network."
        ),
        Message(
            "The key that signed it is neither in the file nor known here, so the signature "
            "cannot be checked without the network."
        ),
    ),
    (CheckName.PROOF, Reason.UNSUPPORTED_SUITE): (
        Message("It is signed in a way that this program cannot check yet ({what})."),
        Message("It is signed in a way that this program cannot check yet ({suite})."),
        Message("It is signed in a way that this program cannot check yet."),
    ),
    # ---- issuer
    (CheckName.ISSUER, Reason.EU_TRUSTED_LIST): (
        Message(
            "Sealed by {organisation}; certificate from {provider}, on the trusted list of "
            "{country} of {date}."
        ),
        Message("The seal's provider is on a trusted list of the European Union."),
    ),
    (CheckName.ISSUER, Reason.ISSUER_REGISTRY): (
        Message("{organisation} is in the issuer registry “{registry}” of {date}."),
        Message("{organisation} is in the issuer registry “{registry}”."),
        Message("The issuer is in a registry that this wallet trusts."),
    ),
    (CheckName.ISSUER, Reason.TRUSTED_BY_YOU): (
        Message("You have confirmed this issuer's key yourself."),
    ),
    (CheckName.ISSUER, Reason.KEY_SUPPLIED): (
        Message(
            "Sealed by {organisation}; the certificate (until {certificate_expires}) leads to the "
            "one that you supplied: {source}, {date}."
        ),
        Message("Signed with the key of {organisation} that you supplied: {source}, {date}."),
        Message("Signed with the key that you supplied for this issuer."),
    ),
    (CheckName.ISSUER, Reason.ISSUER_NOT_AUTHENTICATED): (
        Message(
            "The file says it is from {organisation}, but nothing shows that the key is theirs."
        ),
        Message("Nothing shows that it is from the issuer that the file names."),
    ),
    (CheckName.ISSUER, Reason.TRUST_DATA_MISSING): (
        Message(
            "Sealed by {organisation}. Whether the seal's provider is on a European trusted "
            "list cannot be told: no list is here yet."
        ),
        Message(
            "Whether the seal's provider is on a European trusted list cannot be told: no list "
            "is here yet."
        ),
    ),
    (CheckName.ISSUER, Reason.NO_CERTIFICATE_CHAIN_FOUND): (
        Message("Sealed by {organisation}; its certificate does not lead to any trusted list."),
        Message("The seal's certificate does not lead to any trusted list."),
    ),
    (CheckName.ISSUER, Reason.OUT_OF_BOUNDS_NO_POE): (
        Message(
            "The issuer used this key until {key_until}, and nothing proves that the signature is "
            "older than that."
        ),
        Message(
            "The seal's certificate expired on {date}, and no time stamp proves that the seal is "
            "older than that."
        ),
        Message(
            "The seal's certificate has expired, and no time stamp proves that the seal is older."
        ),
    ),
    (CheckName.ISSUER, Reason.SEAL_NOT_ISSUER): (
        Message(
            "Sealed by {organisation}, but {awarding_body} is named as the issuer. Ask them "
            "whether they seal for each other."
        ),
        Message("The organisation that sealed the file is not the one named as the issuer."),
    ),
    (CheckName.ISSUER, Reason.ISSUER_UNKNOWN): (
        Message(
            "The key is known only by its number. That it belongs to {organisation} is not "
            "confirmed here: compare it with what they publish."
        ),
        Message(
            "The key is known only by its number. Whose it is, is not confirmed here: compare it "
            "with what the issuer publishes."
        ),
    ),
    (CheckName.ISSUER, Reason.CERTIFICATE_REVOKED): (
        Message("The seal's certificate was revoked on {date}."),
        Message("The seal's certificate was revoked."),
    ),
    (CheckName.ISSUER, Reason.NOT_QUALIFIED_AT_SIGNING): (
        Message("The seal's certificate was not qualified when the file was sealed."),
    ),
    (CheckName.ISSUER, Reason.DISTRUSTED_BY_YOU): (
        Message("You have rejected this issuer's key."),
    ),
    (CheckName.ISSUER, Reason.PROOF_FAILED): (
        Message("Not asked, because the signature does not hold."),
    ),
    (CheckName.ISSUER, Reason.NOT_APPLICABLE): (Message("Such a file has no issuer to check."),),
    # ---- validity
    (CheckName.VALIDITY, Reason.EXPIRED): (
        Message("It was valid until {date}."),
        Message("It was valid until {until}."),
        Message("Its validity is over."),
    ),
    (CheckName.VALIDITY, Reason.NOT_YET_VALID): (
        Message("It is valid only from {date}."),
        Message("It is not valid yet."),
    ),
    (CheckName.VALIDITY, Reason.NOT_APPLICABLE): (
        Message("Such a file states no period of validity."),
    ),
    # ---- revocation
    (CheckName.STATUS, Reason.REVOKED): (
        Message("The issuer has revoked it (list of {date})."),
        Message("The issuer has revoked it."),
    ),
    (CheckName.STATUS, Reason.SUSPENDED): (
        Message("The issuer has suspended it for the time being (list of {date})."),
        Message("The issuer has suspended it for the time being."),
    ),
    (CheckName.STATUS, Reason.TRY_LATER): (
        Message(
            "Whether it was revoked is told in a way that this program cannot read "
            "({unknown_type})."
        ),
        Message(
            "The issuer's list of {date} says something about it that this program has no word "
            "for (status {value})."
        ),
        Message(
            "The issuer's list of revoked credentials that is here, of {date}, is too old to be "
            "asked: get a newer one."
        ),
        Message("The issuer's list of revoked credentials is not here, so it was not asked."),
    ),
    (CheckName.STATUS, Reason.STATUS_LIST_INVALID): (
        Message(
            "The list of revoked credentials that is here is that of {list_owner}. Nothing shows "
            "that this is the issuer, so the list decides nothing."
        ),
        Message(
            "The list that is here is about something else ({list_purpose}), so it decides nothing."
        ),
        Message("The issuer's list of {date} has no entry {no_entry}, so it decides nothing."),
        Message("The list of revoked credentials is here, but its own signature does not hold."),
    ),
    (CheckName.STATUS, Reason.NO_STATUS_STATED): (
        Message("The issuer names no list on which it could be revoked."),
    ),
    (CheckName.STATUS, Reason.NOT_APPLICABLE): (Message("Such a file cannot be revoked."),),
    (CheckName.STATUS, Reason.PROOF_FAILED): (
        Message("Not asked, because the signature does not hold."),
    ),
    # ---- holder
    (CheckName.HOLDER, Reason.KEY_BINDING_FAILURE): (
        Message(
            "The holder's signature with which it was shown breaks a rule ({what}), so it does "
            "not show who showed it."
        ),
        Message("Whoever showed it does not hold the key that the credential names."),
    ),
    (CheckName.HOLDER, Reason.WRONG_AUDIENCE): (
        Message("It was made to be shown to {audience}, not to you."),
        Message("It was made to be shown to somebody else."),
    ),
    (CheckName.HOLDER, Reason.WRONG_NONCE): (
        Message("It does not carry the word that was agreed for this showing."),
    ),
    (CheckName.HOLDER, Reason.PRESENTATION_EXPIRED): (
        Message(
            "It was made to be shown until {expires}; the credentials inside are judged apart."
        ),
        Message("The time for which it was made is over; the credentials inside are judged apart."),
    ),
    (CheckName.HOLDER, Reason.HOLDER_UNCONFIRMED): (
        Message("Whether it was shown by the person it is about is not confirmed."),
    ),
    (CheckName.HOLDER, Reason.NO_HOLDER_BINDING): (
        Message(
            "It names no key of its holder: anyone who has this file could show it, so compare "
            "the name with an identity document."
        ),
    ),
    (CheckName.HOLDER, Reason.PROOF_FAILED): (
        Message("Not asked, because the signature does not hold."),
    ),
    (CheckName.HOLDER, Reason.NOT_APPLICABLE): (
        Message("It is looked at by itself, not as something that somebody presents."),
    ),
}

PASSES: Mapping[CheckName, Sayings] = {
    CheckName.FORMAT: (Message("The file is built as its format demands."),),
    CheckName.PROOF: (
        Message("Unchanged since it was sealed on {signing_time} ({algorithm})."),
        Message("Unchanged since it was signed on {created} ({algorithm})."),
        Message("Unchanged since it was signed ({algorithm})."),
        Message("Unchanged since it was signed."),
    ),
    CheckName.ISSUER: (Message("The issuer is confirmed."),),
    CheckName.VALIDITY: (
        Message("In force; valid until {until}."),
        Message("In force; no end is stated."),
    ),
    CheckName.STATUS: (
        Message("Not revoked (list of {date})."),
        Message("Not revoked."),
    ),
    CheckName.HOLDER: (Message("Shown by the holder of the key that it names."),),
}

PLAIN: Mapping[Outcome, Message] = {
    Outcome.PASSED: Message("This holds."),
    Outcome.INDETERMINATE: Message("This could not be decided."),
    Outcome.FAILED: Message("This does not hold."),
    Outcome.NOT_CHECKED: Message("This was not checked."),
}


def state(t: Texts, standing: Standing) -> str:
    """Name a state in the words of the list: "Expired on 3 May 2026"."""
    return fullest(t, STATES[standing.state], standing.facts)


def check(t: Texts, found: Check) -> str:
    """Say in one or two sentences what a check found."""
    sayings: Sayings = ()
    if found.reason is not None:
        sayings = REASONS.get((found.name, found.reason), ())
    elif found.outcome is Outcome.PASSED:
        sayings = PASSES[found.name]
    facts = _readable(t, found)
    return fullest(t, (*findings.instead(found), *sayings, PLAIN[found.outcome]), facts)


def more(t: Texts, found: Check) -> tuple[str, ...]:
    """Say what else a check found, one sentence each: dates, evidence, what was not asked."""
    return findings.beside(t, found, _readable(t, found))


def _readable(t: Texts, found: Check) -> dict[str, str]:
    facts = dict(found.facts)
    if "country" in facts:
        facts["country"] = country(t, facts["country"])
    return facts


def check_name(t: Texts, name: CheckName) -> str:
    """Name a check: "Seal or signature"."""
    return t(CHECKS[name])


def outcome(t: Texts, found: Outcome) -> str:
    """Name an outcome: "not decided"."""
    return t(OUTCOMES[found])


def element(t: Texts, which: Element) -> str:
    """Name one of the sixteen elements: "Form of participation"."""
    return t(ELEMENTS[which])
