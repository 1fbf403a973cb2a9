"""With whom messages are exchanged today, by which certificate, and our secret there."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from motcua.casework.exchange.choices import Delivery, Transport, Way
from motcua.casework.exchange.errors import CarrierAway, NoSuchCounterpart
from motcua.casework.exchange.models import (
    Counterpart,
    CounterpartCertificate,
    EnvelopeRecipient,
    OutsideAgency,
    StatusNotice,
)
from motcua.casework.exchange.ports import CounterpartInfo
from motcua.casework.exchange.rules.partners import closest

_OTHERS_MAY_READ = 0o077


@dataclass(frozen=True, slots=True)
class CounterpartShown:
    """A partner on the page of administrators, with what waits for it."""

    row: Counterpart
    certificates: tuple[CounterpartCertificate, ...]
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class OutsideShown:
    """One agency outside, and the partner that leads to it."""

    code: str
    name: str
    partner: str
    way: Way


def counterparts(on: date, way: Way | None = None) -> list[CounterpartInfo]:
    """Return the partners in use on a day. Costs: two queries."""
    rows = Counterpart.objects.in_use().filter(valid_from__lte=on)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).order_by("code")
    if way is not None:
        rows = rows.filter(way=way)
    found = list(rows)
    known = _certificates(found)
    return [_info(one, known.get(one.pk, ())) for one in found]


def counterpart_for(agency_code: str, on: date) -> CounterpartInfo | None:
    """Return the partner that leads to an agency, if there is one. Costs: two queries."""
    return closest(counterparts(on), agency_code)


def counterpart_named(code: str, on: date) -> CounterpartInfo | None:
    """Return a partner in use by its code. Costs: two queries."""
    return next((one for one in counterparts(on) if one.code == code), None)


def counterparts_on_record() -> list[CounterpartShown]:
    """Return all partners there ever were, those in use first. Costs: four queries."""
    rows = list(Counterpart.objects.order_by("ended_at", "name"))
    rows.sort(key=lambda one: (one.ended_at is not None, one.name))
    certificates: dict[int, list[CounterpartCertificate]] = defaultdict(list)
    for one in CounterpartCertificate.objects.order_by("-added_at"):
        certificates[one.counterpart_id].append(one)
    counted = _counted()
    return [
        CounterpartShown(one, tuple(certificates[one.pk]), *counted.get(one.code, (0, 0)))
        for one in rows
    ]


def get_counterpart(code: str) -> Counterpart:
    """Return a partner by its code. Raises: NoSuchCounterpart."""
    found = Counterpart.objects.filter(code=code).first()
    if found is None:
        raise NoSuchCounterpart("Không có đối tác liên thông này.")
    return found


def secret_of(counterpart_code: str) -> str:
    """Return our secret at a partner, from the operator's file. Raises: CarrierAway.

    Shape: {"<code of the partner>": "<secret>"}
    """
    path = Path(settings.EXCHANGE_SECRETS_FILE)
    try:
        if path.stat().st_mode & _OTHERS_MAY_READ:
            raise CarrierAway("Tệp bí mật liên thông để người khác đọc được; đặt quyền 0600.")
        secret = json.loads(path.read_bytes())[counterpart_code]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CarrierAway("Chưa có bí mật của ta ở đối tác này trong tệp cấu hình.") from error
    return str(secret)


def _info(row: Counterpart, certificates: Sequence[bytes]) -> CounterpartInfo:
    return CounterpartInfo(
        code=row.code,
        name=row.name,
        way=Way(row.way),
        codes=tuple(row.codes),
        address=row.address,
        client_ref=row.client_ref,
        delivery=Delivery(row.delivery),
        is_fetched=row.is_fetched,
        certificates=tuple(certificates),
        valid_from=row.valid_from,
    )


def _certificates(rows: Sequence[Counterpart]) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = defaultdict(list)
    asked = CounterpartCertificate.objects.filter(
        counterpart__in=[one.pk for one in rows], ended_at__isnull=True
    )
    for one in asked.order_by("id"):
        found[one.counterpart_id].append(bytes(one.der))
    return found


def _counted() -> dict[str, tuple[int, int]]:
    """Return for each partner how much waits for it, and how much was given up."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for rows in (EnvelopeRecipient.objects, StatusNotice.objects):
        open_rows = rows.filter(transport__in=(Transport.QUEUED, Transport.FAILED))
        for code, transport in open_rows.exclude(counterpart="").values_list(
            "counterpart", "transport"
        ):
            counted[code][transport == Transport.FAILED] += 1
    return {code: (waiting, failed) for code, (waiting, failed) in counted.items()}


def outside_agencies(on: date) -> list[OutsideShown]:
    """Return the agencies that partners in use reach, partner by partner, by name.

    Costs: three queries.
    """
    known = {one.code: one for one in counterparts(on)}
    rows = OutsideAgency.objects.filter(counterpart__code__in=known)
    found = rows.select_related("counterpart").order_by("counterpart__name", "name", "code")
    return [
        OutsideShown(one.code, one.name, one.counterpart.name, known[one.counterpart.code].way)
        for one in found
    ]


def agencies_of(counterpart_code: str) -> list[OutsideShown]:
    """Return the agencies that one partner reaches, by name. Costs: one query."""
    rows = OutsideAgency.objects.filter(counterpart__code=counterpart_code)
    found = rows.select_related("counterpart").order_by("name", "code")
    return [
        OutsideShown(one.code, one.name, one.counterpart.name, Way(one.counterpart.way))
        for one in found
    ]
