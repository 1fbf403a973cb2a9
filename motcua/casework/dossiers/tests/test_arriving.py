"""Where the clock starts with the arrival of the papers, nothing is done or promised before it."""

from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.operations.reception import receive_in_person
from motcua.casework.procedures.api import FilingChannel
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.foundation.ledger import api as ledger

from .make import MONDAY, Commune, get_dossier, make_application, make_commune

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
ON_ARRIVAL = TEXT.replace("level: commune\n", "level: commune\nclock_from_arrival: true\n")


def on_its_way() -> tuple[Commune, Commune, str]:
    """Return the commune that decides, the one that received, and the dossier between them."""
    make_procedure(text=ON_ARRIVAL)
    commune, other = make_commune(), make_commune("H18.102", "UBND xã Búng Lao", first=20)
    submitter = dossiers.SubmitterIn(name="Lò Thị Lan", phone="0912345678")
    application = make_application(commune, channel=FilingChannel.COUNTER, submitter=submitter)
    code = receive_in_person(application, desk_unit_id=other.desk_id, by=other.binh, at=MONDAY)
    return commune, other, code


def test_what_was_withdrawn_on_its_way_does_not_arrive() -> None:
    commune, other, code = on_its_way()
    dossiers.withdraw(code, by=other.binh, at=MONDAY)

    with pytest.raises(dossiers.AlreadyAnswered):
        dossiers.note_arrival(code, by=commune.mai, at=TUESDAY)

    assert get_dossier(code).due_at is None
    assert [leaf.kind for leaf in ledger.leaves_of(code)] == ["received", "withdrawn"]


def test_no_visit_is_planned_before_the_papers_are_there() -> None:
    commune, _, code = on_its_way()

    with pytest.raises(dossiers.StepNotOpen, match="chưa đến"):
        dossiers.field.plan_visit(code, TUESDAY, "Bản Co Mị", by=commune.mai, at=MONDAY)

    assert Dossier.objects.get(code=code).status == "received"
