"""One request whole, and the bytes of its document."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.foundation.access import api as access
from motcua.foundation.files import api as files
from motcua.foundation.identity import api as identity
from motcua.foundation.signing.choices import RequestState, TurnRole, TurnState
from motcua.foundation.signing.errors import NoSuchRequest
from motcua.foundation.signing.models import (
    DocumentVersion,
    SigningAttempt,
    SigningRequest,
    SigningScope,
    Turn,
)
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import Certificate, Way
from motcua.lib.actor import Actor

_UNKNOWN = "Không tìm thấy văn bản ký số này."


@dataclass(frozen=True, slots=True)
class WholeRequest:
    """One request with its turns in order."""

    request: SigningRequest
    turns: Sequence[Turn]


def request_for(actor: Actor, code: str) -> WholeRequest:
    """Return a request the actor may know of. Raises: NoSuchRequest. Costs: three queries."""
    request = SigningRequest.objects.filter(code=code).first()
    if request is None:
        raise NoSuchRequest(_UNKNOWN)
    if not access.may_see(SigningScope, actor, request.pk):
        raise NoSuchRequest(_UNKNOWN, hidden=f"signing:{code}")
    return WholeRequest(request, turns_of(request.pk))


def turns_of(request_id: int) -> Sequence[Turn]:
    """Return the turns of a request, in order. Costs: one query."""
    return list(Turn.objects.filter(request_id=request_id).order_by("seq"))


def find_request(code: str) -> WholeRequest | None:
    """Return a request for whoever asked for it: the room above, which knows its own reader.

    Costs: two queries.
    """
    request = SigningRequest.objects.filter(code=code).first()
    return WholeRequest(request, turns_of(request.pk)) if request else None


def requests_of(owner: str) -> Sequence[SigningRequest]:
    """Return the requests of an owner, newest first. Costs: one query."""
    return list(SigningRequest.objects.filter(owner=owner).order_by("-id"))


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of a request that everybody has signed; `leader` is who issued it."""

    number_words: str
    sealed_at: datetime
    file_id: int
    leader: Actor
    numbered_on: date | None = None


def completed_of(owner: str) -> Completed | None:
    """Return the completed request of an owner. Costs: three queries, one if there is none."""
    request = SigningRequest.objects.filter(owner=owner, state=RequestState.COMPLETED).first()
    if request is None or request.ended_at is None:
        return None
    turns = turns_of(request.pk)
    leaders = [one for one in turns if one.role == TurnRole.LEADER] or turns
    return Completed(
        request.number_words,
        request.ended_at,
        latest_version(request).file_id,
        _actor(leaders[-1]),
        request.numbered_on,
    )


def initialled_by(request_ids: Collection[int]) -> dict[int, list[str]]:
    """Return who has given initials in each of these requests, in order. Costs: one query."""
    done = Turn.objects.filter(
        request_id__in=request_ids, role=TurnRole.INITIAL, state=TurnState.DONE
    )
    found: dict[int, list[str]] = {}
    for request_id, name in done.order_by("seq").values_list("request_id", "done_by_name"):
        found.setdefault(request_id, []).append(name)
    return found


def signer_of(turn_id: int) -> Actor:
    """Return who has taken, or refused, a turn. Costs: one query."""
    return _actor(Turn.objects.get(pk=turn_id))


def role_of(turn_id: int) -> TurnRole:
    """Return as what a turn is taken. Costs: one query."""
    return TurnRole(Turn.objects.values_list("role", flat=True).get(pk=turn_id))


def reason_of(turn_id: int) -> str:
    """Return why a turn was refused. Costs: one query."""
    return Turn.objects.values_list("reason", flat=True).get(pk=turn_id)


def _actor(turn: Turn) -> Actor:
    return Actor(id=turn.done_by_id or 0, name=turn.done_by_name, title=turn.done_by_title)


def document_of(request: SigningRequest) -> bytes:
    """Return the newest version of the document. Raises: FileLocked. Costs: one query, one file."""
    return content_of(latest_version(request))


def latest_version(request: SigningRequest) -> DocumentVersion:
    """Return the newest version with its file. Costs: one query."""
    versions = DocumentVersion.objects.select_related("file")
    return versions.get(request_id=request.pk, seq=request.latest_seq)


def content_of(version: DocumentVersion) -> bytes:
    """Return the bytes of a version. Raises: FileLocked."""
    with files.open_file(version.file) as content:
        return content.read()


def certificates_for(actor: Actor, at: datetime) -> Sequence[Certificate]:
    """Return the certificates with which the actor may sign now, those on the server first.

    Costs: two queries.
    """
    account = identity.get_account(actor.id)
    if account.officer_id is None:
        return []
    found = trust.certificates_of_officer(account.officer_id, at)
    usable = [one for one in found if one.way != Way.NONE]
    return sorted(usable, key=lambda one: one.way != Way.SERVER)


def latest_error_of(request_id: int) -> str:
    """Return why the latest try of a request came to nothing. Costs: one query."""
    tries = SigningAttempt.objects.filter(turn__request_id=request_id).order_by("-id")
    return next(iter(tries.values_list("latest_error", flat=True)), "")
