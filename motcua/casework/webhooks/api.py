"""The door: what other systems are told, signed and retried."""

from .choices import PING, Kind, SubscriptionState, TellingState
from .errors import NoSuchSubscription, WebhookError
from .models import Subscription, Telling
from .operations.subscribing import (
    SubscriptionIn,
    pause,
    renew_secret,
    replay,
    resend,
    resume,
    send_test,
    subscribe,
    unsubscribe,
)
from .operations.telling import send_due
from .queries.lists import (
    PAGE,
    Standing,
    dead_letters,
    get_subscription_for,
    standing_of,
    standings_for,
    subscriptions_of,
    tellings_of,
)
from .rules.sealing import signature

__all__ = [
    "PAGE",
    "PING",
    "Kind",
    "NoSuchSubscription",
    "Standing",
    "Subscription",
    "SubscriptionIn",
    "SubscriptionState",
    "Telling",
    "TellingState",
    "WebhookError",
    "dead_letters",
    "get_subscription_for",
    "pause",
    "renew_secret",
    "replay",
    "resend",
    "resume",
    "send_due",
    "send_test",
    "signature",
    "standing_of",
    "standings_for",
    "subscribe",
    "subscriptions_of",
    "tellings_of",
    "unsubscribe",
]
