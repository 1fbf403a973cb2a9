"""The work of who is away goes to colleagues by the rules of the unit, and may come back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Assignee, AssignmentWay, RuleIn, sharing
from motcua.casework.dossiers.models import Dossier, DossierMove, DossierStep, SharedStep
from motcua.casework.dossiers.queries.chained import verify_moves
from motcua.casework.dossiers.rules.sharing import (
    Person,
    Piece,
    RuleFacts,
    Team,
    share_out,
)
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications.api import Notice
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import AbsenceIn, AbsenceKind
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import Conflict

from .make import MONDAY, Commune, make_all, make_received, open_step

pytestmark = pytest.mark.django_db
NONE = sharing.ShareChoice()


class Office:
    """A commune whose handlers have accounts: Mai, who is away, Nam and Thu; Hoa leads."""

    def __init__(self) -> None:
        self.commune: Commune = make_all()
        unit = Unit.objects.get(pk=self.commune.justice_id)
        self.people: dict[str, Assignee] = {}
        self.officers: dict[str, int] = {}
        for word, name in (
            ("mai", "Quàng Thị Mai"),
            ("nam", "Lường Văn Nam"),
            ("thu", "Cà Thị Thu"),
        ):
            account = make_officer_account(name, username=word)
            make_post(unit, PostRole.HANDLER, holder=account.officer)
            self.people[word] = Assignee(account.pk, name)
            self.officers[word] = account.officer_id or 0
        self.hoa = self.head()

    def head(self) -> Actor:
        """Return the leader, who may note absences too."""
        powers = {**self.commune.hoa.powers}
        powers["staffing.arrange"] = powers["dossiers.assign"]
        return Actor(
            id=self.commune.hoa.id,
            name="Nguyễn Thị Hoa",
            agency_id=self.commune.agency_id,
            unit_ids=self.commune.hoa.unit_ids,
            powers=powers,
        )

    def actor(self, word: str) -> Actor:
        """Return one of the handlers."""
        return Actor(
            id=self.people[word].id,
            name=self.people[word].name,
            agency_id=self.commune.agency_id,
            unit_ids=self.commune.mai.unit_ids,
            powers=self.commune.mai.powers,
        )

    def rules(self, *ways: tuple[AssignmentWay, str, str]) -> None:
        """Let new work go round like this."""
        rules = [RuleIn(way, *self.people[word], area=area) for way, word, area in ways]
        dossiers.set_assignment_rules(self.commune.justice_id, rules, by=self.hoa, at=MONDAY)

    def received(self, count: int, *, to: str = "mai", **changes: Any) -> list[str]:
        """Return dossiers whose first step somebody took."""
        codes = []
        for number in range(count):
            at = MONDAY + timedelta(minutes=number)
            code = make_received(self.commune, at=at, **changes)
            step = open_step(code)
            DossierStep.objects.filter(dossier_id=step.dossier_id, seq=step.seq).update(
                assignee_id=self.people[to].id, assignee_name=self.people[to].name
            )
            codes.append(code)
        return codes

    def away(self, word: str = "mai", *, days: int = 2, **change: Any) -> staffing.Absence:
        """Note that somebody is away from today on; nothing is shared by itself."""
        asked: dict[str, Any] = {
            "officer_id": self.officers[word],
            "kind": AbsenceKind.SICK,
            "valid_from": local_day(MONDAY),
            "valid_to": local_day(MONDAY) + timedelta(days=days),
            "shares_work": False,
        }
        return sharing.note_absence(AbsenceIn(**(asked | change)), by=self.hoa, at=MONDAY)


def holders(codes: list[str]) -> list[str]:
    return [open_step(code).assignee_name for code in codes]


def share(office: Office, absence: staffing.Absence, *, at: datetime = MONDAY) -> int:
    return sharing.share_work(absence.pk, NONE, by=office.hoa, at=at).moved


def test_open_work_goes_by_turn_and_every_due_moment_stays() -> None:
    office = Office()
    codes = office.received(3)
    office.rules((AssignmentWay.TURN, "nam", ""), (AssignmentWay.TURN, "thu", ""))
    dues = [open_step(code).due_at for code in codes]

    moved = share(office, office.away())

    names = [office.people[word].name for word in ("nam", "thu", "nam")]
    assert (moved, holders(codes)) == (3, names)
    assert [open_step(code).due_at for code in codes] == dues


def test_without_rules_who_has_least_gets_it() -> None:
    office = Office()
    office.received(2, to="nam")
    codes = office.received(3)

    share(office, office.away())

    names = [office.people[word].name for word in ("thu", "thu", "nam")]
    assert sorted(holders(codes)) == sorted(names)


def test_each_move_has_its_history_and_each_person_one_notice() -> None:
    office = Office()
    codes = office.received(3)
    office.rules((AssignmentWay.TURN, "nam", ""))

    share(office, office.away())

    move = DossierMove.objects.filter(dossier__code=codes[0]).latest("seq")
    assert (move.act, move.detail["to"], move.detail["from"]) == (
        "assign",
        "Lường Văn Nam",
        "Quàng Thị Mai",
    )
    assert "vắng đến hết ngày 04/03/2026" in move.note
    moves = list(DossierMove.objects.filter(dossier__code=codes[0]).order_by("seq"))
    assert verify_moves(moves) is None
    (notice,) = Notice.objects.filter(kind="dossiers.shared")
    assert (notice.account_id, notice.subject) == (
        office.people["nam"].id,
        "Ông/bà nhận 3 việc của Quàng Thị Mai",
    )


def test_who_gets_work_sees_the_dossier() -> None:
    office = Office()
    (code,) = office.received(1)
    office.rules((AssignmentWay.TURN, "nam", ""))

    share(office, office.away())

    mine = dossiers.worklist_for(office.actor("nam"), only=dossiers.WorkFilter(mine=True)).rows
    assert [row.code for row in mine] == [code]


def test_nothing_new_goes_to_who_is_away() -> None:
    office = Office()
    office.rules((AssignmentWay.TURN, "mai", ""), (AssignmentWay.TURN, "nam", ""))
    office.away()

    codes = [make_received(office.commune) for _ in range(2)]

    assert holders(codes) == [office.people["nam"].name] * 2


def test_a_plan_that_has_changed_is_shown_anew() -> None:
    office = Office()
    codes = office.received(2)
    absence = office.away()
    plan = sharing.plan_of(absence.pk, NONE, by=office.hoa, at=MONDAY)
    dossiers.complete_step(codes[0], open_step(codes[0]).seq, by=office.actor("mai"), at=MONDAY)

    with pytest.raises(Conflict, match="xem lại"):
        sharing.share_work(absence.pk, NONE, by=office.hoa, at=MONDAY, seen=plan.digest)

    assert holders(codes[1:]) == ["Quàng Thị Mai"]


def test_the_head_chooses_who_gets_work() -> None:
    office = Office()
    codes = office.received(2)
    only = sharing.ShareChoice(only=frozenset({office.people["thu"].id}))

    sharing.share_work(office.away().pk, only, by=office.hoa, at=MONDAY)

    assert holders(codes) == [office.people["thu"].name] * 2


def test_only_a_head_shares_the_work_of_others() -> None:
    office = Office()
    office.received(1)
    absence = office.away()

    with pytest.raises(staffing.NoSuchAbsence):
        sharing.plan_of(absence.pk, NONE, by=office.actor("nam"), at=MONDAY)


def test_the_worker_shares_once_when_the_absence_begins() -> None:
    office = Office()
    codes = office.received(2)
    office.rules((AssignmentWay.TURN, "thu", ""))
    tomorrow = local_day(MONDAY) + timedelta(days=1)
    office.away(valid_from=tomorrow, shares_work=True)

    counts = [sharing.share_begun(at=MONDAY + timedelta(days=days)) for days in (0, 1, 1)]

    assert counts == [0, 1, 0]
    assert holders(codes) == [office.people["thu"].name] * 2


def test_an_absence_that_fails_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office()
    codes = office.received(1)
    office.rules((AssignmentWay.TURN, "thu", ""))
    tomorrow = local_day(MONDAY) + timedelta(days=1)
    bad = office.away("nam", valid_from=tomorrow, shares_work=True).pk
    office.away(valid_from=tomorrow, shares_work=True)
    by_itself = sharing._share_by_itself  # noqa: SLF001 -- the step in which the error is injected

    def failing(absence: staffing.Absence, **kwargs: Any) -> None:
        if absence.pk == bad:
            raise ZeroDivisionError
        by_itself(absence, **kwargs)

    monkeypatch.setattr(sharing, "_share_by_itself", failing)
    with pytest.raises(ZeroDivisionError):
        sharing.share_begun(at=MONDAY + timedelta(days=1))

    assert holders(codes) == [office.people["thu"].name]


def test_what_nobody_began_comes_back_as_the_head_chooses() -> None:
    office = Office()
    codes = office.received(3)
    office.rules((AssignmentWay.TURN, "nam", ""))
    absence = office.away()
    share(office, absence)
    step = open_step(codes[0])
    dossiers.take_step(codes[0], step.seq, by=office.actor("nam"), at=MONDAY)
    sharing.end_absence(absence.pk, by=office.hoa, at=MONDAY + timedelta(hours=1))

    rows = sharing.may_come_back(absence.pk, by=office.hoa, at=MONDAY)
    count = sharing.bring_back(
        absence.pk, [rows[0].id], by=office.hoa, at=MONDAY + timedelta(hours=1)
    )

    assert [row.code for row in rows] == codes[1:]
    nam, mai = office.people["nam"].name, office.people["mai"].name
    assert (count, holders(codes)) == (1, [nam, mai, nam])
    assert Notice.objects.filter(kind="dossiers.came_back").count() == 1
    assert len(sharing.may_come_back(absence.pk, by=office.hoa, at=MONDAY)) == 1


def test_nothing_comes_back_to_who_is_still_away() -> None:
    office = Office()
    office.received(1)
    absence = office.away()
    share(office, absence)

    with pytest.raises(Conflict, match="vẫn đang vắng"):
        sharing.bring_back(absence.pk, [], by=office.hoa, at=MONDAY)


def test_the_statements_do_not_grow_with_the_steps() -> None:
    office = Office()
    counts = []
    for number in (2, 12):
        office.received(number)
        absence = office.away(valid_to=local_day(MONDAY))
        with work.metered() as meter:
            share(office, absence)
        counts.append(meter.statements)
        sharing.end_absence(absence.pk, by=office.hoa, at=MONDAY)
        SharedStep.objects.all().delete()

    assert abs(counts[1] - counts[0]) <= 3
    assert Dossier.objects.count() == 14


PEOPLE = [Person(1, "An"), Person(2, "Bình")]


def piece(number: int, *, kind: str = "task", address: str = "", minutes: int = 0) -> Piece:
    due = MONDAY + timedelta(minutes=minutes)
    return Piece(number, 1, f"H-{number}", 7, kind, due, address, "tham-dinh", 1)


def test_by_area_comes_first_and_the_nearest_limit_is_given_first() -> None:
    rules = (
        RuleFacts("area", PEOPLE[1], "Bản Mớ", None),
        RuleFacts("load", PEOPLE[0], "", None),
    )
    pieces = [piece(1, minutes=9), piece(2, address="bản mớ, phường X", minutes=1)]

    found = share_out(pieces, {7: Team(PEOPLE, rules)}, {})

    assert [(one.piece.dossier_id, one.to) for one in found] == [(2, PEOPLE[1]), (1, PEOPLE[0])]


def test_decisions_go_to_a_deputy_who_may_or_stay() -> None:
    team = Team(PEOPLE, deputy_kinds=frozenset({"decision"}))
    pieces = [piece(1, kind="decision"), piece(2, kind="approval")]

    alone = share_out(pieces, {7: Team(PEOPLE)}, {})
    helped = share_out(pieces, {7: team}, {}, PEOPLE[0])

    assert [one.to for one in alone] == [None, None]
    assert [one.to for one in helped] == [PEOPLE[0], None]


def test_work_stays_where_nobody_is_there() -> None:
    (one,) = share_out([piece(1)], {7: Team(())}, {})

    assert (one.to, one.why) == (None, "đơn vị không còn ai có mặt")
