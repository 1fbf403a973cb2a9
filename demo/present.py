"""Open work for everybody one can sign in as: dossiers that stand where somebody must act."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum
from random import Random
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day

from .accounts import KHANH, LAN, OWN_COMMUNE, Neighbour, as_applicant
from .applicants import Applicant, invent
from .cast import BEYOND_ACCOUNTS, Cast
from .catalogue import (
    ADOPTION,
    BIRTH,
    BUILDING_PERMIT,
    CORRECTION,
    CROP_CHANGE,
    EXTRACTS,
    FIRST_LAND_TITLE,
    GROUNDWATER,
    HOUSEHOLD_BUSINESS,
    LINKED_BIRTH,
    MARITAL_STATUS,
    MARRIAGE,
    MARTYR_WORSHIP,
    MORTGAGE,
    POOR_HOUSEHOLD,
    VEHICLE_BADGE,
)
from .lives import Life, record_land_dues
from .moments import closing_after, morning_before
from .past import MISSING, fees_taken
from .plan import SEED
from .samples import sample_application

FIRST_STRANGER = 700
ACT_MINUTES = 15
MOST_STEPS = 12
VILLAGE_HELPER = "H18.101.TCN-01"
JUST_NOW = timedelta(minutes=90)
OWN_AGENCY, ASKED_UNIT, ANSWERING = "H18.101", "H18.101.VP", "H18.135.VP"
AFTER_THE_CUT_OFF = 7 * 60 + 25  # minutes after eight: what comes later is due the day after


class Stage(IntEnum):
    """How far a dossier of the present has come."""

    FILED = 0
    RECEIVED = 1
    TAKEN = 2
    FIRST_STEP_DONE = 3
    SECOND_STEP_DONE = 4
    THIRD_STEP_DONE = 5
    FOURTH_STEP_DONE = 6
    RESOLVED = 9
    ASKED = 10
    CONSULTED = 11
    VISIT_PLANNED = 12
    FEE_ASKED = 13
    DUES_ASKED = 14


@dataclass(frozen=True, slots=True)
class Scene:
    """One dossier of the present."""

    procedure_code: str
    stage: Stage
    days_ago: int
    who: Neighbour | None = None
    agency: str = "H18.101"
    desk: str = "H18.101"
    case: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)
    is_helped: bool = False
    at_desk: bool = False


LIVED_ELSEWHERE = {"noi_khac": True, "noi_tung_cu_tru": "Xã Nà Tấu, từ năm 2019 đến năm 2023"}
SCENES = (
    # Waiting at the desk for Bình.
    Scene(MARITAL_STATUS, Stage.FILED, 1),
    Scene(EXTRACTS, Stage.FILED, 1, KHANH),
    Scene("1.001193", Stage.FILED, 1),
    Scene(CROP_CHANGE, Stage.FILED, 2),
    Scene(CROP_CHANGE, Stage.FILED, 1, is_helped=True),
    Scene(HOUSEHOLD_BUSINESS, Stage.FILED, 1, KHANH),
    Scene(HOUSEHOLD_BUSINESS, Stage.FEE_ASKED, 1),
    # Drafts that wait for the word of whoever applies: on-line Lan, at the desk somebody else.
    Scene(BIRTH, Stage.FIRST_STEP_DONE, 0, LAN),
    Scene(BIRTH, Stage.FIRST_STEP_DONE, 0),
    # With Hạnh: late, soon, just come, taken.
    Scene(MARITAL_STATUS, Stage.RECEIVED, 6),
    Scene(MARITAL_STATUS, Stage.RECEIVED, 2),
    Scene(MARITAL_STATUS, Stage.RECEIVED, 1),
    Scene(MARITAL_STATUS, Stage.TAKEN, 2, LAN),
    Scene("1.000656", Stage.RECEIVED, 1),
    # Hạnh asked elsewhere: one answer is still to come, one is late and needs an apology.
    Scene(MARITAL_STATUS, Stage.CONSULTED, 1, answers=LIVED_ELSEWHERE),
    Scene(MARITAL_STATUS, Stage.CONSULTED, 5, answers=LIVED_ELSEWHERE),
    # Another commune asks Hạnh and Minh.
    Scene(
        MARITAL_STATUS,
        Stage.CONSULTED,
        1,
        agency="H18.135",
        desk="H18.135",
        answers=LIVED_ELSEWHERE,
    ),
    # With Thắng and Nga.
    Scene(BUILDING_PERMIT, Stage.VISIT_PLANNED, 4),
    Scene(FIRST_LAND_TITLE, Stage.THIRD_STEP_DONE, 20, case=1),
    Scene(FIRST_LAND_TITLE, Stage.DUES_ASKED, 25, LAN, case=1),
    Scene(BUILDING_PERMIT, Stage.RECEIVED, 4),
    Scene(BUILDING_PERMIT, Stage.FIRST_STEP_DONE, 6),
    Scene("1.013978", Stage.SECOND_STEP_DONE, 5),
    Scene("1.013978", Stage.RECEIVED, 3, case=1),
    Scene("1.001612", Stage.RECEIVED, 2),
    Scene("1.001776", Stage.RECEIVED, 3),
    Scene("1.001776", Stage.TAKEN, 12),
    # To approve by Minh and Hương.
    Scene(MARITAL_STATUS, Stage.FIRST_STEP_DONE, 2),
    Scene(MARITAL_STATUS, Stage.FIRST_STEP_DONE, 1),
    Scene(BUILDING_PERMIT, Stage.SECOND_STEP_DONE, 8),
    Scene("1.001612", Stage.FIRST_STEP_DONE, 1),
    # To sign by Hoa.
    Scene(MARITAL_STATUS, Stage.SECOND_STEP_DONE, 2),
    Scene(MARITAL_STATUS, Stage.SECOND_STEP_DONE, 3),
    Scene(BIRTH, Stage.SECOND_STEP_DONE, 1),
    Scene(EXTRACTS, Stage.FIRST_STEP_DONE, 1),
    Scene("1.001776", Stage.SECOND_STEP_DONE, 7),
    # To hand out by Bình.
    Scene(MARITAL_STATUS, Stage.RESOLVED, 3),
    Scene(EXTRACTS, Stage.RESOLVED, 1, LAN),
    Scene("1.001193", Stage.RESOLVED, 2),
    # Waiting for the applicant.
    Scene(BUILDING_PERMIT, Stage.ASKED, 3, LAN),
    Scene("1.001776", Stage.ASKED, 2),
    # Elsewhere: Dũng's commune, and the department with the desk of the province.
    Scene(MARITAL_STATUS, Stage.FILED, 1, agency="H18.135", desk="H18.135"),
    Scene("1.001193", Stage.FILED, 1, agency="H18.135", desk="H18.135"),
    Scene(VEHICLE_BADGE, Stage.FILED, 1, KHANH, "H18.07", "H18.01"),
    Scene(VEHICLE_BADGE, Stage.RECEIVED, 1, None, "H18.07", "H18.01"),
    Scene(VEHICLE_BADGE, Stage.FIRST_STEP_DONE, 2, KHANH, "H18.07", "H18.01"),
    # To sign by Hoa, many in one go.
    *(Scene(EXTRACTS, Stage.FIRST_STEP_DONE, 1) for _ in range(11)),
    # To initial by Nga and Phương, then to sign by the deputy for Hoa.
    Scene("1.001776", Stage.SECOND_STEP_DONE, 4),
)
INITIALLED = len(SCENES) - 1
SCENES += (
    # Two who marry: one couple for Hạnh, one to sign the book at Bình's desk.
    Scene(MARRIAGE, Stage.RECEIVED, 0, at_desk=True),
    Scene(MARRIAGE, Stage.RESOLVED, 1, at_desk=True),
    # Police and insurance have it; the ten days after those concerned were heard.
    Scene(LINKED_BIRTH, Stage.SECOND_STEP_DONE, 1, at_desk=True),
    Scene(ADOPTION, Stage.FIRST_STEP_DONE, 2),
    Scene(ADOPTION, Stage.SECOND_STEP_DONE, 4),
    Scene(CORRECTION, Stage.FILED, 1, LAN),
    Scene(CORRECTION, Stage.RECEIVED, 1),
    # The department has what the ward proposed; the land office awaits papers from the ward.
    Scene(MARTYR_WORSHIP, Stage.THIRD_STEP_DONE, 4),
    Scene(MORTGAGE, Stage.RECEIVED, 0, agency="H18.06.01", at_desk=True),
    Scene(GROUNDWATER, Stage.FIRST_STEP_DONE, 12, KHANH, "H18.06", "H18.01"),
    # What other bodies have a part in: the tax body, the land office, people across the border.
    Scene("1.013949", Stage.THIRD_STEP_DONE, 9, LAN),
    Scene("1.013831", Stage.FIRST_STEP_DONE, 3, None, "H18.06.01", "H18.01"),
    Scene("1.004756", Stage.RECEIVED, 1, None, "H18.06", "H18.01"),
    Scene("1.000094", Stage.RECEIVED, 1),
    Scene("9.000001", Stage.RECEIVED, 2),
    # Acknowledged at once: there is nothing more to do.
    Scene("2.000033", Stage.FILED, 1, KHANH, "H18.05", "H18.01"),
    # Councils to call together: for Nga about a disability, for Thắng between two neighbours.
    Scene("1.001699", Stage.FIRST_STEP_DONE, 9, at_desk=True),
    Scene("1.012812", Stage.SECOND_STEP_DONE, 12, at_desk=True),
    # Posted in public now; three households for one decision that Hoa signs.
    *(Scene(POOR_HOUSEHOLD, Stage.SECOND_STEP_DONE, 4, at_desk=True) for _ in range(2)),
    *(Scene(POOR_HOUSEHOLD, Stage.FOURTH_STEP_DONE, 14, at_desk=True) for _ in range(3)),
    # Out of the office: land to measure, a shop to look at.
    Scene("1.012784", Stage.FIRST_STEP_DONE, 3, None, "H18.06.01", "H18.01"),
    Scene("1.001686", Stage.FIRST_STEP_DONE, 2, None, "H18.06", "H18.01"),
)


def set_scenes(cast: Cast, now: datetime) -> Iterator[str]:
    """Bring every scene to its stage, those already there left as they are; yield the codes."""
    marks = dossiers.Dossier.objects.filter(origin__startswith="now-")
    known = set(marks.values_list("origin", flat=True))
    for number, scene in enumerate(SCENES):
        if mark_of(number) not in known:
            yield _set(scene, number, cast, now)


def begin_drafts(now: datetime) -> None:
    """Leave Lan an application she has not finished."""
    lan = _citizen(as_applicant(LAN))
    if dossiers.drafts_for(lan):
        return
    draft = dossiers.begin_draft("1.008004", by=lan, at=now)
    answers = {"ho_ten": LAN.facts.full_name, "dia_chi": LAN.facts.address}
    dossiers.save_draft_page(draft.token, answers, 0, by=lan, at=now)


def mark_of(number: int) -> str:
    """Return by which origin a scene is known again."""
    return f"now-{number:02}"


def _set(scene: Scene, number: int, cast: Cast, now: datetime) -> str:
    tree = organisation.tree()
    agency, desk_unit = tree.agency_by_code(scene.agency), tree.unit_by_code(scene.desk)
    found = procedures.find_in_force(scene.procedure_code, local_day(now))
    if agency is None or desk_unit is None or found is None:
        message = f"there is no place for {scene}"
        raise LookupError(message)
    minute = AFTER_THE_CUT_OFF + number // 2 if found.definition.is_same_day else number
    at = morning_before(now, scene.days_ago, minute) if scene.days_ago else now - JUST_NOW
    stranger = invent(FIRST_STRANGER + number, OWN_COMMUNE)
    applicant = as_applicant(scene.who) if scene.who else stranger
    case = found.definition.cases[scene.case].code
    chance = Random(SEED + number)
    channel = FilingChannel.COUNTER if scene.at_desk else FilingChannel.PORTAL
    application = replace(
        sample_application(
            found.definition,
            case,
            agency.id,
            channel,
            applicant,
            chance,
            on=local_day(at),
        ),
        origin=mark_of(number),
        receiving_unit_id=desk_unit.id,
    )
    application = replace(application, answers={**application.answers, **scene.answers})
    if scene.at_desk:
        return _received(scene, application, Life("", cast, chance, from_template=True), at, now)
    application = cast.scans.attached_to(application, found.definition)
    by = _citizen(applicant)
    if scene.is_helped:
        by = cast.at_post(VILLAGE_HELPER)
        application = replace(application, submitter=_helped_by(by, application))
    code = dossiers.file_application(application, by=by, at=at)
    if scene.stage != Stage.FILED:
        fees = fees_taken(found.definition, application, at, f"HT-{number:04}")
        _bring_to(
            scene.stage, Life(code, cast, chance, from_template=True), desk_unit.id, fees, at, now
        )
    return code


def _received(
    scene: Scene, application: dossiers.Application, life: Life, at: datetime, now: datetime
) -> str:
    """Receive somebody in person and do what was done until the stage."""
    desk_id = application.receiving_unit_id or 0
    desk = life.cast.in_unit(desk_id, PostRole.DESK_OFFICER)
    life.code = dossiers.receive_in_person(application, desk_unit_id=desk_id, by=desk, at=at)
    _go_on(scene.stage, life, at, now)
    return life.code


def _helped_by(helper: Actor, application: dossiers.Application) -> dossiers.SubmitterIn:
    """Return the village helper as the submitter, named as who really helped."""
    return replace(
        application.submitter,
        name=helper.name,
        account_id=helper.id,
        authority=dossiers.Authority.HELPER,
        helper_name=f"{helper.name} ({helper.title})",
        helper_account_id=helper.id,
    )


def _bring_to(
    stage: Stage,
    life: Life,
    desk_id: int,
    fees: Sequence[dossiers.FeeIn],
    at: datetime,
    now: datetime,
) -> None:
    """Do what was done until the stage, one act after the other."""
    pace = timedelta(minutes=ACT_MINUTES)
    desk = life.cast.in_unit(desk_id, PostRole.DESK_OFFICER)
    if stage == Stage.FEE_ASKED:
        dossiers.ask_payment(life.code, fees, by=desk, at=at + pace)
        return
    at_filing = fees if life.is_paid_first() else ()
    dossiers.receive_dossier(life.code, by=desk, at=at + pace, fees=at_filing)
    _go_on(stage, life, at + pace, now)


def _go_on(stage: Stage, life: Life, at: datetime, now: datetime) -> None:
    pace = timedelta(minutes=ACT_MINUTES)
    for _ in range(STEPS_DONE.get(stage, 0)):
        at = life.go_on(at=at + pace) or at
    act = _LAST_ACTS.get(stage)
    if act is not None:
        act(life, at + pace, now)


def _ask_supplement(life: Life, at: datetime, _now: datetime) -> None:
    dossiers.ask_supplement(life.code, [MISSING], by=life.hand(), at=at)


def _take(life: Life, at: datetime, _now: datetime) -> None:
    life.take(at=at)


def _consult(life: Life, at: datetime, _now: datetime) -> None:
    """Ask the commune lived in before; another commune asks the justice office of the ward."""
    tree = organisation.tree()
    is_ours = tree.agency(life.dossier().agency_id).code == OWN_AGENCY
    unit = tree.unit_by_code(ANSWERING if is_ours else ASKED_UNIT)
    life.ask(closing_after(at, 2), at=at, unit_id=unit.id if unit else None)


def _plan_visit(life: Life, at: datetime, now: datetime) -> None:
    there = closing_after(now, 2) - timedelta(hours=8)
    place = life.dossier().submitter_address
    dossiers.field.plan_visit(life.code, there, place, "Thắng, chủ nhà", by=life.hand(), at=at)


def _ask_dues(life: Life, at: datetime, _now: datetime) -> None:
    record_land_dues(life, at)


_LAST_ACTS: Mapping[Stage, Callable[[Life, datetime, datetime], None]] = {
    Stage.ASKED: _ask_supplement,
    Stage.TAKEN: _take,
    Stage.CONSULTED: _consult,
    Stage.VISIT_PLANNED: _plan_visit,
    Stage.DUES_ASKED: _ask_dues,
}
STEPS_DONE = {
    Stage.FIRST_STEP_DONE: 1,
    Stage.CONSULTED: 1,
    Stage.VISIT_PLANNED: 1,
    Stage.SECOND_STEP_DONE: 2,
    Stage.THIRD_STEP_DONE: 3,
    Stage.FOURTH_STEP_DONE: 4,
    Stage.DUES_ASKED: 4,
    Stage.RESOLVED: MOST_STEPS,
}


def _citizen(applicant: Applicant) -> Actor:
    return Actor(
        id=applicant.account_id or BEYOND_ACCOUNTS,
        name=applicant.name,
        kind=ActorKind.CITIZEN,
        person_id=applicant.person_id,
        is_silent=True,
    )
