"""Hand-over lists: what is to be handed over by when, what waits to be taken, the printed list."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from motcua.casework.dossiers.choices import Status
from motcua.casework.dossiers.models import Dossier, HandOver, HandOverItem
from motcua.casework.procedures import api as procedures
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.errors import NotFound

from . import letterheads
from .clock import facts_of_unit

_LIMIT = 200
_RECENT = timedelta(days=30)


def hand_over_due(dossier: Dossier) -> datetime | None:
    """Return by when the papers of a received dossier are to be with the unit that decides.

    What was taken in after 15:00 goes at the start of the next working day.

    Source: docs/law/one-stop.md
    """
    if dossier.received_at is None:
        return None
    return calendar.handover_moment(dossier.received_at, facts_of_unit(dossier.receiving_unit_id))


def to_hand_over(desk_unit_id: int, *, at: datetime) -> Sequence[Dossier]:
    """Return what the desk received in the latest month and has put on no list, oldest first."""
    received = Dossier.objects.filter(
        receiving_unit_id=desk_unit_id,
        received_at__gt=at - _RECENT,
        status__in=[Status.RECEIVED, Status.PROCESSING],
    )
    listed = HandOverItem.objects.filter(dossier=OuterRef("pk"))
    return list(received.exclude(Exists(listed)).order_by("received_at", "id")[:_LIMIT])


def hand_overs_for(actor: Actor, *, limit: int = 50) -> Sequence[HandOver]:
    """Return the newest lists from or to the actor's units."""
    units = actor.unit_ids
    given = HandOver.objects.filter(from_unit_id__in=units).order_by("-made_at", "-id")[:limit]
    taken = HandOver.objects.filter(to_unit_id__in=units).order_by("-made_at", "-id")[:limit]
    both = {listed.pk: listed for listed in (*given, *taken)}
    return sorted(both.values(), key=lambda listed: (listed.made_at, listed.pk), reverse=True)[
        :limit
    ]


def hand_over_for(actor: Actor, number: str) -> HandOver:
    """Return a list from or to the actor's units, or below them. Raises: NotFound."""
    listed = HandOver.objects.filter(number=number).first()
    if listed is None or not _may_see(actor, listed):
        message = f"Không có danh sách bàn giao số {number}."
        raise NotFound(message)
    return listed


def _may_see(actor: Actor, listed: HandOver) -> bool:
    tree = organisation.tree()
    units = {*tree.ancestors(listed.from_unit_id), *tree.ancestors(listed.to_unit_id)}
    return actor.sees_all or bool(units.intersection(actor.unit_ids))


def hand_over_items(listed: HandOver) -> Sequence[HandOverItem]:
    """Return what stands on a list, with its dossiers, in order.

    Costs: one query.
    """
    items = HandOverItem.objects.filter(hand_over=listed).select_related("dossier")
    return list(items.order_by("id"))


def hand_over_pdf(actor: Actor, number: str) -> bytes:
    """Return the list as PDF, for both sides to sign. Raises: NotFound."""
    listed = hand_over_for(actor, number)
    items = HandOverItem.objects.filter(hand_over=listed).select_related("dossier").order_by("id")
    paper = papers.HandOverList(
        letterhead=letterheads.of_unit(listed.from_unit_id, listed.made_at),
        giving_unit=letterheads.contact_of(listed.from_unit_id, listed.made_at),
        receiving_unit=letterheads.contact_of(listed.to_unit_id, listed.made_at),
        handed_at=listed.made_at,
        entries=tuple(_entry(place, item) for place, item in enumerate(items, 1)),
        giver_name=listed.made_by_name,
        receiver_name=listed.taken_by_name,
    )
    return papers.render_paper(paper)


def _entry(serial: int, item: HandOverItem) -> papers.HandOverEntry:
    dossier = item.dossier
    return papers.HandOverEntry(
        serial=serial,
        code=dossier.code,
        procedure_name=procedures.definition_of(dossier.procedure_version_id).name,
        applicant_name=dossier.applicant_name,
        sets=dossier.number_of_sets,
        due_at=dossier.due_at,
        note=f"{item.papers} giấy tờ",
    )
