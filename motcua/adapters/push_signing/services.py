"""The services there are: entered by administrators, with our secrets in a file of the operator."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.foundation.signing import api as signing
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ServiceInfo, ServiceKind
from motcua.lib.httpclient import MOST_BYTES, TOTAL_SECONDS, Bounds

from .client import Client, Service

_OTHERS_MAY_READ = 0o077


def client_named(name: str) -> Client:
    """Return the client of a service that administrators entered, while nothing changes the same.

    Raises: HolderRefuses if there is none of that name, or the file of secrets cannot be used.
    Costs: one query and a small file.
    """
    found = (one for one in trust.services_of(ServiceKind.PUSH) if one.code == name)
    entered = next(found, None)
    if entered is None:
        raise signing.HolderRefuses(f"Hệ thống này chưa nối với dịch vụ ký số “{name}”.")
    told = _told().get(name, {})
    ca_file, secret = str(told.get("ca_file", "")), str(told.get("client_secret", ""))
    service = Service(entered.url.rstrip("/"), entered.client_ref, secret)
    return _client(service, _bounds(entered, ca_file))


@lru_cache(maxsize=32)
def _client(service: Service, bounds: Bounds) -> Client:
    return Client(service, bounds)


def _bounds(entered: ServiceInfo, ca_file: str) -> Bounds:
    return Bounds(
        entered.hosts,
        most_bytes=MOST_BYTES,
        total_s=min(float(entered.timeout_s), TOTAL_SECONDS),
        allows_private=True,  # an administrator entered the address
        ca_file=ca_file,
    )


def _told() -> Mapping[str, Mapping[str, Any]]:
    """Return what the operator's file says of each service; nothing without a file.

    Shape: {"name": {"client_secret": str, "ca_file"?: str}}

    Raises: HolderRefuses.
    """
    path = Path(settings.PUSH_SIGNING_FILE)
    if not path.exists():
        return {}
    if path.stat().st_mode & _OTHERS_MAY_READ:
        raise signing.HolderRefuses("Tệp dịch vụ ký số để người khác đọc được; đặt quyền 0600.")
    try:
        rows = json.loads(path.read_bytes())
        return {str(name): dict(row) for name, row in rows.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise signing.HolderRefuses("Tệp dịch vụ ký số viết sai; hãy báo quản trị.") from error
