"""The simulator: issues every format in memory, sound or with one named defect.

It shares no code with the wallet's own proofs, so that a test that issues here and verifies there
compares two implementations. Values come first (`University`, `Issuer`, `Course`, `Learner`,
`Award`), then one function for each format; `specimen(form, defect)` is the short way.

Decisions
- Every key, number and time follows from a word: fixtures can be made again byte for byte, and a
  test fails where the committed demonstration is another. RSA keys are searched from their word,
  a tenth of a second each, so that no file with a private key lies in the project.
- Deflate is written here with run lengths alone: builds of zlib differ in what they write.
- A defect is one thing that is wrong, applied where the formats have it (`SENSIBLE`); a
  combination that makes no sense is refused, so that no test passes for another reason.
- Universities' names are real, their keys and register numbers are not; the person is invented.
"""

from tests.issuer.badges import badge_document, credential, credential_document, open_badge
from tests.issuer.certificates import Authority, authority, seal_certificate
from tests.issuer.data_integrity import Purpose, Suite, prove, quads
from tests.issuer.defects import SENSIBLE, Defect, Form
from tests.issuer.edc import edc_document, sealed_edc, unsigned_edc, upload_wrapper
from tests.issuer.jades import Sealing, seal
from tests.issuer.keys import IssuerKey, base64url, ed25519_key, p256_key, p384_key, rsa_key
from tests.issuer.mail import Attachment, mail
from tests.issuer.presentations import enveloped, holder_key, presentation
from tests.issuer.registry import issuer_registry
from tests.issuer.specimens import (
    AUDIENCE,
    BADGE_AWARD,
    EDC_AWARD,
    NONCE,
    issuer_of,
    specimen,
    status_files,
    trust_files,
)
from tests.issuer.status import bitstring, status_list
from tests.issuer.subjects import (
    GOOD_INDEX,
    NOW,
    REVOKED_INDEX,
    SUSPENDED_INDEX,
    Award,
    Course,
    Issuer,
    Learner,
    Mode,
    Outcome,
    Skill,
    StatusEntry,
    Supervision,
    University,
    list_address,
)
from tests.issuer.tokens import Shape, credential_jwt, open_badge_jwt

__all__ = [
    "AUDIENCE",
    "BADGE_AWARD",
    "EDC_AWARD",
    "GOOD_INDEX",
    "NONCE",
    "NOW",
    "REVOKED_INDEX",
    "SENSIBLE",
    "SUSPENDED_INDEX",
    "Attachment",
    "Authority",
    "Award",
    "Course",
    "Defect",
    "Form",
    "Issuer",
    "IssuerKey",
    "Learner",
    "Mode",
    "Outcome",
    "Purpose",
    "Sealing",
    "Shape",
    "Skill",
    "StatusEntry",
    "Suite",
    "Supervision",
    "University",
    "authority",
    "badge_document",
    "base64url",
    "bitstring",
    "credential",
    "credential_document",
    "credential_jwt",
    "ed25519_key",
    "edc_document",
    "enveloped",
    "holder_key",
    "issuer_of",
    "issuer_registry",
    "list_address",
    "mail",
    "open_badge",
    "open_badge_jwt",
    "p256_key",
    "p384_key",
    "presentation",
    "prove",
    "quads",
    "rsa_key",
    "seal",
    "seal_certificate",
    "sealed_edc",
    "specimen",
    "status_files",
    "status_list",
    "trust_files",
    "unsigned_edc",
    "upload_wrapper",
]
