"""Every address there is, for tests that try them all."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver


def routes() -> Iterator[str]:
    """Yield the route of every view, from the root."""
    return _below(get_resolver(), "/")


def _below(resolver: Any, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from _below(entry, route)
