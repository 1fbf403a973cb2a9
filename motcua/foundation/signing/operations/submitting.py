"""Hand in a document of one's own for signatures: any PDF, or a Word file set by our press.

It is drafted first: what stands on its pages is looked at, and whoever hands it in sees where
number, day, signatures and seal will stand, and moves what was not found. Then it goes the way of
every document.

Source: docs/law/signing.md
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from motcua.foundation.access.api import Power
from motcua.foundation.signing.choices import (
    DocumentKind,
    Level,
    Numbering,
    RequestState,
    TurnRole,
)
from motcua.foundation.signing.errors import (
    AlreadyComplete,
    DocumentUnfit,
    NotYourTurn,
    SigningError,
)
from motcua.foundation.signing.events import RequestWithdrawn
from motcua.foundation.signing.models import SigningRequest
from motcua.foundation.signing.queries.policies import policy_for
from motcua.foundation.signing.queries.requests import document_of, turns_of
from motcua.foundation.signing.queries.signers import Signer, signers_in
from motcua.foundation.signing.rules import placing as rules
from motcua.foundation.signing.rules.order import field_names
from motcua.foundation.signing.rules.placing import Facts, Placing
from motcua.foundation.signing.rules.printed import check_printed_number
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .placing import as_pdf, checked_move, names_of, picture_of_places, readable, seal_size
from .requesting import (
    TurnIn,
    Wanted,
    end_request,
    make_ready,
    new_token,
    registry_unit,
    request_signatures,
    whose_turns,
)
from .telling import let_see, lock_request, tell

_POWERS = (Power.SIGN_DOCUMENTS, Power.SEAL_DOCUMENTS)


@dataclass(frozen=True, slots=True)
class DocumentIn:
    """A document handed in: the file, what it is, who signs in which order, whence its number.

    Signers are accounts. `is_compared` says that somebody compared a number in a scan, where no
    machine can read it.
    """

    title: str
    about: str
    content: bytes = field(repr=False)
    media_type: str
    leaders: Sequence[int]
    initials: Sequence[int] = ()
    is_sealed: bool = True
    numbering: Numbering = Numbering.BY_CLERK
    series: str = ""
    notation: str = ""
    printed_number: str = ""
    printed_on: date | None = None
    is_compared: bool = False


def draft_document(given: DocumentIn, *, by: Actor, at: datetime) -> SigningRequest:
    """Keep a document with the places that are safe in it, until it is handed in.

    Raises: NotYourTurn without a post, NotAllowed, DocumentUnfit, BadInput, SigningError.
    Costs: two processes of their own for the document, some 1.5 s; four if it is made anew.
    """
    if by.agency_id is None or not by.unit_ids:
        raise NotYourTurn("Tài khoản này không giữ vị trí nào để trình ký.")
    if not any(by.can(power, unit_id=by.unit_ids[0]) for power in _POWERS):
        by.require(Power.SIGN_DOCUMENTS, unit_id=by.unit_ids[0])
    signers = _chosen(given, by.agency_id, at)
    roles = [one.role for one in signers] + ([TurnRole.SEAL] if given.is_sealed else [])
    content = as_pdf(given.content, given.media_type, given.title, at)
    people = dict(zip(field_names(roles), (one.signer_name for one in signers), strict=False))
    content, facts = readable(content, list(people.values()))
    notation = _check_numbering(given, facts)
    names = names_of(roles, given.numbering)
    seal_mm = seal_size(by.agency_id, local_day(at))
    placing = rules.found_places(facts, names, people, seal_mm=seal_mm)
    turns = [*signers]
    if given.is_sealed:
        turns.append(TurnIn(TurnRole.SEAL, registry_unit(by.agency_id, at)))
    checked = replace(given, content=content, notation=notation)
    return request_signatures(_wanted(checked, turns, placing, by, at), by=by, at=at)


def _chosen(given: DocumentIn, agency_id: int, at: datetime) -> list[TurnIn]:
    """Return the turns of the signers, in order. Raises: BadInput."""
    known: dict[int, Signer] = {one.account_id: one for one in signers_in(agency_id, at)}
    wanted = [(TurnRole.INITIAL, one) for one in given.initials]
    wanted += [(TurnRole.LEADER, one) for one in given.leaders]
    if not given.leaders:
        raise BadInput("Hãy chọn người ký ban hành.", field="leader")
    if len({account for _, account in wanted}) < len(wanted):
        raise BadInput("Mỗi người chỉ ký một lần; hãy chọn người khác.", field="leader")
    if any(account not in known for _, account in wanted):
        message = "Người được chọn không còn quyền ký ở cơ quan này; hãy chọn lại."
        raise BadInput(message, field="leader")
    people = [(role, known[account]) for role, account in wanted]
    return [TurnIn(role, one.unit_id, one.account_id, one.name, one.title) for role, one in people]


def _check_numbering(given: DocumentIn, facts: Facts) -> str:
    """Return the notation, read in the document where nobody wrote it. Raises: BadInput."""
    number = facts["number"] or {}
    if given.numbering == Numbering.PRINTED:
        check_printed_number(
            facts, given.printed_number, given.printed_on, is_compared=given.is_compared
        )
    if given.numbering != Numbering.BY_CLERK:
        return ""
    if not given.is_sealed:
        message = "Số do văn thư cấp khi đóng dấu; hãy chọn cả đóng dấu cơ quan."
        raise BadInput(message, field="is_sealed")
    if number.get("printed"):
        message = f"Văn bản đã ghi số {number['printed']}; hãy chọn “{Numbering.PRINTED.label}”."
        raise BadInput(message, field="numbering")
    printed = number.get("notation", "") if "box" in number else ""
    notation = given.notation.strip().lstrip("/") or printed
    if not notation:
        raise BadInput("Hãy ghi ký hiệu của văn bản, ví dụ QĐ-UBND.", field="notation")
    if printed and printed != notation:
        message = f"Văn bản in ký hiệu “{printed}”; hãy ghi đúng như vậy hoặc sửa văn bản."
        raise BadInput(message, field="notation")
    return notation


def _wanted(
    given: DocumentIn, turns: Sequence[TurnIn], placing: Placing, by: Actor, at: datetime
) -> Wanted:
    kind, agency_id = DocumentKind.MODULE_PDF, by.agency_id or 0
    policy = policy_for(kind, on=local_day(at), agency_id=agency_id)
    usual = Level.B_LT if given.is_sealed else Level.B_T
    is_numbered = given.numbering == Numbering.BY_CLERK
    token = new_token()
    return Wanted(
        kind=kind,
        owner=f"own_document:{token}",
        title=given.title,
        about=given.about,
        pdf=given.content,
        agency_id=agency_id,
        unit_id=by.unit_ids[0],
        turns=turns,
        level=policy.level if policy else usual,
        token=token,
        number_series=f"document-{given.series or 'khac'}:{agency_id}" if is_numbered else "",
        notation=given.notation,
        placing=placing.plain(),
        printed_number=given.printed_number,
        printed_on=given.printed_on,
        is_draft=True,
    )


def move_field(  # noqa: PLR0913 -- a field, a page, a point of it, each by name
    code: str, name: str, *, page: int, x: float, y: float, by: Actor, at: datetime
) -> SigningRequest:
    """Let a field of a draft stand where somebody pointed, if nothing is written there.

    Raises: NoSuchRequest, NotYourTurn, SigningError, DocumentUnfit.
    """
    request = _own(code, by)
    before, content = rules.placing_of(request.placing), document_of(request)
    placing = checked_move(before, content, fields_of(request), (name, page, x, y))
    return _keep(code, placing, by=by, at=at)


@work.story
def _keep(code: str, placing: Placing, *, by: Actor, at: datetime) -> SigningRequest:
    request = _draft(lock_request(code), by)
    request.placing = placing.plain()
    tell(request, "placed", by=by, at=at, changed=("placing",))
    return request


def fields_of(request: SigningRequest) -> list[str]:
    """Return the fields that a document of others needs. Costs: one query."""
    roles = [TurnRole(one.role) for one in turns_of(request.pk)]
    numbering = Numbering.BY_CLERK if request.number_series else Numbering.NONE
    return names_of(roles, numbering)


def _own(code: str, by: Actor) -> SigningRequest:
    """Return a draft of the actor's. Raises: NoSuchRequest, NotYourTurn, SigningError."""
    request = SigningRequest.objects.filter(code=code).first()
    return _draft(request or lock_request(code), by)


def _draft(request: SigningRequest, by: Actor) -> SigningRequest:
    if request.created_by_id != by.id:
        raise NotYourTurn(f"Văn bản này do {request.created_by_name} trình.")
    if request.state != RequestState.DRAFT:
        raise SigningError("Văn bản này đã được trình ký hoặc đã rút lại.")
    return request


@work.story
def hand_in(code: str, *, by: Actor, at: datetime) -> SigningRequest:
    """Let a draft go to its first signer.

    Raises: NoSuchRequest, NotYourTurn, SigningError, DocumentUnfit while a field has no place.
    """
    request = _draft(lock_request(code), by)
    if rules.missing_from(rules.placing_of(request.placing), fields_of(request)):
        raise DocumentUnfit("Còn ô chưa có chỗ trên văn bản; hãy đặt đủ rồi trình.", field="place")
    turns = turns_of(request.pk)
    request.state, request.sort_at = RequestState.OPEN, at
    fact = make_ready(request, turns[0], at=at)
    work.update(turns[0], "state", "ready_at")
    tell(request, "requested", fact, by=by, at=at, changed=("state", "sort_at"))
    let_see(request, whose_turns(turns), "signing")
    return request


@work.story
def take_back(code: str, reason: str, *, by: Actor, at: datetime) -> SigningRequest:
    """Take back what one handed in, as long as it is not issued.

    Raises: NoSuchRequest, NotYourTurn, AlreadyComplete, SigningError, BadInput.
    """
    request = lock_request(code)
    if request.created_by_id != by.id:
        raise NotYourTurn(f"Văn bản này do {request.created_by_name} trình.")
    if request.state == RequestState.COMPLETED:
        raise AlreadyComplete("Văn bản đã ký, đóng dấu xong, không rút lại được.")
    if request.state not in (RequestState.DRAFT, RequestState.OPEN):
        raise SigningError("Yêu cầu ký văn bản này đã kết thúc.")
    if request.state == RequestState.OPEN and not reason.strip():
        raise BadInput("Hãy ghi lý do rút lại.", field="reason")
    event = RequestWithdrawn(request.pk, request.version + 1, request.code, request.owner)
    end_request(request, RequestState.WITHDRAWN, reason.strip(), at=at)
    changed = ("state", "ended_at", "ended_reason")
    tell(request, "withdrawn", event, by=by, at=at, changed=changed, detail={"reason": reason})
    return request


def picture_of(request: SigningRequest, page: int, chosen: str) -> bytes:
    """Return a page of a draft as a picture (WebP) with its fields. Raises: DocumentUnfit.

    Costs: a process of its own, some 0.5 s.
    """
    placing = rules.placing_of(request.placing)
    return picture_of_places(document_of(request), placing, page, chosen)
