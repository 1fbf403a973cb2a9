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
from motcua.lib.httpclient import TOTAL_SECONDS, Bounds

from .client import Client, Service, host_of

_OTHERS_MAY_READ = 0o077
Row = Mapping[str, Any]


def client_named(name: str) -> Client:
    """Return the client of a service, the same as long as nothing about it changes.

    What an administrator entered counts before what the file says; secrets stand in the file only.

    Raises: HolderRefuses if there is none of that name, or the file cannot be used.
    Costs: one query and a small file.
    """
    entered, told = _entered(name), _told().get(name)
    if entered is None and told is None:
        raise signing.HolderRefuses(f"Hệ thống này chưa nối với dịch vụ ký số “{name}”.")
    try:
        service = _service({**(told or {}), **(_row_of(entered) if entered else {})})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise signing.HolderRefuses("Dịch vụ ký số khai báo sai; hãy báo quản trị.") from error
    return _client(service, _bounds(service, entered))


@lru_cache(maxsize=32)
def _client(service: Service, bounds: Bounds) -> Client:
    return Client(service, bounds)


def _entered(name: str) -> ServiceInfo | None:
    found = (one for one in trust.services_of(ServiceKind.CSC) if one.code == name)
    return next(found, None)


def _row_of(entered: ServiceInfo) -> Row:
    version = 2 if entered.api_version.lower().removeprefix("v").startswith("2") else 1
    return {"url": entered.url, "version": version, "client_id": entered.client_ref}


def _bounds(service: Service, entered: ServiceInfo | None) -> Bounds:
    """Return what may be asked: the service's own hosts, and those entered with it."""
    hosts = frozenset({host_of(service.url), host_of(service.oauth_url)})
    if entered is None:
        is_demo = bool(settings.SIGNING_DEMO)
        return Bounds(hosts, allows_private=is_demo, ca_file=service.ca_file)
    return Bounds(
        hosts | entered.hosts,
        total_s=min(float(entered.timeout_s), TOTAL_SECONDS),
        allows_private=True,
        ca_file=service.ca_file,
    )


def _told() -> Mapping[str, Row]:
    """Return what the operator's file says of each service; nothing without a file.

    Shape: {"name": {"url"?: str, "version"?: 1 or 2, "oauth_url"?: str, "client_id"?: str,
    "client_secret"?: str, "ca_file"?: str}}

    Raises: HolderRefuses.
    """
    path = Path(settings.CSC_FILE)
    if not path.exists():
        return {}
    if path.stat().st_mode & _OTHERS_MAY_READ:
        raise signing.HolderRefuses("Tệp dịch vụ ký số để người khác đọc được; đặt quyền 0600.")
    try:
        rows = json.loads(path.read_bytes())
        return {str(name): dict(row) for name, row in rows.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise signing.HolderRefuses("Tệp dịch vụ ký số viết sai; hãy báo quản trị.") from error


def _service(row: Row) -> Service:
    url = str(row["url"]).rstrip("/")
    if row["version"] not in (1, 2):
        raise ValueError(row["version"])
    return Service(
        url=url,
        version=int(row["version"]),
        oauth_url=str(row.get("oauth_url", f"{url}/oauth2")).rstrip("/"),
        client_id=str(row.get("client_id", "")),
        client_secret=str(row.get("client_secret", "")),
        ca_file=str(row.get("ca_file", "")),
    )
