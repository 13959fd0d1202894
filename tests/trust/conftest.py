"""The real lists of ../shared, read once for all tests."""

from datetime import UTC, datetime

import pytest

from tests.needs import shared
from wallet.trust.lists import TrustedLists

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def real_lists() -> TrustedLists:
    """The European list of lists and Spain's, which comes first and waits for it."""
    spain = shared("samples", "trusted-lists", "es-tl-seq187.xml").read_bytes()
    europe = shared("samples", "trusted-lists", "eu-lotl-seq388.xml").read_bytes()
    return TrustedLists().with_file(spain, "es.xml", AT).with_file(europe, "eu.xml", AT)
