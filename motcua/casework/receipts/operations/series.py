"""Register who collects, on which forms, in which numbers; open the numbers of a new year.

Source: docs/law/receipts.md
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.casework.contracts import api as contracts
from motcua.casework.receipts.choices import ReceiptKind
from motcua.casework.receipts.errors import BadSeries
from motcua.casework.receipts.models import CollectingBody, Delegation, Series
from motcua.casework.receipts.queries.forms import delegation_for, form_rules, get_series
from motcua.casework.receipts.rules.forms import form_for, symbol_faults, symbol_of_year
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.people.api import NumberNotUsable, check_tax_code
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on
from motcua.lib.text import tidy

ONE_DAY = timedelta(days=1)
NOTICE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class SeriesIn:
    """A range of numbers for one year; without a last number it is all that the form has."""

    agency_id: int
    kind: ReceiptKind
    form: str
    symbol: str
    year: int
    first_number: int = 1
    final_number: int | None = None
    warn_left: int = 100
    delegation_id: int | None = None


@dataclass(frozen=True, slots=True)
class BodyIn:
    """What receipts say of an agency from a day on."""

    agency_id: int
    name: str
    tax_code: str
    address: str
    valid_from: date
    phone: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class DelegationIn:
    """Who issues receipts in an agency's name, by which contract, from when to when."""

    agency_id: int
    channel: str
    name: str
    address: str
    tax_code: str
    contract_number: str
    contract_on: date
    notified_on: date
    valid_from: date
    valid_to: date | None = None


def keeper_of(agency_id: int, by: Actor) -> None:
    """See that somebody keeps the receipts of an agency. Raises: NotAllowed."""
    by.require(Power.KEEP_RECEIPTS, unit_id=organisation.tree().agency(agency_id).root_unit_id)


@work.story
def open_series(given: SeriesIn, *, by: Actor, at: datetime) -> Series:
    """Register a range of numbers; phí and lệ phí, own and delegated receipts have their own.

    Raises: BadSeries, NotAllowed.
    """
    keeper_of(given.agency_id, by)
    final_number = _check_range(given, local_day(at))
    _check_apart(given, final_number)
    if given.delegation_id is not None:
        _check_delegation(given)
    series = Series.objects.create(
        agency_id=given.agency_id,
        kind=given.kind,
        form=given.form,
        symbol=given.symbol,
        year=given.year,
        first_number=given.first_number,
        final_number=final_number,
        warn_left=given.warn_left,
        delegation_id=given.delegation_id,
        opened_at=at,
        opened_by_name=by.name,
    )
    detail = {"agency": given.agency_id, "kind": given.kind, "to": final_number}
    audit.record("receipts.series_opened", f"series:{series}", by=by, at=at, detail=detail)
    return series


def _check_range(given: SeriesIn, today: date) -> int:
    """Return the last number. Raises: BadSeries."""
    rules = form_rules()
    day = today if given.year == today.year else date(given.year, 1, 1)
    rule = form_for(rules, given.form, day)
    if rule is None:
        known = ", ".join(one.code for one in rules if one.holds_on(day))
        message = f"Mẫu “{given.form}” không dùng cho ngày {day:%d/%m/%Y}; mẫu đang dùng: {known}."
        raise BadSeries(message, field="form")
    if fault := next(symbol_faults(rule, given.symbol, day), ""):
        raise BadSeries(fault, field="symbol")
    final_number = given.final_number or rule.latest_number
    if not 1 <= given.first_number <= final_number <= rule.latest_number:
        message = f"Từ số phải nhỏ hơn hoặc bằng đến số, nhiều nhất {rule.most_digits} chữ số."
        raise BadSeries(message, field="final_number")
    return final_number


def _check_apart(given: SeriesIn, final_number: int) -> None:
    """See that no number of the symbol is given in two series. Raises: BadSeries."""
    one = _sharing_numbers(given, given.symbol, given.first_number, final_number)
    if one is not None:
        message = (
            f"Ký hiệu {given.symbol} đã có dãy từ {one.first_number} đến {one.final_number};"
            " hãy chọn ký hiệu khác hoặc khoảng số không trùng."
        )
        raise BadSeries(message, field="symbol")


def _sharing_numbers(
    of: SeriesIn | Series, symbol: str, first_number: int, final_number: int
) -> Series | None:
    """Return the series that gives some of these numbers of the symbol already.

    Two opened at the same moment are refused by the database.
    """
    same = Series.objects.filter(agency_id=of.agency_id, form=of.form, symbol=symbol)
    shared = same.filter(first_number__lte=final_number, final_number__gte=first_number)
    return shared.order_by("id").first()


def _check_delegation(given: SeriesIn) -> None:
    """Raises: BadSeries."""
    found = Delegation.objects.filter(pk=given.delegation_id or 0, agency_id=given.agency_id)
    if not found.exists():
        raise BadSeries("Hợp đồng ủy nhiệm không phải của cơ quan này.", field="delegation")


@work.story
def close_series(series_id: int, *, by: Actor, at: datetime) -> Series:
    """Give no more numbers of a range; what was given stays. Raises: BadSeries, NotAllowed."""
    series = get_series(series_id)
    keeper_of(series.agency_id, by)
    if series.closed_at is not None:
        raise BadSeries("Dãy biên lai này đã đóng.")
    Series.objects.filter(pk=series_id).update(closed_at=at)
    audit.record("receipts.series_closed", f"series:{series}", by=by, at=at)
    return get_series(series_id)


def next_year(series: Series, day: date, *, at: datetime) -> Series | None:
    """Open the same range for the year of `day`, beginning at its first number again.

    None where its form is no longer used, or a series of another kind has some of these numbers.
    Locked by whoever gives numbers (`issuing`).
    """
    rule = form_for(form_rules(), series.form, day)
    if rule is None:
        return None
    symbol = symbol_of_year(rule, series.symbol, day.year)
    found = _sharing_numbers(series, symbol, series.first_number, series.final_number)
    if found is not None:
        is_same = (found.kind, found.delegation_id) == (series.kind, series.delegation_id)
        return found if is_same else None
    return Series.objects.create(
        agency_id=series.agency_id,
        form=series.form,
        symbol=symbol,
        first_number=series.first_number,
        kind=series.kind,
        year=day.year,
        final_number=series.final_number,
        warn_left=series.warn_left,
        delegation_id=series.delegation_id,
        opened_at=at,
        opened_by_name="Tự mở sang năm",
    )


@work.story
def set_body(given: BodyIn, *, by: Actor, at: datetime) -> CollectingBody:
    """Say what receipts tell of an agency from a day on. Raises: BadSeries, NotAllowed."""
    keeper_of(given.agency_id, by)
    tax_code = _tax_code(given.tax_code)
    if not given.name.strip() or not given.address.strip():
        raise BadSeries("Hãy ghi tên và địa chỉ cơ quan thu như trên biên lai.", field="name")
    rows = CollectingBody.objects.filter(agency_id=given.agency_id)
    if rows.filter(valid_from__gte=given.valid_from, valid_from__lt=local_day(at)).exists():
        message = "Đã có thông tin áp dụng từ ngày ấy hoặc sau đó; hãy chọn ngày muộn hơn."
        raise BadSeries(message, field="valid_from")
    rows.filter(valid_from__gte=given.valid_from).delete()
    rows.filter(holding_on(given.valid_from)).update(valid_to=given.valid_from - ONE_DAY)
    body = CollectingBody.objects.create(
        agency_id=given.agency_id,
        name=tidy(given.name),
        tax_code=tax_code,
        address=tidy(given.address),
        phone=tidy(given.phone),
        account=tidy(given.account),
        valid_from=given.valid_from,
    )
    audit.record("receipts.body_set", f"agency:{given.agency_id}", by=by, at=at)
    return body


@work.story
def delegate(given: DelegationIn, *, by: Actor, at: datetime) -> Delegation:
    """Let somebody issue in an agency's name what comes by a channel.

    Raises: BadSeries where the tax authority is told less than three days before, NotAllowed.
    """
    keeper_of(given.agency_id, by)
    tax_code = _tax_code(given.tax_code)
    if given.valid_from < given.notified_on + NOTICE:
        message = (
            "Phải thông báo cơ quan thuế ít nhất 3 ngày trước khi bắt đầu ủy nhiệm: sớm nhất từ"
            f" {given.notified_on + NOTICE:%d/%m/%Y}."
        )
        raise BadSeries(message, field="valid_from")
    if given.contract_on > given.valid_from:
        raise BadSeries("Hợp đồng phải ký trước khi bắt đầu ủy nhiệm.", field="contract_on")
    if given.valid_to is not None and given.valid_to < given.valid_from:
        raise BadSeries("Ngày cuối phải sau ngày đầu.", field="valid_to")
    if not (given.name.strip() and given.address.strip() and given.contract_number.strip()):
        message = "Hãy ghi đủ tên, địa chỉ bên nhận ủy nhiệm và số hợp đồng."
        raise BadSeries(message, field="name")
    return _delegated(given, "", tax_code, by=by, at=at)


@work.story
def delegate_by_contract(agency_id: int, channel: str, *, by: Actor, at: datetime) -> Delegation:
    """Take a delegation over from the contract with who collects by a channel.

    Raises: BadSeries where no contract delegates, or the partner's address or tax code is missing;
    NotAllowed.
    """
    keeper_of(agency_id, by)
    told = contracts.delegate_of(channel, agency_id, local_day(at))
    if told is None:
        message = "Hôm nay không hợp đồng nào ủy nhiệm lập biên lai cho kênh này của cơ quan."
        raise BadSeries(message, field="channel")
    if not told.address or not told.tax_code:
        message = f"Đối tác {told.name} chưa khai địa chỉ, mã số thuế; hãy bổ sung ở “Đối tác”."
        raise BadSeries(message, field="channel")
    known = delegation_for(agency_id, channel, local_day(at))
    if known is not None and known.contract_number == told.contract_number:
        return known
    given = DelegationIn(
        agency_id,
        channel,
        told.name,
        told.address,
        told.tax_code,
        told.contract_number,
        told.contract_on,
        told.notified_on,
        max(told.since, local_day(at)) if known is not None else told.since,
        told.until,
    )
    return _delegated(given, told.contract_code, _tax_code(told.tax_code), by=by, at=at)


def _delegated(
    given: DelegationIn, contract_code: str, tax_code: str, *, by: Actor, at: datetime
) -> Delegation:
    """Keep a delegation; it ends the one before. Raises: BadSeries."""
    rows = Delegation.objects.filter(agency_id=given.agency_id, channel=given.channel)
    if rows.filter(valid_from__gte=given.valid_from).exists():
        raise BadSeries("Đã có ủy nhiệm kênh này từ ngày ấy hoặc sau đó.", field="valid_from")
    rows.filter(valid_to__isnull=True).update(valid_to=given.valid_from - ONE_DAY)
    if rows.filter(valid_to__gte=given.valid_from).exists():
        raise BadSeries("Ủy nhiệm trước của kênh này chưa hết hạn.", field="valid_from")
    made = Delegation.objects.create(
        agency_id=given.agency_id,
        channel=given.channel,
        name=tidy(given.name),
        address=tidy(given.address),
        tax_code=tax_code,
        contract_number=tidy(given.contract_number),
        contract_code=contract_code,
        contract_on=given.contract_on,
        notified_on=given.notified_on,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
    )
    audit.record("receipts.delegated", f"agency:{given.agency_id}", by=by, at=at)
    return made


def _tax_code(typed: str) -> str:
    """Return the code. Raises: BadSeries."""
    code = typed.strip()
    try:
        check_tax_code(code)
    except NumberNotUsable as error:
        raise BadSeries(str(error), field="tax_code") from error
    return code
