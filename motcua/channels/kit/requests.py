"""The request as views receive it once somebody has signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from motcua.lib.actor import Actor


class ActorRequest(HttpRequest):
    """A request as the sign-in middleware leaves it; on public views the actor may be ANONYMOUS.

    `client` is for whom the person acts just now; where that counts, it is the actor, too.
    """

    actor: Actor
    client: Actor | None
    account_id: int | None
    idle_seconds: int
    htmx: HtmxDetails
    reference: str
