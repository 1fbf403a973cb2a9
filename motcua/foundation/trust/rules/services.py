"""How a partner is asked: its address, which machines may answer for it, how long we wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from motcua.foundation.trust.choices import ServiceKind
from motcua.lib.errors import BadInput
from motcua.lib.httpclient import Bounds

_PORTS = {"http": 80, "https": 443}
_LONGEST_WAIT = 60
_SIGNS = (ServiceKind.CSC, ServiceKind.PUSH)


@dataclass(frozen=True, slots=True)
class ServiceInfo:
    """One partner as whoever asks it needs to know it."""

    code: str
    name: str
    kind: ServiceKind
    url: str
    hosts: frozenset[str]
    api_version: str = ""
    client_ref: str = ""
    timeout_s: int = 10
    is_public: bool = False

    def bounds(self, most_bytes: int) -> Bounds:
        """Return within what this partner may be asked; an administrator entered its address."""
        return Bounds(
            self.hosts, most_bytes=most_bytes, total_s=float(self.timeout_s), allows_private=True
        )


@dataclass(frozen=True, slots=True)
class ServiceIn:
    """What an administrator enters of a partner."""

    code: str
    name: str
    kind: ServiceKind
    url: str
    more_hosts: str = ""
    api_version: str = ""
    client_ref: str = ""
    timeout_s: int = 10
    is_public: bool = False


def host_of(url: str) -> str:
    """Return the machine of an address, with its port where that is not the usual one.

    Raises: ValueError if the address cannot be asked.
    """
    parts = urlsplit(url)
    host, port = parts.hostname, parts.port
    if parts.scheme not in _PORTS or not host or parts.username is not None:
        raise ValueError("no address that could be asked")
    return host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"


def hosts_of(urls: Iterable[str]) -> frozenset[str]:
    """Return the machines of those addresses that can be asked."""
    found = set()
    for url in urls:
        try:
            found.add(host_of(url))
        except ValueError:
            continue
    return frozenset(found)


def check_service(given: ServiceIn) -> None:
    """Raises: BadInput if the partner could not be asked like this."""
    if not given.code or not given.code.replace("-", "").replace("_", "").isalnum():
        raise BadInput("Mã chỉ gồm chữ cái không dấu, số, gạch nối.", field="code")
    if not given.code.isascii():
        raise BadInput("Mã chỉ gồm chữ cái không dấu, số, gạch nối.", field="code")
    if not given.name.strip():
        raise BadInput("Hãy ghi tên dịch vụ.", field="name")
    try:
        host_of(given.url)
    except ValueError as error:
        message = "Địa chỉ phải bắt đầu bằng http:// hoặc https:// và không kèm mật khẩu."
        raise BadInput(message, field="url") from error
    if not given.url.isascii() or " " in given.url:
        raise BadInput("Địa chỉ không được có dấu hay khoảng trắng.", field="url")
    if given.is_public and given.kind not in _SIGNS:
        message = "Chỉ dịch vụ ký số từ xa mới mở cho công dân, doanh nghiệp ký trên cổng."
        raise BadInput(message, field="is_public")
    if not 1 <= given.timeout_s <= _LONGEST_WAIT:
        raise BadInput(f"Chờ từ 1 đến {_LONGEST_WAIT} giây.", field="timeout_s")
