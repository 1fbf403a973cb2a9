"""Which partners are asked."""

from collections.abc import Sequence

from django.conf import settings

from motcua.foundation.trust.choices import ServiceKind
from motcua.foundation.trust.errors import NoSuchService
from motcua.foundation.trust.models import TrustService
from motcua.foundation.trust.rules.services import ServiceInfo, hosts_of


def services_of(*kinds: ServiceKind) -> Sequence[ServiceInfo]:
    """Return the partners in use that do this, by code. Costs: one query."""
    rows = TrustService.objects.filter(kind__in=kinds, stopped_at__isnull=True)
    return [service_info(row) for row in rows.order_by("code")]


def time_stamp_services() -> Sequence[ServiceInfo]:
    """Return whom to ask for time stamps, the first first; the address of the settings is the last.

    Costs: one query.
    """
    entered = services_of(ServiceKind.TSA)
    address = str(settings.TSA_ADDRESS)
    if not address or any(one.url == address for one in entered):
        return entered
    named = ServiceInfo("", "Cấu hình máy chủ", ServiceKind.TSA, address, hosts_of([address]))
    return [*entered, named]


def entered_hosts() -> frozenset[str]:
    """Return the machines that administrators let be asked. Costs: one query."""
    rows = TrustService.objects.filter(stopped_at__isnull=True)
    return frozenset(host for row in rows for host in service_info(row).hosts)


def service_by_code(code: str) -> ServiceInfo:
    """Return one partner in use. Raises: NoSuchService. Costs: one query."""
    row = TrustService.objects.filter(code=code, stopped_at__isnull=True).first()
    if row is None:
        raise NoSuchService("Không có dịch vụ này, hoặc đã thôi dùng.")
    return service_info(row)


def services_on_record() -> Sequence[TrustService]:
    """Return every partner there ever was, by kind and code. Costs: one query."""
    return list(TrustService.objects.order_by("kind", "code"))


def get_service(code: str) -> TrustService:
    """Return one row, whether in use or not. Raises: NoSuchService."""
    row = TrustService.objects.filter(code=code).first()
    if row is None:
        raise NoSuchService("Không có dịch vụ này.")
    return row


def service_info(row: TrustService) -> ServiceInfo:
    """Return what whoever asks needs to know."""
    return ServiceInfo(
        code=row.code,
        name=row.name,
        kind=ServiceKind(row.kind),
        url=row.url,
        hosts=hosts_of([row.url]) | frozenset(row.more_hosts.split()),
        api_version=row.api_version,
        client_ref=row.client_ref,
        timeout_s=row.timeout_s,
        is_public=row.is_public,
    )
