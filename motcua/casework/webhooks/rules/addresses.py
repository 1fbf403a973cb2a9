"""Where messages may be sent: out of one's own network, over a line nobody reads."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from motcua.lib.errors import BadInput
from motcua.lib.httpclient import Bounds, is_outside

LONGEST = 500
MOST_ANSWER = 65_536
CONNECT_S, TOTAL_S = 4.0, 8.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_FIELD = "url"


def check_address(url: str, *, allows_local: bool) -> None:
    """Raises: BadInput if nothing may be sent there.

    What a name leads to is looked at each time something is sent; here only what is written.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadInput("Địa chỉ không đọc được.", field=_FIELD) from error
    if not host or len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        message = "Hãy ghi địa chỉ đầy đủ, ví dụ https://he-thong.vn/nhan-tin."
        raise BadInput(message, field=_FIELD)
    if parts.username or parts.password or parts.fragment:
        raise BadInput("Địa chỉ không được có tên, mật khẩu hoặc dấu #.", field=_FIELD)
    if host in _LOOPBACK and allows_local and parts.scheme in {"http", "https"}:
        return
    if parts.scheme != "https":
        raise BadInput("Chỉ gửi tới địa chỉ https.", field=_FIELD)
    if _is_inside(host):
        message = "Không gửi tới địa chỉ trong mạng nội bộ; hãy dùng địa chỉ công khai."
        raise BadInput(message, field=_FIELD)


def _is_inside(host: str) -> bool:
    name = host.rstrip(".")
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return "." not in name or name.endswith((".local", ".internal", ".localhost"))
    return not is_outside(name)


def shown(url: str) -> str:
    """Return an address for the trail, without what may be a secret of the receiver's."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}" + ("?…" if parts.query else "")


def bounds_for(url: str, *, allows_local: bool) -> Bounds:
    """Return how far one message may go: to this host alone, and not inside our network."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    hosts = {host, f"{host}:{parts.port}"} if parts.port else {host}
    return Bounds(
        hosts=frozenset(hosts),
        most_bytes=MOST_ANSWER,
        connect_s=CONNECT_S,
        total_s=TOTAL_S,
        allows_private=allows_local and host in _LOOPBACK,
    )
