"""The environment in which every page is rendered."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    """Return Jinja2's environment with what every page may use."""
    env = Environment(**options)  # noqa: S701 -- Django's backend passes autoescape=True
    env.globals.update(static=static, url=reverse)
    return env
