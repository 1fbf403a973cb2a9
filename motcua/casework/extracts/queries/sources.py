"""The streams: which rows there are, which of them a reader may know of, and what is said of each.

What is kept closely leaves in no stream.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from motcua.casework.documents import api as documents
from motcua.casework.dossiers import api as dossiers
from motcua.casework.extracts.choices import Stream
from motcua.casework.extracts.rules.cursors import Key
from motcua.casework.extracts.rules.masking import pseudonym
from motcua.casework.payments import api as payments
from motcua.casework.tasks import api as tasks
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor

Row = dict[str, Any]
OPEN = 0


@dataclass(frozen=True, slots=True)
class Source:
    """One stream: what announces its changes, who may read it, and how it is read."""

    topics: tuple[str, ...]
    power: Power
    after: Callable[[Key, int], list[Key]]
    rows: Callable[[Actor, Sequence[Key], "Personal"], list[Row]]


@dataclass(frozen=True, slots=True)
class Personal:
    """Whether names are given, or what stands for them to this reader."""

    reader: str
    is_named: bool

    def of(self, sort: str, key: int | None, **names: str) -> Row:
        """Return what stands for somebody, and the names if they are given."""
        masked: Row = {sort: pseudonym(self.reader, sort, key)}
        return {**masked, **names} if self.is_named else masked


def _ids_after(model: type[models.Model]) -> Callable[[Key, int], list[Key]]:
    def after(key: Key, most: int) -> list[Key]:
        rows = model._default_manager.filter(pk__gt=key[0]).order_by("pk")
        return [(pk, 0) for pk in rows.values_list("pk", flat=True)[:most]]

    return after


def _ids(keys: Collection[Key]) -> set[int]:
    return {key for key, _ in keys}


def agency_code(agency_id: int) -> str:
    """Return the code of an agency, of today's or of one that ended; nothing if not on record."""
    try:
        return organisation.tree().agency(agency_id).code
    except organisation.NoSuchUnit:
        return ""


def unit_code(unit_id: int | None) -> str:
    """Return the code of a unit, nothing for none or one that is not on record."""
    try:
        return organisation.tree().unit(unit_id).code if unit_id else ""
    except organisation.NoSuchUnit:
        return ""


_DOSSIER = (
    "code",
    "version",
    "case_code",
    "channel",
    "status",
    "sub_state",
    "applicant_kind",
    "submitted_at",
    "received_at",
    "due_at",
    "due_originally_at",
    "paused_at",
    "supplements",
    "reappointed_at",
    "resolved_at",
    "returned_at",
    "closed_at",
)


def _dossiers(actor: Actor, keys: Sequence[Key], personal: Personal) -> list[Row]:
    known = dossiers.known_among(actor, _ids(keys))
    found = dossiers.Dossier.objects.filter(pk__in=known, secrecy=OPEN).order_by("pk")
    return [
        {
            **{name: getattr(one, name) for name in _DOSSIER},
            "procedure": one.procedure.code,
            "agency": agency_code(one.agency_id),
            "received_by": unit_code(one.receiving_unit_id),
            **personal.of(
                "applicant",
                one.applicant_person_id,
                applicant_name=one.applicant_name,
                submitter_name=one.submitter_name,
                summary=one.summary,
            ),
        }
        for one in found.select_related("procedure")
    ]


def _moves_after(key: Key, most: int) -> list[Key]:
    rows = dossiers.DossierMove.objects.extra(
        where=["(dossier_id, seq) > (%s, %s)"], params=list(key)
    )
    return list(rows.order_by("dossier_id", "seq").values_list("dossier_id", "seq")[:most])


def _moves(actor: Actor, keys: Sequence[Key], personal: Personal) -> list[Row]:
    known = dossiers.known_among(actor, _ids(keys))
    plain = dossiers.Dossier.objects.filter(pk__in=known, secrecy=OPEN)
    codes = dict(plain.values_list("pk", "code"))
    seqs = [seq for _, seq in keys]
    found = dossiers.DossierMove.objects.filter(
        dossier_id__in=codes, seq__gte=min(seqs), seq__lte=max(seqs)
    )
    wanted = frozenset(keys)
    return [
        {
            "code": codes[one.dossier_id],
            "seq": one.seq,
            "at": one.at,
            "act": one.act,
            "was": one.was,
            "status": one.status,
            "unit": unit_code(one.unit_id),
            "due_at": one.due_at,
            **personal.of("officer", one.by_id, by_name=one.by_name, note=one.note),
        }
        for one in found.order_by("dossier_id", "seq")
        if (one.dossier_id, one.seq) in wanted
    ]


_DOCUMENT = (
    "code",
    "version",
    "direction",
    "state",
    "kind_name",
    "issued_on",
    "urgency",
    "source",
    "arrived_at",
    "registered_at",
    "due_at",
    "started_at",
    "done_at",
)


def _documents(actor: Actor, keys: Sequence[Key], personal: Personal) -> list[Row]:
    found = documents.documents_by_ids(actor, _ids(keys))
    return [
        {
            **{name: getattr(one, name) for name in _DOCUMENT},
            "agency": agency_code(one.agency_id),
            "unit": unit_code(one.unit_id),
            **personal.of(
                "drafter",
                one.drafter_id,
                subject=one.subject,
                issuer_name=one.issuer_name,
                drafter_name=one.drafter_name,
            ),
        }
        for _, one in sorted(found.items())
        if one.secrecy == OPEN
    ]


_TASK = ("code", "version", "origin_kind", "state", "given_at", "closed_at")


def _tasks(actor: Actor, keys: Sequence[Key], personal: Personal) -> list[Row]:
    found = list(tasks.Task.objects.filter(pk__in=_ids(keys), secrecy=OPEN).order_by("pk"))
    seen = tasks.seen_among(actor, [one.code for one in found])
    return [
        {
            **{name: getattr(one, name) for name in _TASK},
            "due_at": one.due_at if one.due_at != tasks.NO_LIMIT else None,
            "agency": agency_code(one.agency_id),
            "unit": unit_code(one.unit_id),
            **personal.of("giver", one.given_by_id, title=one.title, giver_name=one.given_by_name),
        }
        for one in found
        if one.code in seen
    ]


_ORDER = (
    "code",
    "version",
    "subject",
    "state",
    "amount_vnd",
    "paid_vnd",
    "refunded_vnd",
    "opened_at",
    "paid_at",
    "cancelled_at",
)


def _orders(actor: Actor, keys: Sequence[Key], personal: Personal) -> list[Row]:
    found = payments.Order.objects.filter(pk__in=_ids(keys)).order_by("pk")
    return [
        {
            **{name: getattr(one, name) for name in _ORDER},
            "procedure": one.procedure_code,
            "agency": agency_code(one.agency_id),
            "unit": unit_code(one.unit_id),
            **personal.of("payer", one.payer_account_id, payer_name=one.payer_name),
        }
        for one in found
        if payments.can_see(actor, one)
    ]


_ORDER_TOPICS = (
    payments.OrderPaid.topic,
    payments.OrderChanged.topic,
    payments.RefundDone.topic,
)
_MOVED = (dossiers.DossierMoved.topic,)
_EXPORT = Power.EXPORT_DOSSIERS
SOURCES: Mapping[Stream, Source] = {
    Stream.DOSSIERS: Source(_MOVED, _EXPORT, _ids_after(dossiers.Dossier), _dossiers),
    Stream.MOVES: Source(_MOVED, _EXPORT, _moves_after, _moves),
    Stream.DOCUMENTS: Source(
        (documents.DocumentMoved.topic,), _EXPORT, _ids_after(documents.Document), _documents
    ),
    Stream.TASKS: Source((tasks.TaskMoved.topic,), _EXPORT, _ids_after(tasks.Task), _tasks),
    Stream.ORDERS: Source(_ORDER_TOPICS, Power.READ_PAYMENTS, _ids_after(payments.Order), _orders),
}
