"""The services there are, as a file of the operator tells, and one client for each."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.foundation.signing import api as signing

from .client import Client, Service

_OTHERS_MAY_READ = 0o077


def client_named(name: str) -> Client:
    """Return the client of a service. Raises: HolderRefuses if there is none of that name."""
    path = Path(settings.CSC_FILE)
    try:
        changed = path.stat()
    except OSError as error:
        raise signing.HolderRefuses(_unknown(name)) from error
    if changed.st_mode & _OTHERS_MAY_READ:
        raise signing.HolderRefuses("Tệp dịch vụ ký số để người khác đọc được; đặt quyền 0600.")
    return _client(path, changed.st_mtime_ns, name, settings.SIGNING_DEMO)


@lru_cache(maxsize=32)
def _client(path: Path, _changed: int, name: str, is_demo: bool) -> Client:  # noqa: FBT001 -- cached by position
    try:
        service = read_services(path.read_bytes())[name]
    except KeyError as error:
        raise signing.HolderRefuses(_unknown(name)) from error
    return Client(service, service.bounds(allows_private=is_demo))


def read_services(content: bytes) -> Mapping[str, Service]:
    """Return the services by name. Raises: HolderRefuses if the file cannot be understood.

    Shape: {"name": {"url": str, "version": 1 or 2, "oauth_url"?: str, "client_id"?: str,
    "client_secret"?: str, "ca_file"?: str}}
    """
    try:
        return {str(name): _service(row) for name, row in json.loads(content).items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise signing.HolderRefuses("Tệp dịch vụ ký số viết sai; hãy báo quản trị.") from error


def _service(row: Mapping[str, Any]) -> Service:
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


def _unknown(name: str) -> str:
    return f"Hệ thống này chưa nối với dịch vụ ký số “{name}”."
