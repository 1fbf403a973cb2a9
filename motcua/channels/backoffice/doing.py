"""Carrying out what a form asks: once for each form shown, refusals beside their fields."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.jobs import api as jobs
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound

LONGEST_KEY = 80
Act = Callable[[datetime], str]


def once(request: ActorRequest, act: Act) -> str:
    """Let `act` do its work and return the address to go on to.

    A form that arrives again is answered as it was the first time, and nothing is done.
    """
    key, by, at = request.POST.get("request_key", "")[:LONGEST_KEY], request.actor, now()
    earlier = requests.answer_of(key, by=by) if key else None
    if earlier is not None:
        return earlier

    @work.story
    def told() -> str:
        address = act(at)
        if key:
            requests.claim_key(key, address, by=by, at=at)
        return address

    return requests.carry_out_once(key, told, by=by)


def done(request: ActorRequest, act: Act, said: str) -> HttpResponse:
    """Do what a button asks, say so and go on; refusals are the guard's to show."""
    address = once(request, act)
    messages.success(request, said)
    return redirect(address)


def troubled(job: str) -> jobs.RecurringJob | None:
    """Return the recurring work behind a page if it failed the latest time, else None."""
    found = jobs.job_of(job)
    return found if found is not None and found.failures else None


def tried(request: ActorRequest, form: KitForm, act: Act, said: str) -> HttpResponse | None:
    """Do what a form asks; None if it was not filled in well or refused, as the form then says."""
    if not form.is_valid():
        return None
    try:
        return done(request, act, said)
    except (NotAllowed, NotFound):
        raise
    except Anticipated as error:
        form.blame(str(error), getattr(error, "field", ""))
        return None
