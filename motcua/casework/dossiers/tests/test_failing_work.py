"""An error nobody foresaw stops one of many: the others go on, and it is shown what failed."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import ExportState, RebasedState, RebasingState
from motcua.casework.dossiers.models import ListExport
from motcua.casework.dossiers.operations import exporting, rebasing, shifting
from motcua.casework.dossiers.queries.rebasing import rebased_dossiers
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR
from motcua.foundation.calendar import api as calendar
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.lib.actor import Actor
from motcua.lib.errors import Conflict, NotAllowed

from .make import MONDAY, get_dossier, make_all, make_received
from .test_exporting import MARCH, oanh
from .test_rebasing import CODE, STRANGER, TUESDAY, decide, publish
from .test_shifting import QUAN, apply, off
from .test_supplements import closing

__all__ = ["oanh"]
pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


class Injected(Exception):
    """What nobody foresaw."""


def inject(
    patch: pytest.MonkeyPatch, where: ModuleType, name: str, is_wrong: Callable[..., bool]
) -> None:
    """Let a step of the work fail for what is wrong."""
    does = getattr(where, name)

    def tried(*args: Any, **kwargs: Any) -> Any:
        if is_wrong(*args):
            raise Injected
        return does(*args, **kwargs)

    patch.setattr(where, name, tried)


def outcomes(run: dossiers.Rebasing) -> dict[str, tuple[str, int]]:
    return {code: (row.state, row.tries) for row, code in rebased_dossiers(run)}


def test_one_dossier_that_fails_holds_up_no_other_and_is_then_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    procedures.forget_kept()
    commune = make_all()
    bad, good = make_received(commune), make_received(commune)
    choice, wrong = publish(), get_dossier(bad).pk
    with monkeypatch.context() as patch:
        inject(patch, rebasing, "_rebase", lambda _, pk: pk == wrong)
        run = decide(choice)
        assert outcomes(run) == {bad: ("waiting", 2), good: ("moved", 0)}
        dossiers.go_on_rebasing(at=TUESDAY)
    run.refresh_from_db()

    [(row, _)] = rebased_dossiers(run, RebasedState.FAILED)
    assert (run.state, dossiers.failures_in(run)) == (RebasingState.DONE, 1)
    assert ("Injected" in row.why, "Thử lại" in row.why) == (True, True)
    dossiers.retry_rebasing(CODE, run.pk, by=EDITOR, at=TUESDAY)
    dossiers.go_on_rebasing(at=TUESDAY)
    run.refresh_from_db()
    assert (run.state, outcomes(run)[bad]) == (RebasingState.DONE, ("moved", 0))


def test_who_may_not_publish_tries_nothing_again() -> None:
    procedures.forget_kept()
    make_received(make_all())
    run = decide(publish())

    with pytest.raises(NotAllowed):
        dossiers.retry_rebasing(CODE, run.pk, by=STRANGER, at=TUESDAY)
    with pytest.raises(Conflict):
        dossiers.retry_rebasing(CODE, run.pk, by=EDITOR, at=TUESDAY)


def test_one_promise_that_cannot_follow_a_calendar_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commune = make_all()
    codes = [make_received(commune) for _ in range(5)]
    wrong = get_dossier(codes[2]).pk
    with monkeypatch.context() as patch:
        inject(patch, shifting, "_lock", lambda ids: wrong in ids)
        change = apply(off(4))
        for seconds in (12, 17, 22):
            dossiers.follow_calendar(at=TUESDAY + seconds * SECOND)
    change.refresh_from_db()

    [row] = dossiers.shifted_dossiers(change.pk, by=QUAN, kind=dossiers.SHIFT_FAILED)
    assert change.state == calendar.ChangeState.APPLIED
    assert (row.code, row.applied_at, "Injected" in row.trouble) == (codes[2], None, True)
    due = [get_dossier(code).due_at for code in codes]
    assert due == [closing(6), closing(6), closing(5), closing(6), closing(6)]
    dossiers.retry_shifts(change.pk, by=QUAN, at=TUESDAY + 30 * SECOND)
    dossiers.follow_calendar(at=TUESDAY + 31 * SECOND)
    assert get_dossier(codes[2]).due_at == closing(6)
    assert calendar.get_change(change.pk).state == calendar.ChangeState.APPLIED
    assert dossiers.shifts_failed(change.pk) == 0


def test_only_the_newest_change_is_tried_again_where_something_failed() -> None:
    make_received(make_all())
    first = apply(off(4))

    with pytest.raises(calendar.ChangeMovedOn, match="Không còn hồ sơ"):
        dossiers.retry_shifts(first.pk, by=QUAN, at=TUESDAY)
    apply(off(5), at=TUESDAY + 40 * SECOND)

    with pytest.raises(calendar.ChangeMovedOn, match="gần nhất"):
        dossiers.retry_shifts(first.pk, by=QUAN, at=TUESDAY)


def test_a_list_that_fails_holds_up_no_other_and_is_given_up_in_the_end(
    oanh: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = dossiers.ask_export(*MARCH, by=oanh, at=MONDAY)
    other = make_officer_account("Lò Văn Khác", username="khac")
    ListExport.objects.filter(pk=bad.pk).update(owner_id=other.pk)
    good = dossiers.ask_export(*MARCH, by=oanh, at=MONDAY)
    inject(monkeypatch, exporting, "_piece", lambda one, *_: one.pk == bad.pk)

    dossiers.write_exports(at=MONDAY)

    assert dossiers.export_for(oanh, good.pk).state == ExportState.READY
    bad.refresh_from_db()
    assert (bad.state, bad.tries) == (ExportState.WAITING, 1)
    for minutes in (1, 2, 3):
        dossiers.write_exports(at=MONDAY + timedelta(minutes=minutes))
    bad.refresh_from_db()
    assert (bad.state, bad.tries, bad.ended_at is None) == (ExportState.FAILED, 3, False)
    assert dossiers.ask_export(*MARCH, by=oanh, at=MONDAY).state == ExportState.WAITING
