"""What an authority says of a certificate is believed only if it says it, of that one, and now."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from motcua.foundation.trust.errors import NotAnAnswer
from motcua.foundation.trust.rules.revocation import (
    StatusAnswer,
    chain_to,
    crl_addresses,
    needs_no_check,
    ocsp_addresses,
    question_about,
    read_answer,
)
from motcua.foundation.trust.tests.make import MONDAY, make_leaf, make_root
from simulators.answers import status

from .proof import SEAL, issued, make_authority

AN_HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nobody_revoked() -> Iterator[None]:
    yield
    (make_authority().folder / "revoked.json").unlink(missing_ok=True)


def said(*, at: datetime = MONDAY, about: str = SEAL) -> bytes:
    """Return what the authority answers about one of its certificates."""
    asked = question_about(issued(about)[0], make_authority().between.der)
    return status(make_authority(), asked, at=at)


def read(content: bytes, *, at: datetime = MONDAY) -> StatusAnswer:
    return read_answer(content, issued(SEAL)[0], make_authority().between.der, at=at)


def test_a_certificate_that_holds_has_no_day_of_revocation() -> None:
    answer = read(said())

    assert (answer.revoked_at, answer.this_update) == (None, MONDAY)
    assert answer.responder == make_authority().responder.der


def test_a_revoked_one_has() -> None:
    revoke(SEAL, at=MONDAY - AN_HOUR)

    assert read(said()).revoked_at == MONDAY - AN_HOUR


def revoke(name: str, *, at: datetime) -> None:
    answer = read_answer(said(about=name), issued(name)[0], make_authority().between.der, at=MONDAY)
    make_authority().revoke(int(answer.serial, 16), at=at)


@pytest.mark.parametrize(
    ("content", "at", "why"),
    [
        (b"\x30\x03nonsense", MONDAY, "sai dạng"),
        (said(about="Lò Thị Lan"), MONDAY, "chứng thư khác"),
        (said(at=MONDAY - timedelta(days=2)), MONDAY, "quá hạn"),
        (said(at=MONDAY + AN_HOUR), MONDAY, "tương lai"),
    ],
)
def test_an_answer_beside_the_point_is_none(content: bytes, at: datetime, why: str) -> None:
    with pytest.raises(NotAnAnswer, match=why):
        read(content, at=at)


def test_an_answer_that_was_altered_is_none() -> None:
    content = bytearray(said())
    content[content.index(make_authority().responder.der) - 40] ^= 1

    with pytest.raises(NotAnAnswer):
        read(bytes(content))


def test_a_chain_ends_at_an_anchor_or_is_none() -> None:
    authority, der = make_authority(), issued(SEAL)[0]
    known = [authority.between.der]

    assert chain_to(der, known, [authority.root.der]) == (der, *known, authority.root.der)
    assert chain_to(der, known, [make_root().der]) == ()
    assert chain_to(der, [], [authority.root.der]) == ()


def test_a_certificate_says_where_its_status_is_asked() -> None:
    found = ocsp_addresses(issued(SEAL)[0]), crl_addresses(issued(SEAL)[0])

    assert found == (["http://ca.example.vn/ocsp"], ["http://ca.example.vn/crl/between"])
    assert (ocsp_addresses(make_leaf("x").der), crl_addresses(make_leaf("x").der)) == ([], [])


def test_only_a_responder_may_go_without_a_check() -> None:
    authority = make_authority()

    assert [needs_no_check(one) for one in (authority.responder.der, issued(SEAL)[0])] == [
        True,
        False,
    ]
