"""What mails, archives and texts can ask for: read just under a limit, not just over it."""

import io
import random
import zipfile
from email import message_from_string

import pytest

from tests.issuer.defects import Form
from tests.issuer.specimens import specimen
from wallet.intake import archive, encoded_words, limits, links, text
from wallet.intake.gathering import Walk
from wallet.model.intake import ProblemCode

TOKEN = specimen(Form.CREDENTIAL_JWT)


def test_leaves_of_one_source() -> None:
    walk = Walk("many", 3)
    found = [walk.look(b"nothing here").problems[0].code for _ in range(4)]
    assert found == [ProblemCode.NO_CREDENTIAL] * 3 + [ProblemCode.TOO_LARGE]
    assert Walk("many") == Walk("many", limits.MAX_LEAVES)


@pytest.mark.parametrize("more", [0, 1])
def test_characters_of_a_text(more: int) -> None:
    before = "x" * (limits.MAX_TEXT - len(TOKEN) - 1 + more) + " "
    assert (TOKEN in text.embedded(before + TOKEN.decode())) == (not more)


@pytest.mark.parametrize("more", [0, 1])
def test_candidates_in_a_text(more: int) -> None:
    head, body, seal = TOKEN.decode().split(".")
    tokens = [f"{head}.{body}.{seal[:-3]}{n:03d}" for n in range(limits.MAX_CANDIDATES + more)]
    found = text.embedded("see " + " and ".join(tokens))
    assert len(found) == limits.MAX_CANDIDATES


@pytest.mark.parametrize("more", [0, 1])
def test_links_in_a_text(more: int) -> None:
    plain = [f"https://a.example/{n}" for n in range(limits.MAX_LINKS - 1 + more)]
    found = links.best([" ".join([*plain, "https://b.example/my-credential/1"])])
    assert found is not None
    assert (found.host == "b.example") == (not more)


@pytest.mark.parametrize("more", [0, 1])
def test_characters_of_a_link(more: int) -> None:
    address = "https://a.example/".ljust(len("https://") + limits.MAX_LINK + more, "x")
    assert (links.as_link(address) is not None) == (not more)


@pytest.mark.parametrize("more", [0, 1])
def test_characters_of_a_header(more: int) -> None:
    value = "x" * (limits.MAX_HEADER + more)
    message = message_from_string(f"Subject: {value}\n\n")
    assert len(encoded_words.header(message, "subject")) == limits.MAX_HEADER


def test_how_far_a_packed_file_may_swell() -> None:
    """A file that packs to less than a thousandth is a bomb once it is large enough to hurt."""
    noise = random.Random(1).randbytes(1800)  # noqa: S311 -- no secret
    for size, content in (("under", noise), ("over", b"")):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("inside", content + bytes(limits.RATIO_FROM + 1 - len(content)))
        with zipfile.ZipFile(packed) as made:
            (info,) = made.infolist()
            ratio = info.file_size / info.compress_size
        (entry,) = archive.unpack(packed.getvalue()).entries
        assert (ratio > limits.MAX_RATIO) == (size == "over")
        assert (entry.code is ProblemCode.TOO_LARGE) == (size == "over")
