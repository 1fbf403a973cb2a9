"""One request whole, and the bytes of its document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.access import api as access
from motcua.foundation.files import api as files
from motcua.foundation.identity import api as identity
from motcua.foundation.signing.errors import NoSuchRequest
from motcua.foundation.signing.models import DocumentVersion, SigningRequest, SigningScope, Turn
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
    """Return the certificates with which the actor may sign here now. Costs: two queries."""
    account = identity.get_account(actor.id)
    if account.officer_id is None:
        return []
    found = trust.certificates_of_officer(account.officer_id, at)
    return [one for one in found if one.way == Way.SERVER]
