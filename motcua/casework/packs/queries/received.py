"""Packs that were received."""

from collections.abc import Sequence

from motcua.casework.packs.errors import NoSuchPack
from motcua.casework.packs.models import ReceivedPack
from motcua.casework.packs.rules.archives import read_zip
from motcua.casework.packs.rules.contents import Pack, read_packs
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

EVERYWHERE = 0
SHOWN = 50


def received_packs(*, by: Actor, before: int | None = None) -> Sequence[ReceivedPack]:
    """Return packs that were received, the newest first, without their content.

    Raises: NotAllowed.
    Costs: one query.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    found = ReceivedPack.objects.defer("content").select_related("version")
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: SHOWN + 1])


def get_pack(pack_id: int, *, by: Actor) -> ReceivedPack:
    """Return one pack that was received. Raises: NoSuchPack, NotAllowed."""
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    found = ReceivedPack.objects.select_related("version__procedure").filter(pk=pack_id).first()
    if found is None:
        raise NoSuchPack("Không có gói này.")
    return found


def content_of(received: ReceivedPack) -> Pack:
    """Return what a received pack says. Raises: BadPack if an older product took more than this."""
    return read_packs(read_zip(bytes(received.content)))[0]
