"""What comes before a reception: a promise to look at, a dossier noted, a dossier opened."""

from datetime import UTC, datetime

import pytest

from motcua.casework.dossiers.choices import PaperState, Status
from motcua.casework.dossiers.errors import AnswersWrong, NoSuchDossier
from motcua.casework.dossiers.operations.looking import open_dossier
from motcua.casework.dossiers.operations.noting import note_at_desk
from motcua.casework.dossiers.operations.reception import refuse_dossier
from motcua.casework.dossiers.queries.one import find_paper
from motcua.casework.dossiers.queries.promise import preview_promise
from motcua.casework.procedures.api import FilingChannel, find_in_force
from motcua.foundation.access.api import Power
from motcua.foundation.access.tests.make import make_actor
from motcua.foundation.audit import api as audit
from motcua.lib.clock import HANOI, local_day
from motcua.lib.errors import NotAllowed

from .make import MONDAY, get_dossier, make_all, make_application, make_received

pytestmark = pytest.mark.django_db
DUNG = make_actor(Power.RECEIVE_DOSSIERS, account_id=77, name="Lường Văn Dũng", unit_ids=(9_999,))


def test_a_dossier_with_missing_papers_is_noted_and_then_refused() -> None:
    commune = make_all()
    application = make_application(commune, papers=(), channel=FilingChannel.COUNTER)

    code = note_at_desk(application, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY)
    refuse_dossier(code, reason="Thiếu", basis="Điều 17", by=commune.binh, at=MONDAY)

    dossier = get_dossier(code)
    assert (dossier.status, dossier.received_at) == (Status.REFUSED, None)


def test_the_same_key_notes_one_dossier() -> None:
    commune = make_all()
    application = make_application(commune, channel=FilingChannel.COUNTER)

    codes = {
        note_at_desk(application, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY, key="k")
        for _ in range(2)
    }

    assert len(codes) == 1


def test_a_wrong_answer_is_not_noted() -> None:
    commune = make_all()
    application = make_application(commune, answers={"so_ban": 99})

    with pytest.raises(AnswersWrong):
        note_at_desk(application, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY)


def test_who_has_no_power_at_the_desk_notes_nothing() -> None:
    commune = make_all()

    with pytest.raises(NotAllowed):
        note_at_desk(make_application(commune), desk_unit_id=commune.desk_id, by=DUNG, at=MONDAY)


def test_opening_a_dossier_leaves_a_trace() -> None:
    commune = make_all()
    code = make_received(commune)

    open_dossier(code, by=commune.binh, at=MONDAY)

    seen = audit.accesses_of(f"dossier:{code}")
    assert [(one.purpose, one.actor_id) for one in seen] == [("dossiers.view", commune.binh.id)]


def test_an_officer_of_another_office_opens_nothing() -> None:
    code = make_received(make_all())

    with pytest.raises(NoSuchDossier):
        open_dossier(code, by=DUNG, at=MONDAY)


def test_the_promise_shown_is_the_promise_given() -> None:
    commune = make_all()
    received = get_dossier(make_received(commune))
    found = find_in_force("1.004873", local_day(MONDAY))
    assert found is not None

    promise = preview_promise(
        found.definition, "thuong", FilingChannel.PORTAL, desk_unit_id=commune.desk_id, start=MONDAY
    )

    assert (promise.due_at, promise.needs_slip) == (received.due_at, True)


def test_the_promise_shown_is_on_the_days_of_ha_noi() -> None:
    commune = make_all()
    found = find_in_force("1.004873", local_day(MONDAY))
    assert found is not None
    late_in_utc = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)

    promise = preview_promise(
        found.definition,
        "thuong",
        FilingChannel.COUNTER,
        desk_unit_id=commune.desk_id,
        start=late_in_utc,
    )

    assert promise.due_at == datetime(2026, 3, 5, 17, 0, tzinfo=HANOI)


def test_a_paper_is_found_by_its_number() -> None:
    dossier = get_dossier(make_received(make_all()))

    paper = find_paper(dossier, 1000)

    assert paper is not None
    assert (paper.spec_code, paper.state) == ("to-khai", PaperState.HELD)
