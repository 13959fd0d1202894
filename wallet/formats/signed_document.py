"""Signed documents that are no credentials: a JAdES seal, a JWS or an SD-JWT around something else.

Checked and reported, never kept: there is nothing in them that a wallet could show or count. The
registered claims of an SD-JWT count all the same (RFC 9901, section 7.1, step 6).
"""

from wallet.formats import sd_jwt_claims
from wallet.formats.opening import Opened, Securing
from wallet.formats.reading import duplicates
from wallet.formats.values import string, types
from wallet.model.credential import Credential, Format, Organisation


class SignedDocument:
    """The reader of whatever else is signed."""

    name = Format.SIGNED_DOCUMENT

    def read(self, opened: Opened) -> Credential | None:
        """Read a signature around something that no other reader took; None for plain JSON."""
        if opened.securing not in {Securing.JADES, Securing.JWT, Securing.SD_JWT}:
            return None
        document = opened.document
        stated = string(document.get("iss")) if opened.sd_jwt is not None else None
        times = sd_jwt_claims.bounds(document) if opened.sd_jwt is not None else None
        return Credential(
            raw=opened.raw,
            format=Format.SIGNED_DOCUMENT,
            securing=opened.securing.value,
            document=document,
            id=string(document.get("id")),
            types=types(document),
            issuer=Organisation(identifiers=(stated,)) if stated is not None else None,
            issued=times.issued if times is not None else None,
            valid_from=times.start if times is not None else None,
            valid_until=times.end if times is not None else None,
            status=sd_jwt_claims.status(document) if opened.sd_jwt is not None else (),
            defects=duplicates(opened),
        )
