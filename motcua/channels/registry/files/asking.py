"""A page that asks what one act on a work file needs, does it, and goes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.asking import tried
from motcua.channels.registry.frame import page


@dataclass(frozen=True, slots=True)
class Question:
    """What the page says: title, button, what was done, where it came from and goes back to."""

    title: str
    button: str
    done: str
    back: str
    back_word: str
    note: str = ""
    current: str = "work_files"


def sent(request: ActorRequest) -> Any:
    """Return what was posted, or nothing: a form is filled in only by what was sent."""
    return request.POST if request.method == "POST" else None


def sent_with_files(request: ActorRequest) -> tuple[Any, Any]:
    """Return what was posted and the files that came with it, or nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def ask(
    request: ActorRequest,
    form: KitForm,
    run: Callable[[], object],
    asked: Question,
    context: Mapping[str, object] | None = None,
) -> HttpResponseBase:
    """Show the form, or do what it asks for; a refusal goes into the form with all that was typed.

    Raises: NotAllowed, NotFound.
    """
    if request.method == "POST" and form.is_valid() and tried(form, run):
        if asked.done:
            messages.success(request, asked.done)
        return redirect(asked.back)
    shown = {
        "form": form,
        "asked": asked,
        "fields": [bound.name for bound in form],
        **(context or {}),
    }
    status = 422 if form.errors else 200
    return page(request, "files/act", shown, current=asked.current, status=status)
