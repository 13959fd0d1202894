"""X.509 certificates from foreign bytes: read whole or refused."""

import warnings

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from wallet.errors import MalformedCredential, TooLarge

MAX_BYTES = 64 * 1024


def load(der: bytes) -> x509.Certificate:
    """Read a DER certificate (RFC 5280), its names and extensions included.

    Raises:
        MalformedCredential: it is none, or a part of it cannot be read.
        TooLarge: more than `MAX_BYTES`.
    """
    if len(der) > MAX_BYTES:
        raise TooLarge("certificate", limit=MAX_BYTES)
    try:
        with warnings.catch_warnings():
            # What is odd about somebody else's certificate is not for our users' terminal.
            warnings.simplefilter("ignore")
            certificate = x509.load_der_x509_certificate(der)
            # These are read late otherwise, and would raise where nobody expects it.
            _ = certificate.subject, certificate.issuer, certificate.extensions
    except (
        ValueError,
        TypeError,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.InvalidVersion,
        x509.UnsupportedGeneralNameType,
    ) as error:
        raise MalformedCredential("certificate") from error
    return certificate
