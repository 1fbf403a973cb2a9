"""The one shape of a page with a form: who may open it, what it asks, where it leads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power

from .doing import Act, tried
from .frame import form_page
from .guard import needs

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Way:
    """Where a form stands: the page to go back to, the way down to it, its entry at the side."""

    back: str
    crumbs: Sequence[tuple[str, str]]
    current: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of a form: its title, its button, what is said when it is done.

    `seen` is the mark of what it replaces, sent along to notice that somebody else changed that.
    """

    title: str
    button: str
    said: str
    intro: str = ""
    warning: bool = False
    files: bool = False
    seen: str = ""


def asks(*powers: Power, everywhere: bool = False) -> Callable[[View[P]], View[P]]:
    """Open a form to holders of one of the powers."""

    def decorate(view: View[P]) -> View[P]:
        guarded = needs(*powers, everywhere=everywhere)(view)
        return require_http_methods(["GET", "POST"])(guarded)

    return decorate


def asked(request: ActorRequest, form: KitForm, act: Act, sheet: Sheet, way: Way) -> HttpResponse:
    """Do what the form asks and go on; show it while it is not filled in well or was refused."""
    context = {
        "title": sheet.title,
        "intro": sheet.intro,
        "button": sheet.button,
        "warning": sheet.warning,
        "files": sheet.files,
        "seen": sheet.seen,
        "back": way.back,
        "crumbs": way.crumbs,
    }
    done = tried(request, form, act, sheet.said)
    return done or form_page(request, form, context, current=way.current)
