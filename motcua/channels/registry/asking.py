"""A page that asks what one act needs, does it by one operation, and goes back to the document."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.errors import Anticipated, BadInput, NotAllowed, NotFound

from .frame import page
from .reading.showing import state_badge


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page says: its title, its button, what to know before."""

    title: str
    button: str
    done: str
    note: str = ""
    is_warning: bool = False
    template: str = "act"
    context: dict[str, object] = field(default_factory=dict)


def ask(
    request: ActorRequest,
    document: Document,
    form: KitForm,
    run: Callable[[], object],
    asked: Asked,
) -> HttpResponseBase:
    """Show the form, or do what it asks for; a refusal goes into the form with all that was typed.

    Raises: NotAllowed, NotFound.
    """
    if request.method == "POST" and form.is_valid() and tried(form, run):
        messages.success(request, asked.done)
        return redirect("registry:document", document.code)
    return show(request, document, form, asked)


def tried(form: KitForm, run: Callable[[], object]) -> bool:
    """Do it and say whether it was done."""
    try:
        run()
    except (NotAllowed, NotFound):
        raise
    except BadInput as error:
        form.blame(str(error), error.field)
    except Anticipated as error:
        form.blame(str(error))
    return not form.errors


def show(request: ActorRequest, document: Document, form: KitForm, asked: Asked) -> HttpResponse:
    """Return the page that asks."""
    context = {
        "document": document,
        "named": documents.in_words(document.number, document.notation),
        "state": state_badge(document),
        "form": form,
        "asked": asked,
        "fields": [bound.name for bound in form],
        **asked.context,
    }
    status = 422 if form.errors else 200
    return page(request, asked.template, context, current="", status=status)
