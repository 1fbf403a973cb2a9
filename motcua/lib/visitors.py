"""Where a request comes from on the network."""

from django.conf import settings
from django.http import HttpRequest


def visitor_address(request: HttpRequest) -> str:
    """Return the network address of the visitor, as the outermost of our own proxies saw it."""
    proxies: int = getattr(settings, "TRUSTED_PROXIES", 0)
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < proxies <= len(passed_on):
        return passed_on[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
