"""How settings read the environment: three helpers that refuse odd values with an explanation."""

import os
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Return the variable `name`, or `default`.

    Raises: ImproperlyConfigured if it is absent or empty and there is no default.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} must be set; see docs/reference/settings.md.")
    return default


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return the variable `name` as a whole number of at least `least`.

    Raises: ImproperlyConfigured if it is something else.
    """
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a number of at least {least}, not {value!r}.")
    return int(value)


def choice(name: str, options: Sequence[str], default: str) -> str:
    """Return the variable `name` if it is one of `options`.

    Raises: ImproperlyConfigured if it is something else.
    """
    value = text(name, default)
    if value not in options:
        known = ", ".join(options)
        raise ImproperlyConfigured(f"{name} must be one of {known}, not {value!r}.")
    return value
