"""Keep the library of reasons: add, say in other words from a day on, retire."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, Procedure
from motcua.casework.reasons.choices import ReasonKind
from motcua.casework.reasons.models import ReasonVersion, StandardReason
from motcua.casework.reasons.queries.library import get_reason_for
from motcua.casework.reasons.rules.places import check_places
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
TITLE, TEXT, BASIS = 200, 1000, 500
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WordsIn:
    """The words of a reason, with places in braces, their basis, and the days they hold."""

    title: str
    text: str
    legal_basis: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """For what a reason is, and where it is offered."""

    kind: ReasonKind
    agency_id: int | None = None
    procedure_code: str = ""
    paper_code: str = ""


@work.story
def add_reason(place: Place, words: WordsIn, *, by: Actor, at: datetime) -> StandardReason:
    """Put a reason into the library of the province, or of an agency.

    Raises: NotAllowed, NoSuchProcedure, BadInput.
    """
    _check_keeps(place.agency_id, by)
    procedure, definition = _procedure(place, on=words.valid_from)
    _check(words, definition, on=local_day(at))
    reason = StandardReason.objects.create(
        kind=place.kind,
        agency_id=place.agency_id,
        procedure=procedure,
        paper_code=place.paper_code,
        made_at=at,
        made_by_name=by.name,
    )
    _say(reason, 1, words, by=by, at=at)
    _record("reasons.added", reason, by=by, at=at)
    return reason


@work.story
def say_otherwise(reason_id: int, words: WordsIn, *, by: Actor, at: datetime) -> ReasonVersion:
    """Give a reason other words from a day on; the earlier ones stay on record.

    Raises: NotAllowed, NoSuchReason, BadInput.
    Locks: the reason.
    """
    reason = _lock(reason_id, by)
    if reason.retired_at is not None:
        raise BadInput("Lý do này đã thôi dùng; hãy dùng lại trước khi sửa lời.")
    code = reason.procedure.code if reason.procedure else ""
    place = Place(ReasonKind(reason.kind), procedure_code=code, paper_code=reason.paper_code)
    _check(words, _procedure(place, on=words.valid_from)[1], on=local_day(at))
    latest = ReasonVersion.objects.filter(reason=reason).latest("number")
    if words.valid_from <= latest.valid_from:
        message = f"Lời mới phải từ sau ngày {latest.valid_from:%d/%m/%Y}, khi lời trước bắt đầu."
        raise BadInput(message, field="valid_from")
    if latest.valid_to is None or latest.valid_to >= words.valid_from:
        latest.valid_to = words.valid_from - _DAY
        latest.save(update_fields=["valid_to"])
    version = _say(reason, latest.number + 1, words, by=by, at=at)
    _record("reasons.said_otherwise", reason, by=by, at=at)
    return version


@work.story
def retire_reason(reason_id: int, *, by: Actor, at: datetime) -> None:
    """Offer a reason no more; what was said with it stays. A second time does nothing.

    Raises: NotAllowed, NoSuchReason.
    """
    reason = _lock(reason_id, by)
    if reason.retired_at is not None:
        return
    reason.retired_at, reason.retired_by_name = at, by.name
    reason.save(update_fields=["retired_at", "retired_by_name"])
    _record("reasons.retired", reason, by=by, at=at)


@work.story
def take_up_reason(reason_id: int, *, by: Actor, at: datetime) -> None:
    """Offer a retired reason again; one that is offered stays so.

    Raises: NotAllowed, NoSuchReason.
    """
    reason = _lock(reason_id, by)
    if reason.retired_at is None:
        return
    reason.retired_at, reason.retired_by_name = None, ""
    reason.save(update_fields=["retired_at", "retired_by_name"])
    _record("reasons.taken_up", reason, by=by, at=at)


def _say(
    reason: StandardReason, number: int, words: WordsIn, *, by: Actor, at: datetime
) -> ReasonVersion:
    return ReasonVersion.objects.create(
        reason=reason,
        number=number,
        title=tidy(words.title)[:TITLE],
        text=words.text.strip()[:TEXT],
        legal_basis=tidy(words.legal_basis)[:BASIS],
        valid_from=words.valid_from,
        valid_to=words.valid_to,
        made_at=at,
        made_by_name=by.name,
    )


def _lock(reason_id: int, by: Actor) -> StandardReason:
    """Raises: NotAllowed, NoSuchReason."""
    get_reason_for(by, reason_id)
    reason = StandardReason.objects.select_for_update(of=("self",)).get(pk=reason_id)
    _check_keeps(reason.agency_id, by)
    return reason


def _check_keeps(agency_id: int | None, by: Actor) -> None:
    """Raises: NotAllowed."""
    root = EVERYWHERE
    if agency_id is not None:
        root = organisation.tree().agency(agency_id).root_unit_id
    by.require(Power.KEEP_REASONS, unit_id=root)


def _procedure(place: Place, *, on: date) -> tuple[Procedure | None, Definition | None]:
    """Raises: NoSuchProcedure, BadInput for a paper the procedure does not know."""
    if not place.procedure_code:
        if place.paper_code:
            raise BadInput("Chọn thủ tục trước khi chọn giấy tờ.", field="procedure")
        return None, None
    procedure = procedures.get_procedure(place.procedure_code)
    found = procedures.find_in_force(place.procedure_code, on)
    definition = found.definition if found else None
    papers = {paper.code for paper in definition.papers} if definition else set()
    if place.paper_code and place.paper_code not in papers:
        known = ", ".join(sorted(papers)) or "chưa có giấy tờ nào"
        message = f"Thủ tục không có giấy tờ mã “{place.paper_code}”. Có: {known}."
        raise BadInput(message, field="paper_code")
    return procedure, definition


def _check(words: WordsIn, definition: Definition | None, *, on: date) -> None:
    """Raises: BadInput."""
    if not tidy(words.title):
        raise BadInput("Hãy đặt tên gọi ngắn cho lý do.", field="title")
    if not words.text.strip():
        raise BadInput("Hãy viết lời mẫu.", field="text")
    if words.valid_to is not None and words.valid_to < max(words.valid_from, on):
        message = "Ngày cuối phải từ hôm nay và không trước ngày đầu."
        raise BadInput(message, field="valid_to")
    form = definition.form if definition else None
    check_places(words.text, {field.name for field in form.all_fields()} if form else ())


def _record(action: str, reason: StandardReason, *, by: Actor, at: datetime) -> None:
    detail = {"kind": reason.kind, "agency": reason.agency_id, "procedure": reason.procedure_id}
    audit.record(action, f"reason:{reason.pk}", by=by, at=at, detail=detail)
