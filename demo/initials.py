"""Who signs in which capacity at the ward, and one outcome that is initialled and signed by KT."""

from collections.abc import Mapping
from datetime import date, datetime

from motcua.casework.dossiers import api as dossiers
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import (
    AbsenceIn,
    Capacity,
    DocumentKind,
    InitialBy,
    Level,
    RightIn,
    TurnRole,
)
from motcua.lib.clock import local_day

from .cast import founder
from .present import INITIALLED, SCENES, mark_of

WARD = "H18.101"
CHAIR, DEPUTY = "H18.101.LD-01", "H18.101.LD-02"
HEADS = ("H18.101.VP-01", "H18.101.KT-01", "H18.101.VHXH-01", "H18.101-01")
AUTHORISED = "H18.101.KT-01"
NOTICES = (DocumentKind.APOLOGY, DocumentKind.STOP)
BASIS = "Chính sách của bản minh họa"


def set_up_rights(at: datetime) -> None:
    """Write down who signs at the ward; what is there is left."""
    if signing.rights_on_record(limit=1):
        return
    posts = {code: _post(code) for code in (CHAIR, DEPUTY, *HEADS)}
    for given in _rights(posts, local_day(at)):
        signing.give_right(given, by=founder(), at=at)


def _post(code: str) -> int:
    found = organisation.find_post(code)
    if found is None:
        raise LookupError(code)
    return found.pk


def _rights(posts: Mapping[str, int], today: date) -> list[RightIn]:
    """Return the rights: her own, her deputy's, one by authorisation, the heads' by order."""
    agency = organisation.tree().agency_by_code(WARD)
    ward, chair = agency.id if agency else 0, posts[CHAIR]
    by_order = [
        RightIn(ward, posts[code], Capacity.BY_ORDER, today, head_post_id=chair, kinds=NOTICES)
        for code in HEADS
    ]
    authorised = RightIn(
        ward,
        posts[AUTHORISED],
        Capacity.BY_AUTHORISATION,
        today,
        valid_to=date(today.year + 1, 12, 31),
        head_post_id=chair,
        kinds=(DocumentKind.OUTCOME,),
        basis_number="05/GUQ-UBND",
        basis_on=today,
    )
    own = RightIn(ward, chair, Capacity.OWN, today)
    deputy = RightIn(ward, posts[DEPUTY], Capacity.DEPUTY, today, head_post_id=chair)
    return [own, deputy, authorised, *by_order]


def ask_for_initials(at: datetime) -> None:
    """Let decisions of one procedure be initialled by who drafted and who approved."""
    scene, today = SCENES[INITIALLED], local_day(at)
    known = signing.policy_for(
        DocumentKind.OUTCOME, on=today, agency_id=0, procedure_code=scene.procedure_code
    )
    if known is not None and known.initials:
        return
    given = signing.PolicyIn(
        DocumentKind.OUTCOME,
        Level.B_LTA,
        (TurnRole.INITIAL, TurnRole.INITIAL, TurnRole.LEADER, TurnRole.SEAL),
        is_required=False,
        valid_from=today,
        procedure_code=scene.procedure_code,
        basis=BASIS,
        initials=(InitialBy.DRAFTER, InitialBy.UNIT_HEAD),
    )
    signing.set_policy(given, by=founder(), at=at)


def submit_while_away(at: datetime) -> bool:
    """Submit one outcome on the day the chairwoman is away: her deputy is asked in her place."""
    dossier = dossiers.Dossier.objects.filter(origin=mark_of(INITIALLED)).first()
    step = dossier_step(dossier) if dossier else None
    if dossier is None or step is None or dossiers.signing_of(dossier):
        return False
    today = local_day(at)
    chair, deputy = (_holder(code, today) for code in (CHAIR, DEPUTY))
    given = AbsenceIn(chair, deputy, today, today, "họp tại tỉnh")
    absence = signing.note_absence(given, by=founder(), at=at)
    is_done = dossiers.submit_for_initials(dossier.code, step.seq, at=at)
    signing.end_absence(absence.pk, by=founder(), at=at)
    return is_done


def dossier_step(dossier: dossiers.Dossier) -> dossiers.DossierStep | None:
    """Return the open decision of a dossier."""
    steps = dossiers.DossierStep.objects.filter(dossier=dossier, closed_at=None)
    return steps.filter(kind="decision").first()


def _holder(post_code: str, on: date) -> int:
    seats = organisation.seats_of_units([_unit(post_code)], on)
    return next(one.officer_id or 0 for one in seats if one.post_code == post_code)


def _unit(post_code: str) -> int:
    found = organisation.find_post(post_code)
    if found is None:
        raise LookupError(post_code)
    return found.unit_id
