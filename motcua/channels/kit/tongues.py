"""In which language a page answers: the reader's choice on public pages, Vietnamese in offices.

The choice is a cookie, else what the account prefers, else Vietnamese. What the browser says it
would like is only a hint: it makes the page point out that there is English.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate, gettext

from motcua.casework.procedures import api as procedures
from motcua.lib import tongue
from motcua.lib.actor import ActorKind
from motcua.lib.tongue import ENGLISH, VIETNAMESE, find, is_english

from .access import public
from .addresses import address
from .vietnamese import marked

Respond = Callable[[HttpRequest], HttpResponseBase]
COOKIE = "motcua_tieng"
A_YEAR_S = 365 * 24 * 3600
LANGUAGES = (VIETNAMESE, ENGLISH)
_NAMES = dict(settings.LANGUAGES)
# What is for everybody; every other view is an office's or a machine's.
_OPEN = ("motcua.channels.portal.", "motcua.channels.kit.")
_OF_ACCOUNTS = ("motcua.channels.accounts.", "allauth.")


def speak(code: str) -> None:
    """Answer in this language from here on."""
    tongue.speak(code)
    activate(code)


class Tongues:
    """Find out in which language to answer. Stands after the sign-in, which it asks."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        speak(chosen_in(request) or VIETNAMESE)
        request.has_english = True  # type: ignore[attr-defined]  # -- read by `other_language` below
        try:
            response = self.get_response(request)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                finish(response)
        finally:
            speak(VIETNAMESE)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _args: tuple[object, ...],
        _kwargs: dict[str, object],
    ) -> None:
        """Speak Vietnamese where there is nothing else; else what the account prefers."""
        has_english = is_for_everybody(request, view)
        request.has_english = has_english  # type: ignore[attr-defined]  # -- as above
        if not has_english:
            speak(VIETNAMESE)
        elif not chosen_in(request) and getattr(request, "speaks", "") == ENGLISH:
            speak(ENGLISH)


def chosen_in(request: HttpRequest) -> str:
    """Return the language chosen in this browser, nothing where none of ours was."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else ""


def is_for_everybody(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Say whether the page exists in English: the portal, and the accounts of citizens."""
    home = str(getattr(getattr(view, "view_class", view), "__module__", ""))
    if home.startswith(_OPEN):
        return True
    actor = getattr(request, "actor", None)
    works_here = actor is not None and actor.id != 0 and actor.kind != ActorKind.CITIZEN
    return home.startswith(_OF_ACCOUNTS) and not works_here


@public
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in the browser, and go back to the page."""
    chosen, back = request.GET.get("tieng", ""), request.GET.get("ve", "/")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
    answer = redirect(back if is_ours else "/")
    if chosen in LANGUAGES:
        keep_choice(answer, chosen)
    return answer


def keep_choice(answer: HttpResponse, code: str) -> None:
    """Keep a language as the choice of this browser."""
    answer.set_cookie(
        COOKIE,
        code,
        max_age=A_YEAR_S,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def other_language(request: HttpRequest) -> tuple[str, str, str] | None:
    """Return the other language, its own name, and where to choose it; None without a choice."""
    if not getattr(request, "has_english", False):
        return None
    other = VIETNAMESE if is_english() else ENGLISH
    page = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return other, _NAMES[other], f"{address('kit:choose_language')}?tieng={other}&ve={quote(page)}"


def asks_for_english(request: HttpRequest) -> bool:
    """Say whether the browser would rather have English: only a hint, many are set up so here."""
    return request.headers.get("Accept-Language", "").lower().startswith(ENGLISH)


def translate(message: object, /, **values: object) -> str:
    """Return the message in the reader's language, with named values filled in if any are given."""
    if is_english():
        return in_english(message, values)
    text = str(message)
    return text % values if values else text


def in_english(message: object, values: dict[str, object]) -> str:
    if isinstance(message, tongue.Spoken):
        return message.in_english(find)
    return tongue.filled(find, str(message), values)


def said_by(error: BaseException) -> str:
    """Return what an anticipated error says, in the reader's language."""
    return translate(tongue.words_of(error))


def finish(response: HttpResponseBase) -> None:
    """Say in which language a page is; mark the Vietnamese words of an English one."""
    response.headers.setdefault("Content-Language", tongue.language())
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    if isinstance(response, HttpResponse) and is_english():
        note = gettext("Tên chính thức chưa có bản dịch được giữ nguyên bằng tiếng Việt.")
        is_well = response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        english = procedures.english_of if is_well else lambda _texts: {}
        page = marked(response.content.decode(), f"<p>{note}</p>", english)
        response.content = page.encode()
