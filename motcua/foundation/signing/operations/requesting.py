"""Ask for the signatures of a document, and take the request back."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing.choices import (
    Capacity,
    DocumentKind,
    Level,
    MadeBy,
    RequestState,
    TurnRole,
    TurnState,
)
from motcua.foundation.signing.errors import SigningError
from motcua.foundation.signing.events import RequestWithdrawn, TurnReady
from motcua.foundation.signing.models import UNDERWAY, DocumentVersion, SigningRequest, Turn
from motcua.foundation.signing.ports import SignerBlock
from motcua.foundation.signing.rules.order import field_names
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .telling import let_see, lock_open, tell

PDF, XML = "application/pdf", "application/xml"


@dataclass(frozen=True, slots=True)
class TurnIn:
    """One signature wanted: as what, where, by whom, under which printed name."""

    role: TurnRole
    unit_id: int
    account_id: int | None = None
    signer_name: str = ""
    signer_title: str = ""
    capacity: Capacity = Capacity.OWN
    on_behalf_of: str = ""
    note: str = ""


def leader_turn(unit_id: int, account_id: int, block: SignerBlock, note: str = "") -> "TurnIn":
    """Return the turn of who issues, as the block says that is printed."""
    return TurnIn(
        TurnRole.LEADER,
        unit_id,
        account_id,
        block.name,
        block.title,
        block.capacity,
        block.on_behalf_of,
        note,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document that needs signatures: what it is, whose, by whom, numbered in which series.

    `pdf` has the place-marks of our press; `token` is what its QR mark says (`new_token`). `title`
    is shown to anybody who holds the paper, so it names nobody; `about` is for officers. A document
    of others has no marks: `placing` says where its fields stand. A draft waits to be handed in.
    """

    kind: DocumentKind
    owner: str
    title: str
    about: str
    pdf: bytes = field(repr=False)
    agency_id: int
    unit_id: int
    turns: Sequence[TurnIn]
    level: Level
    token: str
    number_series: str = ""
    notation: str = ""
    valid_until: date | None = None
    secrecy: int = 0
    is_apart: bool = True
    placing: Mapping[str, object] = field(default_factory=dict)
    printed_number: str = ""
    printed_on: date | None = None
    is_draft: bool = False


def new_token() -> str:
    """Return a mark for one paper, which nobody can guess."""
    return secrets.token_urlsafe(16)


@work.story
def request_signatures(wanted: Wanted, *, by: Actor, at: datetime) -> SigningRequest:
    """Ask for the signatures of a document; the first turn is ready at once.

    Raises: SigningError without a turn.
    """
    if not wanted.turns:
        raise SigningError("Văn bản phải có ít nhất một lượt ký.")
    request = _request(wanted, by=by, at=at)
    stored = files.keep_bytes(wanted.pdf, media_of(request), by=by, at=at)
    version = DocumentVersion(
        request_id=request.pk, seq=0, file=stored, made_by=MadeBy.DRAFTED, at=at
    )
    turns = _turns(request, wanted)
    facts = [] if wanted.is_draft else [make_ready(request, turns[0], at=at)]
    act = "drafted" if wanted.is_draft else "requested"
    tell(request, act, *facts, by=by, at=at, is_new=True)
    work.add(version, *turns)
    let_see(request, [wanted.unit_id, -by.id], "signing")
    if not wanted.is_draft:
        let_see(request, whose_turns(turns), "signing")
    work.flush()
    return request


def media_of(request: SigningRequest) -> str:
    """Return of which type the document of a request is."""
    return XML if request.document_kind == DocumentKind.XML else PDF


def whose_turns(turns: Sequence[Turn]) -> list[int]:
    """Return the units of turns, and the accounts of those who have one in person."""
    accounts = [-turn.account_id for turn in turns if turn.account_id]
    return [*(turn.unit_id for turn in turns), *accounts]


def make_ready(request: SigningRequest, turn: Turn, *, at: datetime) -> TurnReady:
    """Let a turn be the one that is on, and return the fact. Does not save it."""
    turn.state, turn.ready_at = TurnState.READY, at
    return TurnReady(
        request.pk,
        request.version + 1,
        request.code,
        request.owner,
        turn.role,
        turn.unit_id,
        turn.account_id,
    )


def _request(wanted: Wanted, *, by: Actor, at: datetime) -> SigningRequest:
    return SigningRequest(
        id=work.new_id(SigningRequest),
        code=secrets.token_hex(8),
        document_kind=wanted.kind,
        owner=wanted.owner,
        title=wanted.title,
        about=wanted.about,
        agency_id=wanted.agency_id,
        unit_id=wanted.unit_id,
        state=RequestState.DRAFT if wanted.is_draft else RequestState.OPEN,
        level=wanted.level,
        number_series=wanted.number_series,
        notation=wanted.notation,
        printed_number=wanted.printed_number,
        printed_on=wanted.printed_on,
        placing=dict(wanted.placing),
        valid_until=wanted.valid_until,
        paper_token=wanted.token,
        sort_at=at,
        secrecy=wanted.secrecy,
        is_apart=wanted.is_apart,
        created_by_id=by.id,
        created_by_name=by.name,
    )


def _turns(request: SigningRequest, wanted: Wanted) -> list[Turn]:
    names = field_names([one.role for one in wanted.turns])
    return [
        Turn(
            request_id=request.pk,
            seq=seq,
            role=one.role,
            field_name=name,
            unit_id=one.unit_id,
            account_id=one.account_id,
            signer_name=one.signer_name,
            signer_title=one.signer_title,
            capacity=one.capacity,
            on_behalf_of=one.on_behalf_of,
            note=one.note,
            state=TurnState.WAITING,
        )
        for seq, (one, name) in enumerate(zip(wanted.turns, names, strict=True))
    ]


@work.story
def withdraw_request(code: str, reason: str, *, by: Actor, at: datetime) -> SigningRequest:
    """End a request that nobody has completed; called by the room that asked.

    Raises: NoSuchRequest, AlreadyComplete, SigningError.
    """
    request = lock_open(code)
    end_request(request, RequestState.WITHDRAWN, reason, at=at)
    event = RequestWithdrawn(request.pk, request.version + 1, request.code, request.owner)
    changed = ("state", "ended_at", "ended_reason")
    tell(request, "withdrawn", event, by=by, at=at, changed=changed, detail={"reason": reason})
    return request


def end_request(request: SigningRequest, state: RequestState, reason: str, *, at: datetime) -> None:
    """Set the end of a locked request, of its turns and of what was underway. Does not tell."""
    request.state, request.ended_at, request.ended_reason = state, at, reason
    work.put(_DROP_TURNS, [request.pk])
    work.put(_DROP_ATTEMPTS, [at, reason[:500], request.pk, [str(one) for one in UNDERWAY]])


_DROP_TURNS = (
    "UPDATE signing_turn SET state = 'dropped' WHERE request_id = %s"
    " AND state IN ('waiting', 'ready', 'underway')"
)
_DROP_ATTEMPTS = (
    "UPDATE signing_signingattempt a SET state = 'failed', ended_at = %s, latest_error = %s,"
    " sealed_grant = '' FROM signing_turn t"
    " WHERE a.turn_id = t.id AND t.request_id = %s AND a.state = ANY(%s)"
)


def has_seal(agency_id: int, at: datetime) -> bool:
    """Say whether the agency has a seal that may be used now. Costs: one query."""
    return trust.seal_of_agency(agency_id, at) is not None


def registry_unit(agency_id: int, at: datetime) -> int:
    """Return the unit of the agency in which a clerk keeps the seal.

    Raises: SigningError if the agency has no clerk.
    Costs: one query.
    """
    units = [unit.id for unit in organisation.tree().units_of(agency_id)]
    held = access.holders_of(Power.SEAL_DOCUMENTS, on=local_day(at), unit_ids=units, limit=1)
    if not held:
        name = organisation.tree().agency(agency_id).name
        raise SigningError(f"{name} chưa có văn thư giữ dấu; hãy phân công rồi ký số.")
    return held[0].post.unit_id
