"""Webhooks: who is told what, the messages told, and having them told again."""

from datetime import datetime
from typing import Any

from ninja import Router, Schema, Status
from ninja.params import functions as params
from pydantic import Field

from motcua.casework.webhooks import api as webhooks
from motcua.casework.webhooks.api import Subscription, SubscriptionIn, Telling
from motcua.channels.api.shapes import Problem
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from motcua.lib.errors import BadInput

REFUSED = {
    400: Problem,
    401: Problem,
    403: Problem,
    404: Problem,
    409: Problem,
    422: Problem,
    503: Problem,
}
_BEFORE: Any = params.Query(None, ge=1, le=2**62)
_STATE: Any = params.Query("")
_LIMIT: Any = params.Query(50, ge=1, le=200)
router = Router(tags=["hooks"])


class HookBody(Schema):
    """What is told, and where. No kinds: all of them; no agencies: whatever one may see."""

    url: str = Field(max_length=500, examples=["https://he-thong.vn/nhan-tin"])
    name: str = Field("", max_length=200)
    kinds: list[str] = Field([], max_length=50, examples=[["dossier.received"]])
    agencies: list[str] = Field([], max_length=500, examples=[["H18.101"]])


class HookOut(Schema):
    """One subscription; its secret is never shown again."""

    code: str
    name: str
    url: str
    kinds: list[str]
    agencies: list[str]
    state: webhooks.SubscriptionState
    created_at: datetime
    tried_at: datetime | None
    failing_since: datetime | None
    trouble: str


class NewHookOut(HookOut):
    """A new subscription with the secret that signs its messages: keep it now."""

    secret: str


class SecretOut(Schema):
    """A new secret; the one before signs beside it for a day."""

    secret: str


class HookKindOut(Schema):
    """One kind of news."""

    kind: str
    label: str


class HookAnswerOut(Schema):
    """What came back once. `status` 0: nothing did."""

    at: datetime
    status: int
    took_ms: int
    text: str
    trouble: str


class DeliveryOut(Schema):
    """One message; `message_id` is the same however often it is sent."""

    message_id: str
    kind: str
    subject: str
    happened_at: datetime
    state: webhooks.TellingState
    attempts: int
    next_try_at: datetime
    told_at: datetime | None
    answers: list[HookAnswerOut]


class DeliveryPage(Schema):
    """Messages, the newest first; `next` is what to send as `before`, 0 at the end."""

    rows: list[DeliveryOut]
    next: int


class ReplayBody(Schema):
    """From which moment on, and until before which, everything is told again."""

    since: datetime
    until: datetime | None = None


class Replayed(Schema):
    """How many messages are told again."""

    count: int


@router.get("/kinds", response={200: list[HookKindOut], **REFUSED})
def kinds(request: ActorRequest) -> Any:
    """Return the kinds of news there are."""
    return [{"kind": one.value, "label": one.label} for one in webhooks.Kind]


@router.get("", response={200: list[HookOut], **REFUSED})
def list_hooks(request: ActorRequest) -> Any:
    """Return one's own subscriptions, the newest first."""
    return [_out(one) for one in webhooks.subscriptions_of(request.actor, _client(request))]


@router.post("", response={201: NewHookOut, **REFUSED})
def subscribe(request: ActorRequest, body: HookBody) -> Any:
    """Begin to be told. The secret is in this answer alone."""
    wanted = SubscriptionIn(
        body.url, body.name, body.kinds, body.agencies, application_id=_client(request)
    )
    made, secret = webhooks.subscribe(wanted, by=request.actor, at=now())
    return Status(201, {**_out(made), "secret": secret})


@router.get("/{hook}", response={200: HookOut, **REFUSED})
def read_hook(request: ActorRequest, hook: str) -> Any:
    """Return one subscription."""
    return _out(_mine(request, hook))


@router.put("/{hook}", response={200: HookOut, **REFUSED})
def change_hook(request: ActorRequest, hook: str, body: HookBody) -> Any:
    """Say anew what is told, and where; the secret stays."""
    wanted = SubscriptionIn(body.url, body.name, body.kinds, body.agencies)
    code = _mine(request, hook).code
    return _out(webhooks.change_subscription(code, wanted, by=request.actor, at=now()))


@router.post("/{hook}/pause", response={200: HookOut, **REFUSED})
def pause(request: ActorRequest, hook: str) -> Any:
    """Be told nothing for now; what happens meanwhile is kept for thirty days."""
    return _out(webhooks.pause(_mine(request, hook).code, by=request.actor, at=now()))


@router.post("/{hook}/resume", response={200: HookOut, **REFUSED})
def resume(request: ActorRequest, hook: str) -> Any:
    """Go on, with what waited first."""
    return _out(webhooks.resume(_mine(request, hook).code, by=request.actor, at=now()))


@router.post("/{hook}/end", response={200: HookOut, **REFUSED})
def end(request: ActorRequest, hook: str) -> Any:
    """End the subscription; what waits is told no more."""
    webhooks.unsubscribe(_mine(request, hook).code, by=request.actor, at=now())
    return _out(_mine(request, hook))


@router.post("/{hook}/secret", response={200: SecretOut, **REFUSED})
def renew_secret(request: ActorRequest, hook: str) -> Any:
    """Get a new secret; the one before signs beside it for a day."""
    return {"secret": webhooks.renew_secret(_mine(request, hook).code, by=request.actor, at=now())}


@router.post("/{hook}/test", response={200: DeliveryOut, **REFUSED})
def test(request: ActorRequest, hook: str) -> Any:
    """Have a message about nothing sent (kind `ping`)."""
    return _delivery(webhooks.send_test(_mine(request, hook).code, by=request.actor, at=now()))


@router.get("/{hook}/deliveries", response={200: DeliveryPage, **REFUSED})
def deliveries(
    request: ActorRequest,
    hook: str,
    state: str = _STATE,
    before: int | None = _BEFORE,
    limit: int = _LIMIT,
) -> Any:
    """Return the messages of thirty days with what came back, the newest first."""
    row = _mine(request, hook)
    if state and state not in webhooks.TellingState.values:
        known = ", ".join(webhooks.TellingState.values)
        raise BadInput(f"Tình trạng là một trong: {known}.", field="state")
    found = webhooks.tellings_of(row, state=state, before=before, limit=limit)
    shown = found[:limit]
    following = shown[-1].pk if len(found) > limit else 0
    return {"rows": [_delivery(one) for one in shown], "next": following}


@router.post("/{hook}/deliveries/{message_id}/resend", response={200: DeliveryOut, **REFUSED})
def resend(request: ActorRequest, hook: str, message_id: str) -> Any:
    """Have one message sent once more, under its old id."""
    return _delivery(
        webhooks.resend(_mine(request, hook).code, message_id, by=request.actor, at=now())
    )


@router.post("/{hook}/replay", response={200: Replayed, **REFUSED})
def replay(request: ActorRequest, hook: str, body: ReplayBody) -> Any:
    """Have everything between two moments sent once more, in order, under the old ids."""
    for name, at in (("since", body.since), ("until", body.until)):
        if at is not None and at.tzinfo is None:
            raise BadInput("Hãy ghi cả múi giờ, ví dụ 2026-11-23T08:00:00+07:00.", field=name)
    code = _mine(request, hook).code
    count = webhooks.replay(code, body.since, until=body.until, by=request.actor, at=now())
    return {"count": count}


def _client(request: ActorRequest) -> int | None:
    """Return which application asks, None for a person."""
    client_id: int | None = getattr(request, "client_id", None)
    return client_id


def _mine(request: ActorRequest, hook: str) -> Subscription:
    """Return a subscription of whoever asks. Raises: NoSuchSubscription."""
    return webhooks.get_subscription_for(request.actor, hook, _client(request))


def _out(row: Subscription) -> dict[str, Any]:
    tree = organisation.tree()
    plain = ("code", "name", "url", "kinds", "state", "created_at", "tried_at", "failing_since")
    return {
        **{name: getattr(row, name) for name in plain},
        "agencies": [tree.agency(one).code for one in row.agency_ids],
        "trouble": row.trouble,
    }


def _delivery(one: Telling) -> dict[str, Any]:
    plain = ("message_id", "kind", "subject", "happened_at", "state", "attempts", "next_try_at")
    return {
        **{name: getattr(one, name) for name in plain},
        "told_at": one.told_at,
        "answers": one.answers,
    }
