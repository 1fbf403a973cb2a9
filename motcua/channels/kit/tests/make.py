"""Rendering pieces of templates in tests."""

from typing import Any

from django.template import engines
from jinja2 import Environment


def environment() -> Environment:
    backend: Any = engines["jinja2"]
    env: Environment = backend.env
    return env


def rendered(source: str, **context: object) -> str:
    """Return the template text rendered, with runs of blanks made one."""
    return " ".join(environment().from_string(source).render(**context).split())
