"""The past, lived: every planned dossier is filed, handled and ended by the operations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import FeeIn, SupplementItemIn
from motcua.casework.fees import api as fees
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, FilingChannel
from motcua.casework.processes.api import StepKind
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day

from .applicants import Applicant, invent
from .cast import BEYOND_ACCOUNTS, Cast
from .catalogue import CERTIFIED_COPIES
from .lives import Life
from .moments import after, closing_after, minutes_to
from .offices import Body
from .organisation import communes
from .plan import OF_PROVINCE, SEED, Ending, Planned
from .samples import WORDS, sample_application

PEOPLE = 400
LAST_WAIT_DAYS = {StepKind.OUTSIDE_WAIT: 6}
MISSING = SupplementItemIn("Bản sao rõ nét của giấy tờ đã nộp", "Bản đã nộp mờ, không đọc được")
MORE_MISSING = SupplementItemIn("Giấy tờ về nơi cư trú trước đây", "Phát hiện khi thẩm định")


class Where(NamedTuple):
    """Who decides on a dossier and which desk takes it in."""

    agency_id: int
    desk_id: int
    place: str


@dataclass(slots=True)
class Past:
    """Lives planned dossiers one after the other."""

    cast: Cast
    known: dict[int, Applicant] = field(default_factory=dict)

    def live(self, one: Planned) -> str:
        """Live one planned dossier to its end; answer with its code."""
        chance = Random(SEED + one.number)
        where = _where(one)
        if one.procedure_code == CERTIFIED_COPIES:
            return self._certify(one, where, chance)
        life, at = self._begin(one, where, chance)
        if one.ending == Ending.REFUSED:
            return life.code
        for turn in range(one.supplements):
            at = _supplement(life, turn, at, chance)
        if one.ending == Ending.WITHDRAWN:
            _withdraw(life, after(at, chance.randint(60, 900)))
        elif one.ending == Ending.STOPPED:
            _stop(life, after(at, chance.randint(60, 900)))
        else:
            _carry_out(life, one, at, chance)
        return life.code

    def _certify(self, one: Planned, where: Where, chance: Random) -> str:
        """Certify some copies at the desk, in one act."""
        names = chance.sample(WORDS["ten_giay_to"], k=chance.randint(1, 3))
        lines = [
            dossiers.CertLine(name, chance.randint(1, 6), chance.randint(1, 4)) for name in names
        ]
        return dossiers.certify_copies(
            lines,
            invent(one.number % PEOPLE, where.place).name,
            desk_unit_id=where.desk_id,
            by=self.cast.in_unit(where.desk_id, PostRole.DESK_OFFICER),
            at=one.filed_at,
            receipt_number=f"MH-{one.number:06}",
            key=one.origin,
        )

    def _begin(self, one: Planned, where: Where, chance: Random) -> tuple[Life, datetime]:
        """Let it arrive and be received, or refused; answer when that was."""
        found = procedures.find_in_force(one.procedure_code, local_day(one.filed_at))
        if found is None:
            message = f"{one.procedure_code} is not in force"
            raise LookupError(message)
        definition = found.definition
        desk = self.cast.in_unit(where.desk_id, PostRole.DESK_OFFICER)
        application = self._application(one, definition, where, desk, chance)
        if not one.is_online:
            code = dossiers.receive_in_person(
                application,
                desk_unit_id=where.desk_id,
                by=desk,
                at=one.filed_at,
                fees=fees_taken(definition, application, one.filed_at, f"MH-{one.number:06}"),
            )
            return Life(code, self.cast, chance), one.filed_at
        citizen = _citizen(application.submitter)
        code = dossiers.file_application(application, by=citizen, at=one.filed_at)
        life, at = Life(code, self.cast, chance), after(one.filed_at, chance.randint(10, 400))
        if one.ending == Ending.REFUSED:
            _refuse(life, desk, at)
        else:
            fees = fees_taken(definition, application, one.filed_at, f"MH-{one.number:06}")
            dossiers.receive_dossier(code, by=desk, at=at, fees=fees)
        return life, at

    def _application(
        self, one: Planned, definition: Definition, where: Where, desk: Actor, chance: Random
    ) -> dossiers.Application:
        applicant = self._applicant(one, where, desk)
        case = chance.choice(definition.cases).code
        application = sample_application(
            definition,
            case,
            where.agency_id,
            one.channel,
            applicant,
            chance,
            on=local_day(one.filed_at),
        )
        application = self.cast.scans.attached_to(application, definition)
        submitter = application.submitter
        if one.is_helped:
            helper = invent(PEOPLE + one.number % 25, where.place).name
            submitter = replace(submitter, authority=dossiers.Authority.HELPER, helper_name=helper)
        return replace(
            application,
            submitter=submitter,
            origin=one.origin,
            receiving_unit_id=where.desk_id,
            return_way=_return_way(definition, one, chance),
            legal_at=one.filed_at if one.channel == FilingChannel.POST else None,
        )

    def _applicant(self, one: Planned, where: Where, desk: Actor) -> Applicant:
        """Return who applies, noted among the people at the first time."""
        number = one.number % PEOPLE
        if number not in self.known:
            applicant = invent(number, where.place)
            facts = people.PersonFacts(
                full_name=applicant.name,
                birth_date=applicant.birth_date,
                phone=applicant.phone,
                address=applicant.address,
            )
            person = people.remember_person(facts, by=desk, at=one.filed_at)
            self.known[number] = replace(applicant, person_id=person.pk)
        return self.known[number]


def live_all(past: Sequence[Planned], cast: Cast) -> Iterator[str]:
    """Live what was not lived before, in order; yield each code."""
    living = Past(cast)
    for one in past[lived_of(past) :]:
        yield living.live(one)


def lived_of(past: Sequence[Planned]) -> int:
    """Return how far the past was lived before, by the last dossier that bears its mark.

    Certification bears none, but its key keeps it from being done twice.
    """
    begun = dossiers.Dossier.objects.filter(origin__startswith="demo-")
    marks = set(begun.values_list("origin", flat=True))
    marked = [
        place
        for place, one in enumerate(past, start=1)
        if one.procedure_code != CERTIFIED_COPIES and one.origin in marks
    ]
    bearing = sum(one.procedure_code != CERTIFIED_COPIES for one in past)
    return len(past) if len(marked) == bearing else max(marked, default=0)


def _where(one: Planned) -> Where:
    tree = organisation.tree()
    bodies = communes()
    body = bodies[one.place]
    if one.procedure_code in OF_PROVINCE:
        agency = tree.agency_by_code(OF_PROVINCE[one.procedure_code])
        desk = tree.unit_by_code("H18.01")
    else:
        agency, desk = tree.agency_by_code(body.code), tree.unit_by_code(_desk_code(one, bodies))
    if agency is None or desk is None:
        message = f"there is no desk for {one}"
        raise LookupError(message)
    return Where(agency.id, desk.id, body.short_name.removeprefix("UBND "))


def _desk_code(one: Planned, bodies: Sequence[Body]) -> str:
    """Return the desk of the commune, or another where that does not matter."""
    away = 1 + one.number % 5 if one.is_elsewhere else 0
    return bodies[(one.place + away) % len(bodies)].code


def _citizen(submitter: dossiers.SubmitterIn) -> Actor:
    return Actor(
        id=submitter.account_id or BEYOND_ACCOUNTS,
        name=submitter.name,
        kind=ActorKind.CITIZEN,
        is_silent=True,
    )


def _return_way(definition: Definition, one: Planned, chance: Random) -> dossiers.ReturnWay:
    if one.channel == FilingChannel.POST:
        return dossiers.ReturnWay.POST
    wants_file = one.is_online and chance.random() < 0.6  # noqa: PLR2004 -- three of five
    if wants_file and not any(spec.on_paper_only for spec in definition.outcomes):
        return dossiers.ReturnWay.ELECTRONIC
    return dossiers.ReturnWay.COUNTER


def fees_taken(
    definition: Definition, application: dossiers.Application, at: datetime, receipt: str = "MH-1"
) -> list[FeeIn]:
    """Return all that is due on that day as taken, each with the receipt."""
    dues = fees.fees_due(
        definition,
        application.case_code,
        application.channel,
        {**application.answers, "filed_on": local_day(at)},
    )
    return [
        FeeIn(
            due.line.code,
            due.line.name,
            str(due.line.kind),
            due.amount_vnd,
            receipt if due.amount_vnd else "",
            due.reason,
        )
        for due in dues
    ]


def _refuse(life: Life, desk: Actor, at: datetime) -> None:
    dossiers.refuse_dossier(
        life.code,
        reason="Nơi nhận không có thẩm quyền giải quyết việc này.",
        basis="Điều 17 Nghị định 118/2025/NĐ-CP",
        by=desk,
        at=at,
    )


def _supplement(life: Life, turn: int, at: datetime, chance: Random) -> datetime:
    """Ask for a supplement and take it in; a second time the head asks and says why."""
    asked = after(at, chance.randint(40, 200))
    if turn == 0:
        dossiers.ask_supplement(life.code, [MISSING], by=life.hand(), at=asked)
    else:
        step = life.open_step()
        head = life.cast.in_unit(step.unit_id if step else 0, PostRole.UNIT_HEAD)
        dossiers.ask_supplement(
            life.code,
            [MORE_MISSING],
            by=head,
            at=asked,
            approval_reason="Chỉ phát hiện được khi đối chiếu sổ gốc.",
        )
    supplied = after(asked, chance.randint(120, 900))
    paper = dossiers.PaperIn("bo-sung", MISSING.what, dossiers.CopyKind.COPY)
    dossiers.supply(life.code, [paper], by=life.desk(), at=supplied)
    return supplied


def _withdraw(life: Life, at: datetime) -> None:
    dossiers.withdraw(life.code, "Không còn nhu cầu.", by=life.desk(), at=at)


def _stop(life: Life, at: datetime) -> None:
    dossiers.stop(
        life.code,
        "Đang có tranh chấp, chờ bản án của tòa án.",
        "Quyết định thụ lý của Tòa án nhân dân khu vực",
        by=life.leader(),
        at=at,
    )


def _carry_out(life: Life, one: Planned, at: datetime, chance: Random) -> None:
    """Do one step after the other in time, or late, and hand the outcome out."""
    dossier = dossiers.Dossier.objects.get(code=life.code)
    due = dossier.due_at or closing_after(at, 1)
    if one.has_apology:
        at = _apologise(life, due, at)
    definition = procedures.definition_of(dossier.procedure_version_id)
    steps = len(definition.process.steps) if definition.process else 1
    left = max(minutes_to(at, due), steps * 2)
    pace = int(left * chance.uniform(0.3, 0.85)) // steps
    earliest = after(due, chance.randint(200, 1400)) if one.is_late else at
    at = _do_steps(life, at, pace, earliest)
    life.hand_out(at=after(at, chance.randint(15, 900)))


def _apologise(life: Life, due: datetime, at: datetime) -> datetime:
    """Apologise in time, and promise the end of the fourth working day after the first promise."""
    latest = calendar.latest_apology_moment(due, calendar.national_facts())
    said = after(at, max(minutes_to(at, latest) // 2, 1))
    life.head_apologises(closing_after(due, 4), at=said)
    return said


def _do_steps(life: Life, at: datetime, pace: int, earliest: datetime) -> datetime:
    """Do all steps, so many working minutes apart, and sign no sooner than `earliest`.

    Answers when the last was done.
    """
    definition = dossiers.whole(life.dossier()).definition
    while (step := life.open_step()) is not None:
        is_of_others = definition.outcome_given_by(step.code) is not None
        days = 0 if is_of_others else LAST_WAIT_DAYS.get(StepKind(step.kind), 0)
        at = after(at + timedelta(days=days), 5) if days else after(at, pace)
        if step.kind == StepKind.DECISION:
            at = max(at, earliest)
        at = life.go_on(at=at) or at
    return at
