"""Serials of blank forms: as typed, counted out, spent once."""

import pytest
from django.db import IntegrityError

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import BlankUsed
from motcua.casework.dossiers.rules.blanks import read_serials
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .make import MONDAY, get_dossier, make_all, make_second_step, open_step

pytestmark = pytest.mark.django_db
ONE_BLANK = ("validity_months: 6,", "validity_months: 6, has_serial: true,")
AS_MANY_AS_COPIES = (ONE_BLANK[0], f"{ONE_BLANK[1]} serials: so_ban,")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("aa 01234567", ["AA 01234567"]),
        ("PH-001 – PH-003", ["PH-001", "PH-002", "PH-003"]),
        ("PH-001;PH-010\nPH-099 đến PH-100", ["PH-001", "PH-010", "PH-099", "PH-100"]),
    ],
)
def test_serials_are_read_one_by_one(typed: str, found: list[str]) -> None:
    assert read_serials(typed) == found


@pytest.mark.parametrize(
    "typed",
    ["PH-001; PH-001", "PH-003 – PH-001", "PH-1 – QA-3", "PH-9 – PH-11", "phôi ?", "A0001 – A9999"],
)
def test_serials_that_cannot_be_counted_are_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        read_serials(typed)


def sign(code: str, serial: str, hoa: Actor) -> dossiers.Dossier:
    """Let Hoa approve, then sign with these serials."""
    dossiers.complete_step(code, open_step(code).seq, by=hoa, at=MONDAY)
    proposal = dossiers.Proposal(serial=serial)
    return dossiers.decide(code, open_step(code).seq, by=hoa, at=MONDAY, proposal=proposal)


def test_a_signed_outcome_bears_the_serials_of_its_blanks() -> None:
    commune = make_all(text_change=AS_MANY_AS_COPIES)
    code = make_second_step(commune)

    sign(code, "aa 0001 – aa 0002", commune.hoa)

    whole = dossiers.whole(get_dossier(code))
    assert whole.outcomes[0].serial == "AA 0001; AA 0002"
    assert list(BlankUsed.objects.order_by("serial").values_list("serial", flat=True)) == [
        "AA 0001",
        "AA 0002",
    ]


def test_one_serial_is_needed_for_each_blank() -> None:
    commune = make_all(text_change=AS_MANY_AS_COPIES)
    code = make_second_step(commune)

    with pytest.raises(BadInput, match="cần 2 số phôi, đã ghi 1"):
        sign(code, "AA 0001", commune.hoa)


def test_a_blank_is_spent_once() -> None:
    commune = make_all(text_change=ONE_BLANK)
    sign(make_second_step(commune), "AA 0001", commune.hoa)
    other = make_second_step(commune)

    with pytest.raises(dossiers.BlankSpent, match="AA 0001"):
        sign(other, "aa 0001", commune.hoa)


def test_the_database_refuses_a_blank_spent_twice() -> None:
    commune = make_all(text_change=ONE_BLANK)
    code = make_second_step(commune)
    sign(code, "AA 0001", commune.hoa)
    spent = BlankUsed.objects.get()
    twice = BlankUsed(
        dossier_id=spent.dossier_id,
        seq=spent.seq + 1,
        outcome_seq=spent.outcome_seq,
        book=spent.book,
        serial=spent.serial,
    )

    with pytest.raises(IntegrityError, match="blank_spent_once"):
        twice.save(force_insert=True)


def test_a_refusal_needs_no_blank() -> None:
    commune = make_all(text_change=ONE_BLANK)
    code = make_second_step(commune)
    dossiers.complete_step(code, open_step(code).seq, by=commune.hoa, at=MONDAY)
    refusal = dossiers.Proposal(kind=dossiers.OutcomeKind.REFUSED, reason="Không đủ điều kiện")

    dossiers.decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY, proposal=refusal)

    assert get_dossier(code).resolved_at == MONDAY
