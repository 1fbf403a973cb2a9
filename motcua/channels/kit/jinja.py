"""The environment in which every page is rendered."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

from motcua.lib.tongue import is_english, language

from . import words
from .access import account_mark, is_signed_in, sign_in_url
from .addresses import address
from .escaping import Generator, text_of
from .fields import KitForm, field_values
from .places import places_of
from .redrawing import redraws
from .signatures import verdict_shown
from .site import Site
from .tags import FAST
from .tongues import asks_for_english, other_language, translate
from .vietnamese import NOTE

COMPONENTS = ("actions", "notices", "inputs", "fields", "data", "lists")


class Components:
    """All macros of the kit under one name: `ui.button(…)`, `ui.field(…)`, with no import."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        vars(self).update(FAST, redraws=redraws)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        macro = self._find(name)
        if not self._env.auto_reload:
            setattr(self, name, macro)
        return macro

    def _find(self, name: str) -> Macro:
        for component in COMPONENTS:
            macro = getattr(self._env.get_template(f"kit/{component}.html").module, name, None)
            if isinstance(macro, Macro):
                return macro
        message = f"The kit has no component {name!r}; see motcua/channels/kit/README.md."
        raise AttributeError(message)


def new_request_key() -> str:
    """Return a key by which a form that is sent twice is known."""
    return str(uuid4())


def url(
    name: str, *args: object, query: Mapping[str, object] | None = None, **kwargs: object
) -> str:
    """Return the address of a view: `url("portal:dossier", code)`; `query` adds a query string."""
    if kwargs or query is not None:
        return reverse(name, args=args, kwargs=kwargs, query=query)
    return address(name, *args)


def url_with(request: HttpRequest, **changes: object) -> str:
    """Return this page's address with some parameters changed; None takes one away."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


class _Environment(Environment):
    """Compiles what escapes our way."""

    code_generator_class = Generator
    text_of = staticmethod(text_of)


def environment(**options: Any) -> Environment:
    """Return Jinja2's environment with what every page may use."""
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": [*options.get("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"],
        "bytecode_cache": bytecode_cache(),
        "cache_size": -1,
    }
    env = _Environment(**options)
    env.filters.update(words.FILTERS, verdict_shown=verdict_shown)
    env.globals.update(
        _=translate,
        gettext=translate,
        static=cache(static),
        url=url,
        url_with=url_with,
        language=language,
        is_english=is_english,
        asks_for_english=asks_for_english,
        other_language=other_language,
        official_names=Markup(NOTE),  # noqa: S704 -- our own constant
        messages_of=get_messages,
        is_signed_in=is_signed_in,
        new_request_key=new_request_key,
        field_values=field_values,
        sign_in_url=sign_in_url,
        account_mark=account_mark,
        places_of=places_of,
        problems_of=KitForm.problems,
        site=Site.from_settings(),
        ui=Components(env),
    )
    return env


def bytecode_cache() -> FileSystemBytecodeCache | None:
    """Keep compiled templates beside the other things this machine makes, if it has a place."""
    where = getattr(settings, "TEMPLATE_CACHE", None)
    if where is None:
        return None
    place = Path(where)
    place.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(place), "%s.v2")  # raised with our way of compiling
