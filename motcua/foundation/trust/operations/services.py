"""Enter the partners that are asked, and note how it went."""

from datetime import datetime

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.trust.errors import NoSuchService
from motcua.foundation.trust.models import TrustService
from motcua.foundation.trust.rules.services import ServiceIn, check_service
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
_LONGEST_ERROR = 300


@work.story
def set_service(given: ServiceIn, *, by: Actor, at: datetime) -> TrustService:
    """Enter a partner, or change the one with this code; its kind stays.

    Raises: NotAllowed, BadInput.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    check_service(given)
    known = TrustService.objects.filter(code=given.code).first()
    if known is not None and known.kind != given.kind:
        raise BadInput(f"Mã “{given.code}” đã dùng cho loại dịch vụ khác.", field="code")
    service, _ = TrustService.objects.update_or_create(
        code=given.code,
        defaults={
            "name": given.name,
            "kind": given.kind,
            "url": given.url,
            "more_hosts": " ".join(given.more_hosts.split()),
            "api_version": given.api_version,
            "client_ref": given.client_ref,
            "timeout_s": given.timeout_s,
            "is_public": given.is_public,
            "changed_by_name": by.name,
            "changed_at": at,
        },
    )
    detail = {"url": given.url, "hosts": service.more_hosts, "kind": str(given.kind)}
    detail |= {"public": "yes"} if given.is_public else {}
    audit.record("trust.service_set", f"service:{given.code}", by=by, at=at, detail=detail)
    return service


@work.story
def stop_service(code: str, *, by: Actor, at: datetime, again: bool = False) -> None:
    """Ask a partner no more, or `again`. Raises: NotAllowed, NoSuchService."""
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    if not TrustService.objects.filter(code=code).update(stopped_at=None if again else at):
        raise NoSuchService("Không có dịch vụ này.")
    action = "trust.service_resumed" if again else "trust.service_stopped"
    audit.record(action, f"service:{code}", by=by, at=at)


def note_service(code: str, *, at: datetime, error: str = "") -> None:
    """Note that a partner answered as it should, or what was wrong; without a code nothing.

    Costs: one statement.
    """
    if not code:
        return
    noted = (
        {"latest_error": error[:_LONGEST_ERROR], "latest_error_at": at}
        if error
        else {"latest_ok_at": at}
    )
    TrustService.objects.filter(code=code).update(**noted)
