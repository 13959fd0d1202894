"""Comprehensive Learner Records (CLR 2.0): a transcript with the credentials it is made of.

The record itself is one credential with its own proof; each credential inside is a part, verified
by itself. Achievements that stand in the record alone are read as its own.
"""

from wallet.formats import badge_elements, data_model, embedded
from wallet.formats.opening import Opened
from wallet.formats.profile import profile
from wallet.formats.reading import assemble, body
from wallet.formats.values import literal, types
from wallet.model.credential import Credential, Format

TYPE = "ClrCredential"


class LearnerRecord:
    """The reader of CLR 2.0."""

    name = Format.CLR_2

    def read(self, opened: Opened) -> Credential | None:
        """Read a learner record, or return None where the document is something else."""
        taken = body(opened)
        document = taken.document
        if TYPE not in types(document) or not data_model.is_credential(document):
            return None
        envelope = data_model.read(document)
        inner = tuple(embedded.members(document, "credentialSubject", "verifiableCredential"))
        return assemble(
            opened,
            Format.CLR_2,
            taken,
            envelope=envelope,
            issuer=profile(envelope.issuer),
            title=literal(document.get("name")),
            issued=data_model.issued(document, "awardedDate"),
            achievements=badge_elements.achievements(document, transcript=True),
            parts=(
                *embedded.parts(opened, document, inner, "credential"),
                *embedded.endorsements(opened, document),
            ),
        )
