"""The door: what other systems are told, signed and retried."""

from .choices import PING, Kind, SubscriptionState, TellingState
from .errors import NoSuchSubscription, WebhookError
from .models import Subscription, Telling
from .operations.subscribing import (
    SubscriptionIn,
    change_subscription,
    pause,
    renew_secret,
    replay,
    resend,
    resume,
    send_test,
    subscribe,
    subscribe_application,
    unsubscribe,
)
from .operations.telling import send_due
from .queries.lists import (
    MOST_COUNTED,
    PAGE,
    Standing,
    administers,
    dead_letters,
    get_subscription_for,
    has_own,
    standing_of,
    standings_for,
    subscriptions_of,
    tellings_of,
)
from .rules.sealing import signature

__all__ = [
    "MOST_COUNTED",
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
    "administers",
    "change_subscription",
    "dead_letters",
    "get_subscription_for",
    "has_own",
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
    "subscribe_application",
    "subscriptions_of",
    "tellings_of",
    "unsubscribe",
]
