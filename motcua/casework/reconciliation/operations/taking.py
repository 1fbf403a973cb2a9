"""Take a statement: keep its lines, compare them with the books, book what came and went.

Source: docs/law/money.md
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import IO, Any

from django.db import connection

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind, EntryIn, Leg
from motcua.casework.contracts import api as contracts
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel
from motcua.casework.reconciliation.choices import LineState
from motcua.casework.reconciliation.errors import BadStatement
from motcua.casework.reconciliation.models import Statement, StatementLine
from motcua.casework.reconciliation.permissions import check_reconciles
from motcua.casework.reconciliation.queries import statements as sql
from motcua.casework.reconciliation.rules.lines import GONE_BACK, LineIn
from motcua.casework.reconciliation.rules.reading import Reading, read_statement
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import HANOI, local, local_day

BOOKED = "reconciliation.statement"
UNEXPLAINED = "statement"  # which account of the kind SUSPENSE
CHANNELS = (Channel.TRANSFER, Channel.VNPAY, Channel.VNPT_PAY, Channel.NATIONAL, Channel.COD)
_TOO_NEW = timedelta(days=1)
_CHUNK = 1 << 20
Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StatementIn:
    """A file, whose it is, and of which channel; `account` is the one wanted, if it is known."""

    agency_id: int
    channel: Channel
    name: str
    content: IO[bytes]
    account: str = ""


@work.story
def take_statement(given: StatementIn, *, by: Actor, at: datetime) -> Statement:
    """Keep and compare a statement, all of it or nothing; the same file again changes nothing.

    Raises: BadStatement, NotAllowed.
    Costs: a fixed number of statements, however many lines.
    """
    check_reconciles(given.agency_id, by)
    return _take(given, by=by, at=at)


@work.story
def take_partner_report(given: StatementIn, *, by: Actor, at: datetime) -> Statement:
    """Take the report of a partner from its own hand: of its channel, within its contracts.

    Compared like any other; differences are settled by the agency's accountant. A bank's statement
    moves the books, so the accountant alone hands it in.

    Raises: BadStatement, ShutOut.
    Source: docs/law/contracts.md
    """
    reach = [
        one
        for one in contracts.reach_of(by, local_day(at))
        if one.channel == given.channel and given.channel != Channel.TRANSFER
    ]
    if not any(one.agency_id in {contracts.EVERY_AGENCY, given.agency_id} for one in reach):
        raise BadStatement("Hợp đồng không mở kênh này cho cơ quan đã chọn.", field="channel")
    statement = _take(given, by=by, at=at)
    for day in (statement.first_on, statement.last_on):
        if not any(one.covers(given.agency_id, day) for one in reach):
            message = f"Báo cáo có ngày {day:%d/%m/%Y} ngoài hợp đồng với cơ quan đã chọn."
            raise BadStatement(message, field="file")
    return statement


def _take(given: StatementIn, *, by: Actor, at: datetime) -> Statement:
    digest = _digest_of(given.content)
    known = Statement.objects.filter(
        agency_id=given.agency_id, channel=given.channel, sha256=digest
    ).first()
    if known is not None:
        return known
    reading = read_statement(given.content, account=given.account)
    troubles = _copy_in(reading, given.channel)
    _check_reading(reading, given, troubles)
    _check_owner(reading, given, by)
    statement = _made(given, reading, digest, by=by, at=at)
    statement.troubles = troubles
    statement.save(force_insert=True)
    _compare(statement, by=by, at=at)
    audit.record(
        "reconciliation.statement",
        f"statement:{statement.code}",
        by=by,
        at=at,
        detail={"lines": statement.line_count, "account": statement.account},
    )
    return statement


def _digest_of(content: IO[bytes]) -> str:
    made = sha256()
    while chunk := content.read(_CHUNK):
        made.update(chunk)
    content.seek(0)
    return made.hexdigest()


def account_of(channel: str, account: str) -> str:
    """Return under which account lines are kept; a gateway's report has none of its own."""
    return account if channel == Channel.TRANSFER else channel


def _copy_in(reading: Reading, channel: Channel) -> list[str]:
    """Put the lines into the database as they are read; return what could not be used."""
    troubles: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(sql.MAKE_ROOM)
        cursor.execute("TRUNCATE statement_lines")
        with cursor.cursor.copy(sql.COPY_IN) as copy:
            for line in _lines(reading, troubles):
                copy.write_row(
                    (
                        line.row,
                        account_of(channel, line.account),
                        line.ref.replace("\0", ""),
                        line.booked_at,
                        line.booked_at.date(),
                        line.amount_vnd,
                        line.words.replace("\0", ""),
                        line.payer.replace("\0", ""),
                        line.attempt_ref.replace("\0", ""),
                    )
                )
    return troubles


def _lines(reading: Iterable[Any], troubles: list[str]) -> Iterator[LineIn]:
    for item in reading:
        if isinstance(item, LineIn):
            yield item
        else:
            troubles.append(item.words)


def _check_reading(reading: Reading, given: StatementIn, troubles: list[str]) -> None:
    if not reading.count:
        first = " ".join(troubles[:3])
        raise BadStatement(f"Không dòng nào của sao kê dùng được. {first}")
    if given.channel != Channel.TRANSFER:
        return
    if reading.is_report:
        raise BadStatement(
            "Tệp này là báo cáo của cổng thanh toán (có cột mã tham chiếu của ta); hãy chọn đúng "
            "kênh của cổng.",
            field="channel",
        )
    if not reading.account:
        raise BadStatement("Sao kê không ghi số tài khoản; hãy nhập số tài khoản.", field="account")


def _check_owner(reading: Reading, given: StatementIn, by: Actor) -> None:
    """See that nobody books another agency's account; the operator names whose it is."""
    if given.channel != Channel.TRANSFER or by.kind == ActorKind.SYSTEM:
        return
    owners = set(
        payments.Beneficiary.objects.filter(number=reading.account).values_list(
            "agency_id", flat=True
        )
    )
    if owners and given.agency_id not in owners:
        raise BadStatement(
            f"Tài khoản {reading.account} là tài khoản nhận tiền của cơ quan khác; kế toán cơ quan "
            "ấy nạp sao kê này.",
            field="account",
        )


def _made(
    given: StatementIn, reading: Reading, digest: str, *, by: Actor, at: datetime
) -> Statement:
    with connection.cursor() as cursor:
        cursor.execute(sql.COUNTS)
        [(count, first_on, last_on, latest_at, came, went)] = cursor.fetchall()
    year = local_day(at).year
    number = numbering.allocate_number(numbering.series_of_year("reconciliation", "", year))
    return Statement(
        code=f"SK{year % 100:02d}-{number:06d}",
        agency_id=given.agency_id,
        channel=given.channel,
        account=account_of(given.channel, reading.account),
        file_name=given.name[-200:],
        sha256=digest,
        kind=reading.kind,
        first_on=first_on,
        last_on=last_on,
        until=_until(last_on, latest_at, at),
        line_count=count,
        repeated_count=reading.repeated,
        came_vnd=came,
        went_vnd=went,
        taken_by_id=by.id,
        taken_by_name=by.name,
        taken_at=at,
    )


def _until(last_on: date, latest_at: datetime, at: datetime) -> datetime:
    """Return until when the statement can be held to be complete."""
    end = datetime.combine(last_on + _TOO_NEW, time(), HANOI)
    tells_hours = local(latest_at).time() != time()
    return latest_at if last_on >= local_day(at) and tells_hours else min(end, at)


def _compare(statement: Statement, *, by: Actor, at: datetime) -> None:
    is_bank = statement.channel == Channel.TRANSFER
    params: Params = {
        "statement": statement.pk,
        "code": statement.code,
        "agency": statement.agency_id,
        "agencies": [statement.agency_id, *cashbook.books_before([statement.agency_id])],
        "channel": statement.channel,
        "account": statement.account,
        "is_bank": is_bank,
        "since": datetime.combine(statement.first_on, time(), HANOI),
        "until": statement.until,
        "at": at,
        "but": [],
        "suffix": GONE_BACK,
        "terminals": [],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.TAKE_IN, params)
        statement.known_count = statement.line_count - cursor.rowcount
        cursor.execute(sql.SAID_OTHERWISE, params)
        statement.troubles += [
            f"Dòng {row}: số tham chiếu {ref} đã có trong {code} với số tiền khác ({amount})."
            for row, ref, amount, code in cursor.fetchall()
        ]
        cursor.execute(sql.MATCH, params)
        cursor.execute(sql.MATCH_REFUNDS, params)
        while cursor.rowcount:  # of several alike, one line and one refund at a time
            cursor.execute(sql.MATCH_REFUNDS, params)
        if is_bank:
            _book(statement, params, by=by, at=at)
            params["but"] = _with_code(statement)
        for act in (sql.AMOUNTS_DIFFER, sql.MISSING_HERE, sql.LEFT_OVER, sql.APPEARED):
            cursor.execute(act, params)
        cursor.execute(sql.TERMINALS, params)
        [(params["terminals"],)] = cursor.fetchall()
        cursor.execute(sql.MISSING_THERE, params)
        cursor.execute(sql.REFUNDS_MISSING_THERE, params)
    statement.save(update_fields=["known_count", "troubles"])


def _book(statement: Statement, params: Params, *, by: Actor, at: datetime) -> None:
    """Book what came and went: the account is as the bank says, the rest waits to be explained."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SUMS, params)
        sums = dict(cursor.fetchall())
    mine = statement.agency_id
    unexplained = sums.pop(None, 0)
    all_legs = (
        bank_leg(mine, statement.account, sum(sums.values()) + unexplained),
        *(Leg(AccountKind.CLEARING, one, -vnd, Channel.TRANSFER) for one, vnd in sums.items()),
        Leg(AccountKind.SUSPENSE, mine, -unexplained, UNEXPLAINED),
    )
    legs = tuple(leg for leg in all_legs if leg.amount_vnd)
    if legs:
        words = f"Sao kê {statement.code} tài khoản {statement.account}"
        on = min(statement.last_on, local_day(at))
        subject = f"statement:{statement.code}"
        entry = EntryIn(BOOKED, statement.code, on, words, legs, subject)
        cashbook.post(entry, by=by, at=at)


def bank_leg(agency_id: int, account: str, amount_vnd: int) -> Leg:
    """Return a movement of a bank account."""
    return Leg(AccountKind.BANK, agency_id, amount_vnd, f"account:{account}")


def _with_code(statement: Statement) -> list[int]:
    """Return the lines that name an order: they are recorded one by one, after this story."""
    rows = StatementLine.objects.filter(
        statement_id=statement.pk, state=LineState.WAITING, amount_vnd__gt=0
    ).values_list("pk", "words")
    return [pk for pk, words in rows.iterator(chunk_size=5000) if payments.find_code(words)]
