"""From an address of a database to Django's words."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def parse(url: str) -> dict[str, str]:
    """Return Django's connection values for `postgresql://user:password@host:port/name`.

    A socket folder may stand as the host in per cent code: `postgresql://app@%2Frun%2Fpg/app`.

    Raises: ImproperlyConfigured for any other kind of address.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or len(parts.path) < len("/x"):
        raise ImproperlyConfigured("DATABASE_URL must be postgresql://user:password@host:port/name")
    host = parts.netloc.rpartition("@")[2].removesuffix(f":{parts.port}")
    return {
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
    }
