"""Hand papers from a desk to the unit that decides, or outcomes back, by numbered lists.

Source: docs/law/one-stop.md
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count

from motcua.casework.dossiers.choices import Act, PaperState, Status
from motcua.casework.dossiers.errors import AlreadyAnswered, DossierError
from motcua.casework.dossiers.models import Dossier, DossierPaper, HandOver, HandOverItem
from motcua.casework.dossiers.queries.clock import is_on_its_way
from motcua.casework.dossiers.rules.moves import ENDS
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed, NotFound

from .arriving import arrive
from .telling import lock_dossier, tell

MOST_ON_A_LIST = 200
_GIVING = (Power.HAND_OVER_DOSSIERS, Power.HANDLE_DOSSIERS)
_TAKING = (Power.HANDLE_DOSSIERS, Power.HAND_OVER_DOSSIERS, Power.RETURN_OUTCOMES)


@work.story
def hand_over(
    codes: Sequence[str], to_unit_id: int, *, by: Actor, at: datetime, note: str = ""
) -> HandOver:
    """Put dossiers on a numbered list from where they are to another unit.

    From the receiving desk, or back to it from the unit that decides.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput, NoSuchUnit.
    Locks: the dossiers, by code; then the series of the list.
    """
    if not 0 < len(codes) <= MOST_ON_A_LIST:
        message = f"Một danh sách bàn giao có từ 1 đến {MOST_ON_A_LIST} hồ sơ."
        raise BadInput(message, field="codes")
    locked = [lock_dossier(code) for code in sorted(set(codes))]
    from_unit_id = _from_unit(locked, to_unit_id)
    _require_any(by, _GIVING, from_unit_id)
    _check_free(locked)
    listed = HandOver.objects.create(
        number=_number(from_unit_id, at),
        from_unit_id=from_unit_id,
        to_unit_id=to_unit_id,
        made_at=at,
        made_by_name=by.name,
        note=note,
    )
    papers = _held_papers(locked)
    for dossier in locked:
        item = HandOverItem(
            hand_over=listed, dossier_id=dossier.pk, papers=papers.get(dossier.pk, 0)
        )
        work.add(item)
        was, detail = Status(dossier.status), {"list": listed.number}
        tell(
            dossier,
            Act.HAND_OVER,
            by=by,
            at=at,
            was=was,
            unit_id=to_unit_id,
            note=listed.number,
            detail=detail,
        )
    return listed


def _from_unit(dossiers: Sequence[Dossier], to_unit_id: int) -> int:
    """Return the one unit that all come from. Raises: DossierError, NoSuchUnit."""
    organisation.tree().unit(to_unit_id)
    units = {_holder(dossier, to_unit_id) for dossier in dossiers}
    if len(units) > 1:
        message = "Các hồ sơ trên một danh sách phải cùng một nơi giao."
        raise DossierError(message)
    closed = [d.code for d in dossiers if d.received_at is None or d.status in ENDS]
    if closed:
        message = f"Hồ sơ chưa tiếp nhận hoặc đã kết thúc, không bàn giao: {', '.join(closed)}."
        raise DossierError(message)
    return units.pop()


def _holder(dossier: Dossier, to_unit_id: int) -> int:
    desks = (dossier.receiving_unit_id, dossier.return_unit_id)
    return dossier.competent_unit_id if to_unit_id in desks else dossier.receiving_unit_id


def _require_any(by: Actor, powers: Sequence[Power], unit_id: int) -> None:
    """Raises: NotAllowed."""
    if not any(by.can(power, unit_id=unit_id) for power in powers):
        message = "Ông/bà không có quyền giao, nhận hồ sơ ở đơn vị này."
        raise NotAllowed(message)


def _check_free(dossiers: Sequence[Dossier]) -> None:
    """Raises: DossierError for those on a list that nobody has taken over yet."""
    waiting = HandOverItem.objects.filter(
        dossier_id__in=[dossier.pk for dossier in dossiers], hand_over__taken_at__isnull=True
    )
    found = waiting.values_list("dossier__code", "hand_over__number").first()
    if found is not None:
        message = f"Hồ sơ {found[0]} đang trên danh sách {found[1]} chờ bên nhận."
        raise DossierError(message)


def _number(from_unit_id: int, at: datetime) -> str:
    unit, year = organisation.tree().unit(from_unit_id), local_day(at).year
    number = numbering.allocate_number(numbering.series_of_year("hand-over", unit.code, year))
    return f"{number:04d}/BG-{unit.code[:20]}-{year}"


def _held_papers(dossiers: Sequence[Dossier]) -> dict[int, int]:
    held = DossierPaper.objects.filter(
        dossier_id__in=[dossier.pk for dossier in dossiers], state=PaperState.HELD
    )
    counted = held.order_by().values_list("dossier_id").annotate(papers=Count("seq"))
    return dict(counted)


@work.story
def take_over(number: str, *, by: Actor, at: datetime) -> HandOver:
    """Confirm that everything on the list has arrived, once; some clocks start by that.

    Raises: NotFound, NotAllowed, AlreadyAnswered.
    """
    try:
        listed = work.lock(HandOver, number=number)
    except HandOver.DoesNotExist as error:
        message = f"Không có danh sách bàn giao số {number}."
        raise NotFound(message) from error
    _require_any(by, _TAKING, listed.to_unit_id)
    if listed.taken_at is not None:
        message = f"{listed.taken_by_name} đã nhận danh sách này."
        raise AlreadyAnswered(message)
    listed.taken_at, listed.taken_by_name = at, by.name
    work.update(listed, "taken_at", "taken_by_name")
    audit.record("dossiers.take_over", f"hand_over:{number}", by=by, at=at)
    for code in _codes_of(listed):
        dossier = lock_dossier(code)
        if is_on_its_way(dossier) and _is_where_it_is_decided(dossier, listed.to_unit_id):
            arrive(dossier, by=by, at=at)
    return listed


def _is_where_it_is_decided(dossier: Dossier, unit_id: int) -> bool:
    tree = organisation.tree()
    return tree.agency_of(unit_id).id == tree.agency_of(dossier.competent_unit_id).id


def _codes_of(listed: HandOver) -> list[str]:
    """Return the dossiers of a list whose clock may wait for it, in the order of locking."""
    waiting = HandOverItem.objects.filter(hand_over=listed, dossier__clock_from__isnull=True)
    return sorted(waiting.values_list("dossier__code", flat=True))
