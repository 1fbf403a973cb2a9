"""Open work for everybody one can sign in as: dossiers that stand where somebody must act."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from random import Random

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
from .catalogue import BUILDING_PERMIT, MARITAL_STATUS, VEHICLE_BADGE
from .lives import Life
from .moments import morning_before
from .past import MISSING
from .plan import SEED
from .samples import sample_application

FIRST_STRANGER = 700
ACT_MINUTES = 15
AFTER_THE_CUT_OFF = 7 * 60 + 25  # minutes after eight: what comes later is due the day after


class Stage(IntEnum):
    """How far a dossier of the present has come."""

    FILED = 0
    RECEIVED = 1
    TAKEN = 2
    FIRST_STEP_DONE = 3
    SECOND_STEP_DONE = 4
    RESOLVED = 9
    ASKED = 10


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


SCENES = (
    # Waiting at the desk for Bình.
    Scene(MARITAL_STATUS, Stage.FILED, 1),
    Scene("2.000635", Stage.FILED, 1, KHANH),
    Scene("1.001193", Stage.FILED, 1),
    Scene("1.008004", Stage.FILED, 2),
    Scene("1.001612", Stage.FILED, 1, KHANH),
    # With Hạnh: late, soon, just come, taken.
    Scene(MARITAL_STATUS, Stage.RECEIVED, 6),
    Scene(MARITAL_STATUS, Stage.RECEIVED, 2),
    Scene(MARITAL_STATUS, Stage.RECEIVED, 1),
    Scene(MARITAL_STATUS, Stage.TAKEN, 2, LAN),
    Scene("1.000656", Stage.RECEIVED, 1),
    # With Thắng and Nga.
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
    Scene("1.001193", Stage.FIRST_STEP_DONE, 1),
    Scene("2.000635", Stage.FIRST_STEP_DONE, 1),
    Scene("1.001776", Stage.SECOND_STEP_DONE, 7),
    # To hand out by Bình.
    Scene(MARITAL_STATUS, Stage.RESOLVED, 3),
    Scene("2.000635", Stage.RESOLVED, 1, LAN),
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
)


def set_scenes(cast: Cast, now: datetime) -> Iterator[str]:
    """Bring every scene to its stage, those already there left as they are; yield the codes."""
    marks = dossiers.Dossier.objects.filter(origin__startswith="now-")
    known = set(marks.values_list("origin", flat=True))
    for number, scene in enumerate(SCENES):
        if _mark(number) not in known:
            yield _set(scene, number, cast, now)


def begin_drafts(now: datetime) -> None:
    """Leave Lan an application she has not finished."""
    lan = _citizen(as_applicant(LAN))
    if dossiers.drafts_for(lan):
        return
    draft = dossiers.begin_draft("1.008004", by=lan, at=now)
    answers = {"ho_ten": LAN.facts.full_name, "dia_chi": LAN.facts.address}
    dossiers.save_draft_page(draft.token, answers, 0, by=lan, at=now)


def _mark(number: int) -> str:
    return f"now-{number:02}"


def _set(scene: Scene, number: int, cast: Cast, now: datetime) -> str:
    tree = organisation.tree()
    agency, desk_unit = tree.agency_by_code(scene.agency), tree.unit_by_code(scene.desk)
    found = procedures.find_in_force(scene.procedure_code, local_day(now))
    if agency is None or desk_unit is None or found is None:
        message = f"there is no place for {scene}"
        raise LookupError(message)
    minute = AFTER_THE_CUT_OFF + number // 2 if found.definition.is_same_day else number
    at = morning_before(now, scene.days_ago, minute)
    stranger = invent(FIRST_STRANGER + number, OWN_COMMUNE)
    applicant = as_applicant(scene.who) if scene.who else stranger
    case = found.definition.cases[scene.case].code
    chance = Random(SEED + number)
    application = replace(
        sample_application(
            found.definition, case, agency.id, FilingChannel.PORTAL, applicant, chance
        ),
        origin=_mark(number),
        receiving_unit_id=desk_unit.id,
    )
    code = dossiers.file_application(application, by=_citizen(applicant), at=at)
    if scene.stage != Stage.FILED:
        _bring_to(scene.stage, Life(code, cast, chance), desk_unit.id, at)
    return code


def _bring_to(stage: Stage, life: Life, desk_id: int, at: datetime) -> None:
    """Do what was done until the stage, one act after the other on the same day."""
    pace = timedelta(minutes=ACT_MINUTES)
    desk = life.cast.in_unit(desk_id, PostRole.DESK_OFFICER)
    dossiers.receive_dossier(life.code, by=desk, at=at + pace)
    if stage == Stage.ASKED:
        dossiers.ask_supplement(life.code, [MISSING], by=life.hand(), at=at + 2 * pace)
    if stage == Stage.TAKEN:
        life.take(at=at + 2 * pace)
    for turn in range(_steps_done(stage)):
        if not life.go_on(at=at + (2 + turn) * pace):
            return


def _steps_done(stage: Stage) -> int:
    """Return how many steps are done at the stage; resolved means all there are."""
    if stage in {Stage.ASKED, Stage.TAKEN, Stage.RECEIVED}:
        return 0
    return {Stage.FIRST_STEP_DONE: 1, Stage.SECOND_STEP_DONE: 2}.get(stage, len(Stage))


def _citizen(applicant: Applicant) -> Actor:
    return Actor(
        id=applicant.account_id or BEYOND_ACCOUNTS,
        name=applicant.name,
        kind=ActorKind.CITIZEN,
        person_id=applicant.person_id,
        is_silent=True,
    )
