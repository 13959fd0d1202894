"""Plain W3C Verifiable Credentials, data model 1.1 and 2.0, and status list credentials.

What says nothing about learning in a vocabulary that we know still has an issuer, dates, a status
and a proof; its claims are shown raw.
"""

from wallet.formats import data_model
from wallet.formats.opening import Opened
from wallet.formats.profile import profile
from wallet.formats.reading import assemble, body
from wallet.formats.values import literal
from wallet.model.credential import Credential, Format

_STATUS_LISTS = frozenset(
    {
        "BitstringStatusListCredential",
        "StatusList2021Credential",
        "RevocationList2020Credential",
    }
)


class VerifiableCredential:
    """The reader of last resort for what is a verifiable credential."""

    name = Format.W3C_VC

    def read(self, opened: Opened) -> Credential | None:
        """Read any verifiable credential, or return None."""
        taken = body(opened)
        document = taken.document
        if not data_model.is_credential(document):
            return None
        envelope = data_model.read(document)
        a_list = not _STATUS_LISTS.isdisjoint(envelope.types)
        return assemble(
            opened,
            Format.STATUS_LIST if a_list else Format.W3C_VC,
            taken,
            envelope=envelope,
            issuer=profile(envelope.issuer),
            title=literal(document.get("name")),
            issued=data_model.issued(document),
        )
