"""Row 19: at seventy-five the province speaks first, with a draft; nobody is filed for."""

from datetime import date

from motcua.casework.dossiers import api as dossiers
from motcua.foundation.identity import api as identity
from motcua.foundation.people import api as people
from motcua.lib.clock import now

from .acts import LAN, WARD, Request, carry_through, finish_draft, hand_out, receive
from .hall import Hall, dossier, whole

PENSION = "9.000001"


def grown_old(born: date) -> people.Person:
    """Let Lan be as old as that; return her."""
    account = identity.find_account(LAN)
    assert account is not None
    assert account.person_id is not None
    people.Person.objects.filter(pk=account.person_id).update(birth_date=born)
    return people.Person.objects.get(pk=account.person_id)


def test_a_month_before_the_day_a_draft_lies_ready_and_nothing_is_filed(hall: Hall) -> None:
    lan = grown_old(date(1951, 4, 5))

    assert (dossiers.remind(at=now()), dossiers.remind(at=now())) == (1, 0)

    assert not dossiers.Dossier.objects.exists()
    page = hall(LAN).go("/ho-so/soan-san/")
    page.reads("Ông/bà sắp đủ 75 tuổi", "Ngày đủ tuổi: 05/04/2026")
    [draft] = dossiers.Draft.objects.filter(account_id=identity.find_account(LAN).pk)  # type: ignore[union-attr]  # -- she has one
    assert (draft.answers["ho_ten"], draft.answers["ngay_sinh"]) == (lan.full_name, "1951-04-05")


def test_too_early_too_late_or_dead_nobody_is_told(hall: Hall) -> None:
    assert hall.cast.seats
    for born in (date(1951, 4, 11), date(1950, 12, 1)):
        grown_old(born)
        assert dossiers.remind(at=now()) == 0

    person = grown_old(date(1951, 4, 5))
    people.Person.objects.filter(pk=person.pk).update(died_on=date(2026, 3, 1))
    assert dossiers.remind(at=now()) == 0


def test_by_the_own_act_the_prepared_dossier_is_filed_and_decided(hall: Hall) -> None:
    grown_old(date(1951, 4, 5))
    dossiers.remind(at=now())

    lan = hall(LAN).go("/ho-so/soan-san/").follow("Xem và nộp hồ sơ đã soạn")
    lan.press("Tiếp tục", {"agency": WARD})
    code = finish_draft(lan, Request(PENSION))
    receive(hall("binh"), code)
    carry_through(hall, code)
    hand_out(hall("binh"), code)

    assert dossier(code).status == "returned"
    assert whole(code).outcomes[0].spec_code == "quyet-dinh"
    hall(LAN).go("/ho-so/soan-san/").reads("Hiện không có hồ sơ nào soạn sẵn")


def test_who_has_said_no_is_not_told_again(hall: Hall) -> None:
    grown_old(date(1951, 4, 5))
    dossiers.remind(at=now())
    hall(LAN).go("/ho-so/soan-san/").press("Không nhắc tôi việc này nữa")
    dossiers.Prompt.objects.all().delete()

    assert dossiers.remind(at=now()) == 0
