"""Credential formats: recognise, read, check the proof. One module per format.

`read` turns bytes into a `Credential`; `check_proof` answers the questions that need the format.

- `opening`: takes bytes apart once (JSON, JWS in any serialisation, SD-JWT, EDCI XML); content
  decides.
- `edci_xml`, `edci_document`, `edci_elements`, `edci_values`: the older European model, in XML.
- `open_badge_2` with `_older`, `_elements`, `_proof`: Open Badges 0.5, 1.x and 2.0.
- `edc`, `open_badge`, `clr`, `w3c_vc`, `presentation`, `signed_document`, `sd_jwt_vc`: readers.
- `data_model`, `conformance`, `jwt_claims`, `reading`, `embedded`, `enveloped`, `slices`: what
  several readers share.
- `elm`, `badge_elements`, `profile`, `concepts`, `countries`, `dates`, `values`: the elements.
- `sd_jwt_claims`, `sd_jwt_elements`, `type_metadata`: registered claims, learning and type names
  of SD-JWT.
- `proving`, `jwt_keys`, `sd_jwt_proof`, `holding`: format, proof, issuer and holder.

Decisions
- Formats are registered in the generator `formats`, which imports each when its turn comes, and
  in `opening` and `proving` each way of securing loads its own: all together take 0.15 s, a badge
  alone 0.04. It costs imports inside functions there, and nowhere else in the package.
- A reader gets bytes that were taken apart once (`Opened`), not the bytes themselves: seven readers
  would otherwise parse a hostile file of eight megabytes seven times. It costs one type.
- Where a document has a member of the wrong kind, it still reads, the member as not stated, and
  the defect becomes the `format` check; only what cannot be parsed raises. A validity date that
  nobody can read fails the format: it must not read as "without an end".
- Of several stated starts the latest counts, of several ends the earliest, JWT claims among them.
  Stricter than each rule alone, and what a careful reader would do.
- Parts are cut out of the text with their own characters, never written again: a digest or a seal
  over them stays what it was. The document around has to be read a second time for it.
- A proof set passes with any valid proof, preferably one whose key is shown to be the issuer's;
  the other proofs are named in the facts.
- The headline of a European credential (`displayParameter.title`) is its title, although many say
  only "Micro-credential": it is what the issuer put on top. The achievement has its own.
- Claims of the subject are the achievements, one each; what lies in `hasPart` is shown as
  stackability and not counted again. Activities alone are attendance.
- An assessment without a type is named by its title: it is stated, and "not stated" would be read
  as "attendance alone".
- Credits of a badge count as ECTS where no country outside the European Higher Education Area is
  stated: Open Badges has no unit, and European issuers mean ECTS. Elsewhere they are not shown.
- Certificates beside a `kid` count only where they are that key's: anybody can copy a university's
  certificate into a header.
- A token's key is never guessed from its issuer's DID: a header that names no key is answered with
  NO_SIGNING_KEY_FOUND. A supplied key without a name is tried, and an address never followed.
- What a learner reads is bounded by count (claims, achievements, parts, identifiers): the limits
  are named where they hold, and each has a test just under and just over.
- Readers see an SD-JWT with its disclosures in their places, so a badge or W3C credential in one
  is that format, secured as `sd-jwt`. What names a type (`vct`) is an SD-JWT VC before anything
  else, and what is neither is a signed document, whose times, status and holder still count.
- A disclosure that belongs to nothing fails the proof (HASH_FAILURE), any other broken rule of RFC
  9901, section 7.1, the format; then only what the issuer left in clear is shown.
- An EDCI document is first written in the words of the newer European model, and then read by the
  same module: two readers of sixteen elements would come apart. That JSON is its `document`.
- Of EDCI in a presentation the issuer is that of the credential, not the one that the presentation
  names: the Commission's software wrote the sealer there, and comparing it with the seal is empty.
- Of an EDCI learning outcome the description is shown beside the label, which is often only the
  name of the programme.
- Of an SD-JWT VC the end of the achievement (`date_of_expiry`) ends it too; it is told apart in
  the further information.
- An assertion of Open Badges 2.0 is written in the words of version 3.0 and read by the same
  module. BadgeClass and Issuer that are only linked are not stated until `resolved` finds them
  among the supplied documents; what the assertion says of them itself goes first.
- A CryptographicKey vouches for its owner alone, and where the issuer's document was supplied, it
  has to list the key. What a badge says inside about its issuer's keys proves nothing.
- A statement of the data model that a member breaks fails the format, as a verifier must refuse it
  (`conformance`): a date that is no dateTimeStamp, an id that is no address, a schema, evidence or
  terms without a type. A missing zone alone is a remark, for the standard says that it means UTC.
- An envelope is read as what its address holds, which is also what is kept: the same credential
  comes out of it as out of the bare token. What a COSE envelope holds is a remark, not a failure.
- A token is no text in a presentation of version 2.0; in version 1.1 it is. A token whose header
  carries a private key breaks the rules: its owner told everybody how to sign.
- A hosted assertion outside the hosts that its issuer allows fails the format: it is not what it
  says it is, whoever would ask at its address.
- An assertion of Open Badges 0.5 is first written in the words of 1.x; that JSON is its `document`.
- What a type of SD-JWT VC wants left to the holder, or not, is a remark where the issuer did
  otherwise: it was the issuer's to decide, and it signed both. Metadata whose stated digest does
  not fit are as if they were not there.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from wallet.formats.holding import holder_check
from wallet.formats.opening import Opened, Securing, take_apart
from wallet.formats.proving import prove, unexamined
from wallet.model.credential import Credential, Format
from wallet.model.verification import Check, CheckName, Outcome, Reason, indeterminate
from wallet.trust.anchors import TrustStore

__all__ = ["CredentialFormat", "check_proof", "formats", "read", "resolved", "undecided"]


class CredentialFormat(Protocol):
    """One credential format."""

    @property
    def name(self) -> Format:
        """The format, as `verify --json` names it."""

    def read(self, opened: Opened) -> Credential | None:
        """Read a document; None means "not mine".

        Raises:
            MalformedCredential: mine, and broken beyond reading.
        """


def formats(securing: Securing) -> Iterator[CredentialFormat]:
    """Give the formats that can be secured so, in order of recognition: the particular first.

    Each is imported when its turn comes, so that one badge does not pay for all formats.
    """
    if securing is Securing.XADES:
        from wallet.formats.edci_xml import EuropassCredential  # noqa: PLC0415 -- see above

        yield EuropassCredential()
        return
    if securing is Securing.SD_JWT:
        from wallet.formats.sd_jwt_vc import SdJwtCredential  # noqa: PLC0415 -- see above

        yield SdJwtCredential()
    from wallet.formats.edc import EuropeanDigitalCredential  # noqa: PLC0415 -- see above

    yield EuropeanDigitalCredential()
    from wallet.formats.presentation import VerifiablePresentation  # noqa: PLC0415 -- see above

    yield VerifiablePresentation()
    from wallet.formats.clr import LearnerRecord  # noqa: PLC0415 -- see above

    yield LearnerRecord()
    from wallet.formats.open_badge import OpenBadge  # noqa: PLC0415 -- see above

    yield OpenBadge()
    from wallet.formats.w3c_vc import VerifiableCredential  # noqa: PLC0415 -- see above

    yield VerifiableCredential()
    from wallet.formats.open_badge_2 import OpenBadge2  # noqa: PLC0415 -- see above

    yield OpenBadge2()
    from wallet.formats.signed_document import SignedDocument  # noqa: PLC0415 -- see above

    yield SignedDocument()


def read(data: bytes) -> Credential | None:
    """Read a credential, presentation or signed document; None where the bytes are neither.

    Raises:
        MalformedCredential: the bytes begin as one of these and cannot be parsed.
        TooLarge: they ask for more than a limit allows.
    """
    opened = take_apart(data)
    if opened is None:
        return None
    found = (candidate.read(opened) for candidate in formats(opened.securing))
    return next((credential for credential in found if credential is not None), None)


def resolved(credential: Credential, trust: TrustStore) -> Credential:
    """Read a credential again with documents that it links to and the person has supplied.

    Of Open Badges 2.0, BadgeClass and Issuer; anything else is what it was. `raw`, `document` and
    `id` never change: what is only linked was not signed, and is shown, not kept.
    """
    if credential.format is not Format.OPEN_BADGE_2 or not trust.badge_documents:
        return credential
    from wallet.formats import open_badge_2  # noqa: PLC0415 -- as above

    return open_badge_2.resolved(credential, trust.badge_documents)


def check_proof(
    credential: Credential, trust: TrustStore, at: datetime, known_since: datetime | None = None
) -> tuple[Check, ...]:
    """Check FORMAT, PROOF and ISSUER; of what is presented HOLDER too, as far as without a demand.

    Presented are presentations, and an SD-JWT with a key binding.

    Args:
        credential: as read; its `raw` is what is checked.
        trust: keys, certificates and JSON-LD contexts that are known, and the person's decisions.
        at: the time asked about, aware.
        known_since: when the wallet took the bytes in, which proves that they existed then.
    """
    proven = prove(credential, trust, at, known_since)
    bound = () if proven.binding is None else (proven.binding,)
    if credential.format is not Format.PRESENTATION or _broken(bound):
        return (*proven.checks, *bound)
    return (*proven.checks, holder_check(credential, proven.proof, proven.finding, at))


def _broken(bound: tuple[Check, ...]) -> bool:
    return any(check.outcome is Outcome.FAILED for check in bound)


def undecided(credential: Credential, at: datetime) -> tuple[Check, ...]:
    """Give the same checks without looking at the proof: for what there is no time for."""
    checks = unexamined(credential)
    if credential.format is not Format.PRESENTATION:
        named = credential.securing == Securing.SD_JWT and "cnf" in credential.document
        unbound = indeterminate(CheckName.HOLDER, Reason.HOLDER_UNCONFIRMED)
        return (*checks, unbound) if named else checks
    return (*checks, holder_check(credential, checks[1], None, at))
