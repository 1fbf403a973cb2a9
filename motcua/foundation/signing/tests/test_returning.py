"""A file brought back is the file handed out and one signature, or it is refused with a reason."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.errors import NotOnlySigned
from motcua.foundation.signing.rules.order import DAY, NUMBER, SEAL_FIELD
from motcua.foundation.signing.rules.returning.proof import Expected, signer_of_return
from motcua.foundation.trust.tests.make import make_leaf

from .make import make_prepared, make_signed
from .returned import damaged, drawn_over, noted, sign_by_command, zeroed

HOA = "Nguyễn Thị Hoa"
FREE = (NUMBER, DAY, SEAL_FIELD)
Change = Callable[[bytes], bytes]


@lru_cache(maxsize=1)
def sent() -> bytes:
    """Return the document as it was handed out."""
    return make_prepared()


def signed(pdf: bytes, *, number: int = 0, role: TurnRole = TurnRole.LEADER) -> bytes:
    return make_signed(pdf, make_leaf(HOA), role, number=number)


def came_back(back: bytes) -> bytes:
    return signer_of_return(back, Expected(sent(), "SIG_LEADER_1", FREE))


def test_the_signature_of_another_software_is_known_by_its_certificate(tmp_path: Path) -> None:
    back = sign_by_command(sent(), make_leaf(HOA), tmp_path)

    assert came_back(back) == make_leaf(HOA).der


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda pdf: pdf, "chưa được ký", id="not signed"),
        pytest.param(lambda _: signed(make_prepared()[:-1] + b"\n "), "tải về", id="rewritten"),
        pytest.param(drawn_over, "chưa có chữ ký", id="changed, not signed"),
        pytest.param(lambda pdf: signed(drawn_over(pdf)), "bị sửa", id="changed, then signed"),
        pytest.param(lambda pdf: signed(noted(pdf)), "bị sửa", id="a note, then signed"),
        pytest.param(lambda pdf: drawn_over(signed(pdf)), "bị sửa", id="signed, then changed"),
        pytest.param(lambda pdf: signed(pdf, number=77), "ô khác", id="number filled"),
        pytest.param(lambda pdf: signed(pdf, role=TurnRole.SEAL), "SIG_ORG", id="wrong field"),
        pytest.param(
            lambda pdf: signed(signed(pdf), role=TurnRole.SEAL), "2 chữ ký", id="two signatures"
        ),
        pytest.param(lambda pdf: damaged(signed(pdf)), "hỏng", id="no hexadecimal"),
        pytest.param(lambda pdf: zeroed(signed(pdf)), "hỏng", id="zeros inside"),
        pytest.param(lambda pdf: pdf + b"\0" * 4000, "hỏng", id="noise"),
        pytest.param(lambda pdf: signed(pdf)[:-700], "hỏng", id="cut off"),
    ],
)
def test_anything_else_is_refused_in_words(change: Change, words: str) -> None:
    with pytest.raises(NotOnlySigned, match=words):
        came_back(change(sent()))


def test_a_signature_that_shuts_the_document_is_refused(tmp_path: Path) -> None:
    shut = sign_by_command(sent(), make_leaf(HOA), tmp_path, "--field", "SIG_LEADER_1", "--certify")
    expected = Expected(sent(), "SIG_LEADER_1", ("SIG_LEADER_1", *FREE))

    with pytest.raises(NotOnlySigned, match="khóa"):
        signer_of_return(shut, expected)
