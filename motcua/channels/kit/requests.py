"""The request as views receive it once somebody has signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from motcua.lib.actor import Actor


class ActorRequest(HttpRequest):
    """A request of somebody who has signed in; the sign-in middleware sets `actor`."""

    actor: Actor
    htmx: HtmxDetails
    reference: str
