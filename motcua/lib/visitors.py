"""Where a request comes from on the network."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_SUBSCRIBER_BITS = 64


def visitor_address(request: HttpRequest) -> str:
    """Return the network address of the visitor, as the outermost of our own proxies saw it."""
    proxies: int = getattr(settings, "TRUSTED_PROXIES", 0)
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < proxies <= len(passed_on):
        return _plain(passed_on[-proxies].strip())
    return _plain(str(request.META.get("REMOTE_ADDR", "")))


def _plain(address: str) -> str:
    """Return an address of IPv4 as such where a socket for both shows it inside one of IPv6.

    Otherwise all of them would be one network, and in none that is named.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(inner) if inner else address


def network_of(address: str) -> str:
    """Return what limits are counted by: the address, or of IPv6 the network one subscriber has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 -- the version's own name
        return str(found)
    return str(ip_network((found, _SUBSCRIBER_BITS), strict=False))
