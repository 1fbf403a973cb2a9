"""Where a request comes from on the network."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_SUBSCRIBER_BITS = 64


def visitor_address(request: HttpRequest) -> str:
    """Return the network address of the visitor, as the outermost of our own proxies saw it."""
    proxies: int = getattr(settings, "TRUSTED_PROXIES", 0)
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < proxies <= len(passed_on):
        return passed_on[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """Return what limits are counted by: the address, or of IPv6 the network one subscriber has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 -- the version's own name
        return str(found)
    return str(ip_network((found, _SUBSCRIBER_BITS), strict=False))
