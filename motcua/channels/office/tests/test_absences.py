"""A leader notes the own absence: who signs meanwhile, and the end of it."""

import pytest
from django.conf import settings

from motcua.foundation.access import api as access
from motcua.foundation.access.api import DelegationFacts
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.signing import api as signing
from motcua.foundation.staffing import api as staffing
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day, now

from .make import Office, make_office, signed_in, text_of

pytestmark = pytest.mark.django_db
PAGE = "/xu-ly/vang-mat/"


def officer_of(username: str) -> int:
    account = identity.find_account(username)
    assert account is not None
    assert account.officer_id is not None
    return account.officer_id


def make_two_leaders() -> Office:
    """Return an office where Khoa may sign while Hoa is away."""
    office = make_office()
    signed_in("Mùa A Khoa", "khoa", office.commune.justice_id, PostRole.UNIT_HEAD)
    return office


def sent(**change: str) -> dict[str, str]:
    today = f"{local_day(now()):%d/%m/%Y}"
    asked = {
        "kind": "mission",
        "valid_from": today,
        "valid_to": today,
        "deputy": f"{officer_of('khoa')}",
        "reason": "Đi công tác",
    }
    return asked | change


def away(username: str) -> list[tuple[int, str]]:
    found = signing.absences_since(local_day(now()), officer_id=officer_of(username), limit=9)
    return [(one.deputy_id, one.reason) for one in found]


def test_a_leader_notes_that_she_is_away() -> None:
    office = make_two_leaders()

    answer = office.hoa.post(PAGE, sent())

    assert (answer.status_code, away("hoa")) == (302, [(officer_of("khoa"), "Đi công tác")])
    text = text_of(office.hoa, PAGE)
    assert "Đang vắng" in text
    assert "Mùa A Khoa" in text


def test_a_leader_ends_the_own_absence() -> None:
    office = make_two_leaders()
    office.hoa.post(PAGE, sent())
    (absence,) = staffing.absences_of(officer_of("hoa"), since=local_day(now()))

    office.hoa.post(f"{PAGE}{absence.pk}/ket-thuc/")

    assert away("hoa") == []
    assert staffing.absences_of(officer_of("hoa"), since=local_day(now())) == []


def test_an_absence_noted_for_signing_alone_ends_too() -> None:
    office = make_two_leaders()
    today = local_day(now())
    given = signing.AbsenceIn(officer_of("hoa"), officer_of("khoa"), today, today, "Họp")
    alone = signing.note_absence(given, by=hoa(), at=now())
    assert "Mùa A Khoa" in text_of(office.hoa, PAGE)

    office.hoa.post(f"{PAGE}ky/{alone.pk}/ket-thuc/")

    assert away("hoa") == []


def test_nobody_ends_the_absence_of_another() -> None:
    office = make_two_leaders()
    office.hoa.post(PAGE, sent())
    (absence,) = staffing.absences_of(officer_of("hoa"), since=local_day(now()))

    answer = office.thu.post(f"{PAGE}{absence.pk}/ket-thuc/")

    assert (answer.status_code, len(away("hoa"))) == (404, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "Lý do"),
        ({"deputy": ""}, "Người ký thay"),
        ({"deputy": "77"}, "Người ký thay"),
        ({"valid_to": "1/1/2020"}, "Ngày cuối phải từ hôm nay và không trước ngày đầu."),
        ({"valid_to": "31/02/2030"}, "Đến hết ngày"),
    ],
)
def test_what_is_missing_or_odd_is_said_and_nothing_is_lost(
    change: dict[str, str], said: str
) -> None:
    office = make_two_leaders()

    answer = office.hoa.post(PAGE, sent(**change))

    assert (answer.status_code, away("hoa")) == (422, [])
    text = answer.content.decode()
    assert "govuk-error-summary" in text
    assert said in text


def test_who_does_not_sign_notes_that_she_is_away_and_names_no_deputy() -> None:
    office = make_two_leaders()
    today = f"{local_day(now()):%d/%m/%Y}"
    assert "Người ký thay" not in text_of(office.mai, PAGE).split("Ghi vắng mặt")[1]

    answer = office.mai.post(PAGE, {"kind": "sick", "valid_from": today, "valid_to": today})

    assert answer.status_code == 302
    (absence,) = staffing.absences_of(officer_of("mai"), since=local_day(now()))
    assert (absence.kind, absence.shares_work) == ("sick", False)


def test_a_leader_finds_the_page_at_the_side() -> None:
    office = make_two_leaders()

    assert PAGE in text_of(office.hoa, "/xu-ly/")


def test_who_stands_in_cannot_note_the_absence_of_the_holder() -> None:
    office = make_two_leaders()
    khoa = identity.find_account("khoa")
    assert khoa is not None
    unit = Unit.objects.get(pk=office.commune.justice_id)
    post = make_post(unit, PostRole.UNIT_HEAD, holder=khoa.officer)
    facts = DelegationFacts(post.pk, officer_of("hoa"), local_day(now()), local_day(now()))
    given = access.delegate_post(facts, by=administrator(), at=now())
    session = office.hoa.cookies[settings.SESSION_COOKIE_NAME].value
    access.act_for(session, given.pk, by=hoa(), at=now())

    answer = office.hoa.get(PAGE)

    assert (answer.status_code, away("hoa")) == (403, [])


def hoa() -> Actor:
    account = identity.find_account("hoa")
    assert account is not None
    return access.actor_now(account.pk, at=now()).actor


def administrator() -> Actor:
    powers = frozenset({access.Power.ADMINISTER_IDENTITY})
    return Actor(id=SYSTEM.id, name="Quản trị", province_powers=powers)
