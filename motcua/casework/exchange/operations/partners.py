"""Enter partners and their certificates, end them, note how it went with one.

Source: docs/law/exchange.md
"""

from datetime import datetime

from motcua.casework.exchange.errors import CarrierAway, CarrierRefuses
from motcua.casework.exchange.models import Counterpart, CounterpartCertificate, OutsideAgency
from motcua.casework.exchange.ports import Carrier, CounterpartInfo, Greeting
from motcua.casework.exchange.queries.partners import get_counterpart
from motcua.casework.exchange.rules.edxml.values import is_code, todays_code
from motcua.casework.exchange.rules.partners import (
    EVERYBODY,
    CounterpartIn,
    certificate_in,
    check_counterpart,
    does_speak_for,
)
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
_LONGEST_ERROR = 300
_MOST_AGENCIES = 20_000


@work.story
def set_counterpart(given: CounterpartIn, *, by: Actor, at: datetime) -> Counterpart:
    """Enter a partner, or change the one with this code; its way stays.

    Raises: NotAllowed, BadInput.
    """
    by.require(Power.EDIT_ORGANISATION, unit_id=EVERYWHERE)
    check_counterpart(given)
    _check_not_ours(given)
    known = Counterpart.objects.filter(code=given.code).first()
    if known is not None and known.way != given.way:
        raise BadInput(f"Mã “{given.code}” đã dùng cho đường truyền khác.", field="code")
    values = {
        "name": given.name.strip(),
        "way": given.way,
        "codes": list(dict.fromkeys(given.codes)),
        "address": given.address,
        "client_ref": given.client_ref,
        "delivery": given.delivery,
        "is_fetched": given.is_fetched,
        "valid_from": given.valid_from,
        "valid_to": given.valid_to,
        "basis": given.basis,
        "ended_at": None,
        "ended_reason": "",
        "changed_by_name": by.name,
        "changed_at": at,
    }
    row, _ = Counterpart.objects.update_or_create(code=given.code, defaults=values)
    detail = {"codes": " ".join(given.codes), "address": given.address, "way": str(given.way)}
    audit.record("exchange.counterpart_set", _subject(row), by=by, at=at, detail=detail)
    return row


def _check_not_ours(given: CounterpartIn) -> None:
    """Raises: BadInput if somebody outside would speak for an agency of ours."""
    for code in given.codes:
        ours = organisation.tree().agency_by_code(code) if code != EVERYBODY else None
        if ours is not None and ours.is_living:
            message = f"{ours.name} ({code}) là cơ quan của hệ thống này."
            raise BadInput(message, field="codes")


@work.story
def end_counterpart(code: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Exchange nothing more with a partner; what waits for it stays until somebody decides.

    Raises: NotAllowed, NoSuchCounterpart, BadInput without a reason.
    """
    by.require(Power.EDIT_ORGANISATION, unit_id=EVERYWHERE)
    row = get_counterpart(code)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do thôi dùng.", field="reason")
    row.ended_at, row.ended_reason = at, reason.strip()[:300]
    row.save(update_fields=["ended_at", "ended_reason"])
    audit.record("exchange.counterpart_ended", _subject(row), by=by, at=at)


@work.story
def add_certificate(
    code: str, content: bytes, *, by: Actor, at: datetime
) -> CounterpartCertificate:
    """Know a partner by one certificate more.

    Raises: NotAllowed, NoSuchCounterpart, BadInput.
    """
    by.require(Power.EDIT_ORGANISATION, unit_id=EVERYWHERE)
    row = get_counterpart(code)
    found = certificate_in(content)
    if found.not_after <= at:
        raise BadInput(f"Chứng thư đã hết hạn ngày {found.not_after:%d/%m/%Y}.", field="file")
    known = CounterpartCertificate.objects.filter(sha256=found.sha256, ended_at__isnull=True)
    if (other := known.select_related("counterpart").first()) is not None:
        message = f"Chứng thư này đã nhập cho {other.counterpart.name}."
        raise BadInput(message, field="file")
    kept = CounterpartCertificate.objects.create(
        counterpart=row,
        sha256=found.sha256,
        der=found.der,
        subject=found.subject,
        not_before=found.not_before,
        not_after=found.not_after,
        added_at=at,
        added_by_name=by.name,
    )
    detail = {"certificate": found.sha256}
    audit.record("exchange.certificate_added", _subject(row), by=by, at=at, detail=detail)
    return kept


@work.story
def end_certificate(code: str, sha256: str, *, by: Actor, at: datetime) -> None:
    """Know a partner by this certificate no more. Raises: NotAllowed, NoSuchCounterpart."""
    by.require(Power.EDIT_ORGANISATION, unit_id=EVERYWHERE)
    row = get_counterpart(code)
    living = CounterpartCertificate.objects.filter(
        counterpart=row, sha256=sha256, ended_at__isnull=True
    )
    if living.update(ended_at=at, ended_by_name=by.name):
        detail = {"certificate": sha256}
        audit.record("exchange.certificate_ended", _subject(row), by=by, at=at, detail=detail)


def note_counterpart(code: str, *, at: datetime, error: str = "") -> None:
    """Note that a partner was reached, or what was wrong. Costs: one statement."""
    noted: dict[str, object] = {"latest_ok_at": at}
    if error:
        noted = {"latest_error": error[:_LONGEST_ERROR], "latest_error_at": at}
    Counterpart.objects.filter(code=code).update(**noted)


def _subject(row: Counterpart) -> str:
    return f"counterpart:{row.code}"


def greet(counterpart: CounterpartInfo, carrier: Carrier, *, at: datetime) -> str:
    """Ask who is there, and keep the agencies it names; return in words who answered.

    Raises: CarrierAway, CarrierRefuses.
    Costs: network.
    """
    try:
        greeting = carrier.ask(counterpart)
    except (CarrierAway, CarrierRefuses) as error:
        note_counterpart(counterpart.code, at=at, error=str(error))
        raise
    _keep_agencies(counterpart, greeting, at)
    note_counterpart(counterpart.code, at=at)
    return greeting.words


@work.story
def _keep_agencies(counterpart: CounterpartInfo, greeting: Greeting, at: datetime) -> None:
    """Renew the address book of a partner; it names nobody but those it may speak for."""
    row = get_counterpart(counterpart.code)
    named = {
        todays_code(code) or code: name
        for code, name in greeting.agencies[:_MOST_AGENCIES]
        if is_code(todays_code(code) or code) and does_speak_for(counterpart, code)
    }
    known = {one.code: one for one in OutsideAgency.objects.filter(counterpart=row)}
    for code, name in named.items():
        if code in known:
            OutsideAgency.objects.filter(pk=known[code].pk).update(name=name[:200], seen_at=at)
        else:
            OutsideAgency.objects.create(counterpart=row, code=code, name=name[:200], seen_at=at)
    if named:
        gone = [one.pk for code, one in known.items() if code not in named]
        OutsideAgency.objects.filter(pk__in=gone).delete()
