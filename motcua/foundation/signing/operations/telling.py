"""What every act on a request ends with: the version raised, the trace, the fact."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from motcua.foundation.access import api as access
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.foundation.outbox.api import Event
from motcua.foundation.signing.choices import RequestState
from motcua.foundation.signing.errors import AlreadyComplete, NoSuchRequest, SigningError
from motcua.foundation.signing.models import SigningRequest
from motcua.lib import work
from motcua.lib.actor import Actor

_SCOPE = """
INSERT INTO signing_signingscope (unit_id, role, secrecy, sort_at, request_id)
SELECT x.unit_id, %s, %s, %s, %s FROM unnest(%s::bigint[]) AS x(unit_id)
ON CONFLICT (request_id, unit_id) DO NOTHING
"""


def lock_request(code: str) -> SigningRequest:
    """Return the request, locked until the story ends. Raises: NoSuchRequest."""
    try:
        return work.lock(SigningRequest, code=code)
    except SigningRequest.DoesNotExist as error:
        raise NoSuchRequest("Không tìm thấy văn bản ký số này.") from error


def lock_open(code: str) -> SigningRequest:
    """Return the request, locked and still open.

    Raises: NoSuchRequest, AlreadyComplete, SigningError when it has ended otherwise.
    """
    request = lock_request(code)
    if request.state == RequestState.COMPLETED:
        raise AlreadyComplete("Văn bản đã ký, đóng dấu xong.")
    if request.state == RequestState.DRAFT:
        raise SigningError("Văn bản này chưa được trình ký.")
    if request.state != RequestState.OPEN:
        raise SigningError("Yêu cầu ký văn bản này đã kết thúc.")
    return request


def tell(  # noqa: PLR0913 -- the one place where an act is told, every word of it by name
    request: SigningRequest,
    act: str,
    *events: Event,
    by: Actor,
    at: datetime,
    changed: Iterable[str] = (),
    detail: Mapping[str, object] | None = None,
    is_new: bool = False,
) -> None:
    """Trace the act, announce its facts, save the request. Facts carry `next_seq` and on."""
    request.version += max(len(events), 1)
    if is_new:
        work.add(request)
    else:
        work.update(request, *dict.fromkeys(("version", *changed)))
    audit.record(f"signing.{act}", f"signing:{request.code}", by=by, at=at, detail=detail)
    for event in events:
        outbox.announce(event, by=by, at=at)


def let_see(request: SigningRequest, unit_ids: Iterable[int], role: str) -> None:
    """Write the scope rows of units (negative: accounts) and all above them in their agency.

    What is kept closely is known to the units alone.

    Source: docs/law/access.md
    """
    tree = organisation.tree()
    reached: dict[int, None] = {}
    for unit_id in unit_ids:
        is_for_all_above = unit_id > 0 and request.secrecy == access.Secrecy.OPEN
        reached.update(dict.fromkeys(tree.ancestors(unit_id) if is_for_all_above else (unit_id,)))
    params = [role, request.secrecy, request.sort_at, request.pk, [*reached]]
    work.put(_SCOPE, params)
