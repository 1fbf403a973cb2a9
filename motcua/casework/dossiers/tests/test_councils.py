"""A council is asked whole: who of it was not asked is not there either."""

from datetime import timedelta
from functools import partial

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import DossierStep, Meeting, Seat
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, Commune, make_commune, make_received, make_work_beside

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


def test_who_works_on_another_step_does_nothing_in_the_council_of_this_one() -> None:
    commune, code = at_council()
    seats = [seat("chair", "Vì Văn Một"), seat("secretary", "Lò Thị Hai")]
    field.convene(code, TUESDAY, "Trụ sở", seats, by=commune.mai, at=MONDAY)
    seq = Meeting.objects.get().seq
    other = make_work_beside(commune, code)
    steps = list(DossierStep.objects.filter(dossier__code=code))
    step_seq = Meeting.objects.get().step_seq
    signed = field.SignatureIn(field.SignerRole.CHAIR, "Vì Văn Một")

    with pytest.raises(NotAllowed):
        field.record_meeting(code, seq, {}, "Không ai đến.", {}, by=other, at=TUESDAY)
    field.record_meeting(code, seq, {}, "Không ai đến.", {}, by=commune.mai, at=TUESDAY)
    with pytest.raises(NotAllowed):
        field.sign_minutes(code, seq, signed, by=other, at=TUESDAY)
    with pytest.raises(NotAllowed):
        field.convene(code, TUESDAY, "Nơi khác", seats, by=other, at=MONDAY)
    may = [field.works_on_step(steps, step_seq, by) for by in (commune.mai, other)]
    assert may == [True, False]


def test_as_of_the_council_signs_who_was_there_as_one_of_it() -> None:
    commune, code = at_council()
    seats = [seat("chair", "Vì Văn Một"), seat("secretary", "Lò Thị Hai"), seat("party", "Bên Kia")]
    field.convene(code, TUESDAY, "Trụ sở", seats, by=commune.mai, at=MONDAY)
    seq = Meeting.objects.get().seq
    came = {
        one.seq: field.CameIn(is_present=one.name != "Lò Thị Hai") for one in Seat.objects.all()
    }
    field.record_meeting(code, seq, came, "Đã bàn.", {}, by=commune.mai, at=TUESDAY)
    sign = partial(field.sign_minutes, code, seq, by=commune.mai, at=TUESDAY)
    role = field.SignerRole

    for name in ("Ai Đó", "Lò Thị Hai", "Bên Kia"):
        with pytest.raises(BadInput, match="thành viên hội đồng có mặt"):
            sign(field.SignatureIn(role.MEMBER, name))
    sign(field.SignatureIn(role.CHAIR, "Vi Van Mot"))
    sign(field.SignatureIn(role.PARTY, "Người đại diện của Bên Kia"))
