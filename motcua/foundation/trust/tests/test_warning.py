"""Holders, clerks and administrators hear in good time that a certificate ends."""

from datetime import datetime, timedelta

import pytest

from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, Level, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, root_of
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.rules.ending import is_due, step_of

from .make import MONDAY, QUANG, make_server_certificate

END = MONDAY + timedelta(days=90)


@pytest.mark.parametrize(
    ("left", "step"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-99, 0)],
)
def test_an_alarm_belongs_to_the_days_left(left: int, step: int | None) -> None:
    assert step_of(left) == step


@pytest.mark.parametrize(("step", "told"), [(60, None), (30, 60), (7, 60), (0, 7)])
def test_a_closer_alarm_is_given(step: int, told: int | None) -> None:
    assert is_due(step, told)


@pytest.mark.parametrize(("step", "told"), [(None, None), (60, 60), (60, 30), (0, 0)])
def test_an_alarm_is_given_once(step: int | None, told: int | None) -> None:
    assert not is_due(step, told)


def seat(agency: organisation.Agency, role: PostRole, name: str, username: str) -> tuple[int, int]:
    """Give somebody an account and a post; return the numbers of account and officer."""
    account = make_officer_account(name, username=username)
    make_post(root_of(agency), role, title=role.label, holder=account.officer)
    return account.pk, int(account.officer_id or 0)


@pytest.fixture
def people() -> dict[str, tuple[int, int]]:
    """Hoa leads Mường Phăng, Vân keeps its seal, Quản administers the province, Dũng elsewhere."""
    province = make_agency(
        "H18", kind=AgencyKind.PROVINCE_COMMITTEE, level=Level.PROVINCE, place_code="11"
    )
    commune = make_agency("H18.101", parent=province)
    other = make_agency("H18.102", parent=province)
    return {
        "quan": seat(province, PostRole.ADMINISTRATOR, "Vũ Thị Quản", "quan"),
        "hoa": seat(commune, PostRole.AGENCY_LEADER, "Nguyễn Thị Hoa", "hoa"),
        "van": seat(commune, PostRole.REGISTRY_CLERK, "Tòng Thị Vân", "van"),
        "dung": seat(other, PostRole.REGISTRY_CLERK, "Đỗ Văn Dũng", "dung"),
    }


def heard(people: dict[str, tuple[int, int]], at: datetime) -> dict[str, list[str]]:
    trust.warn_ending(at=at)
    return {
        name: [notice.subject for notice in notifications.Notice.objects.filter(account_id=account)]
        for name, (account, _) in people.items()
    }


@pytest.mark.django_db
def test_the_holder_the_clerk_and_the_administrator_hear(
    people: dict[str, tuple[int, int]],
) -> None:
    make_server_certificate("Nguyễn Thị Hoa", officer_id=people["hoa"][1], days=90)

    told = heard(people, END - timedelta(days=30))

    said = ["Chứng thư số của Nguyễn Thị Hoa còn 30 ngày"]
    assert told == {"quan": said, "hoa": said, "van": said, "dung": []}


@pytest.mark.django_db
def test_the_clerk_hears_that_the_seal_ends(people: dict[str, tuple[int, int]]) -> None:
    commune = organisation.tree().agency_by_code("H18.101")
    assert commune is not None
    make_server_certificate("UBND xã Mường Phăng", agency_id=commune.id, days=90)

    told = heard(people, END - timedelta(days=7))

    said = ["Chứng thư số của UBND xã Mường Phăng còn 7 ngày"]
    assert told == {"quan": said, "hoa": [], "van": said, "dung": []}


@pytest.mark.django_db
def test_all_alarms_of_a_certificate_come_in_turn_and_once(
    people: dict[str, tuple[int, int]],
) -> None:
    make_server_certificate("Nguyễn Thị Hoa", officer_id=people["hoa"][1], days=90)

    told = [trust.warn_ending(at=MONDAY + timedelta(days=day)) for day in range(95)]

    assert [day for day, count in enumerate(told) if count] == [30, 60, 83, 91]


@pytest.mark.django_db
def test_a_suspended_certificate_alarms_nobody(people: dict[str, tuple[int, int]]) -> None:
    own = make_server_certificate("Nguyễn Thị Hoa", officer_id=people["hoa"][1], days=90)
    trust.set_certificate_state(
        own.sha256, trust.CertificateState.SUSPENDED, "Nghỉ dài ngày", by=QUANG, at=MONDAY
    )

    assert trust.warn_ending(at=END) == 0
