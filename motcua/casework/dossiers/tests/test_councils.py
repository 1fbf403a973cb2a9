"""A council is asked whole: who of it was not asked is not there either."""

from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import Meeting, Seat
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.lib.errors import BadInput

from .make import MONDAY, Commune, make_commune, make_received

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
field = dossiers.field
SPEC = """councils:
  tham-dinh: {{name: Hội đồng, members: [Chủ tịch, Thư ký, Ủy viên, Ủy viên khác], quorum: 50}}
process:
"""
WITH_COUNCIL = TEXT.replace("name: Thẩm định,", "name: Họp, kind: council,").replace(
    "process:\n", SPEC
)


def at_council() -> tuple[Commune, str]:
    make_procedure(text=WITH_COUNCIL)
    commune = make_commune()
    return commune, make_received(commune)


def seat(role: str, name: str) -> field.SeatIn:
    return field.SeatIn(field.SeatRole(role), name)


@pytest.mark.parametrize(("asked", "is_held"), [(1, False), (2, True)])
def test_who_was_never_asked_counts_as_absent(asked: int, is_held: bool) -> None:  # noqa: FBT001 -- of the table
    commune, code = at_council()
    seats = [seat("chair", "Vì Văn Một"), seat("secretary", "Lò Thị Hai")][:asked]
    field.convene(code, TUESDAY, "Trụ sở", seats, by=commune.mai, at=MONDAY)
    meeting = Meeting.objects.get()
    came = {one.seq: field.CameIn(is_present=True) for one in Seat.objects.all()}

    held = field.record_meeting(code, meeting.seq, came, "Đã bàn.", {}, by=commune.mai, at=TUESDAY)

    assert held == is_held
    assert set(Seat.objects.values_list("is_present", flat=True)) == {True}


def test_a_line_that_is_no_name_is_refused() -> None:
    commune, code = at_council()
    seats = [seat("chair", "Vì Văn Một"), seat("party", "Bên kia " * 40)]

    with pytest.raises(BadInput, match="quá dài") as refused:
        field.convene(code, TUESDAY, "Trụ sở", seats, by=commune.mai, at=MONDAY)

    assert refused.value.field == "parties"
