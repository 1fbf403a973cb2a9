"""Durable facts: announce in the story, listen in the worker."""

from .choices import DeliveryState
from .events import Event
from .models import Delivery
from .operations import (
    BATCH,
    announce,
    announce_each,
    begin_after_all,
    begin_epoch,
    catch_up,
    deliver_next,
    prepare_months,
    retry_dead,
    run_projection,
)
from .ports import ReadFact, delivery, delivery_of_rows, projection, registry
from .queries import (
    Change,
    Lag,
    Place,
    changes_after,
    current_epoch,
    dead_letters,
    horizon_age,
    lags,
    place_now,
    seconds_behind,
)

__all__ = [
    "BATCH",
    "Change",
    "Delivery",
    "DeliveryState",
    "Event",
    "Lag",
    "Place",
    "ReadFact",
    "announce",
    "announce_each",
    "begin_after_all",
    "begin_epoch",
    "catch_up",
    "changes_after",
    "current_epoch",
    "dead_letters",
    "deliver_next",
    "delivery",
    "delivery_of_rows",
    "horizon_age",
    "lags",
    "place_now",
    "prepare_months",
    "projection",
    "registry",
    "retry_dead",
    "run_projection",
    "seconds_behind",
]
