"""Judge a file of which nothing is known by what we believe, in a process with limits."""

from base64 import b64decode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from threading import BoundedSemaphore

from pydantic import TypeAdapter, ValidationError

from motcua.foundation.people import api as people
from motcua.foundation.signing.errors import ExaminersBusy
from motcua.foundation.signing.rules.examining.report import ISSUER, Report, Verdict, World
from motcua.foundation.signing.rules.examining.wire import order_of
from motcua.foundation.signing.rules.examining.words import TOO_LARGE, TOO_MUCH, TRY_LATER
from motcua.foundation.trust import api as trust
from motcua.lib.nursery import NoAnswer, Nursery
from motcua.lib.tongue import said

MOST_BYTES = 100_000_000
SECONDS = 10.0  # the child ends itself a second before
WAIT_SECONDS = 8
_AT_ONCE = 2
_REPORT = TypeAdapter(Report)
# Each examination may take a core and a gigabyte: a crowd of them must not take the machine.
free = BoundedSemaphore(_AT_ONCE)
nursery = Nursery("motcua.foundation.signing.rules.examining.child")


def examine(
    content: bytes, *, at: datetime, beside: bytes | None = None, asks: bool = True
) -> Report:
    """Return what the signatures of a file are worth at that moment, as far as can be known.

    `beside` is the file that is signed, where an XML signature lies apart from it. Of certificates
    that lead to our anchors the authorities are asked, where the administrator allows it; never
    without `asks`.

    A file that asks for too much time or memory is answered with INDETERMINATE.

    Raises: ExaminersBusy.
    Costs: ten queries and a process: two seconds for the first, then a tenth; ten at most. Where
    something was asked the same again, and ten seconds for the answers.
    """
    report = examine_apart(content, world_at(at), beside)
    return _inquired(report, content, beside, at=at) if asks else report


def examine_all(contents: Sequence[bytes], *, at: datetime) -> list[Report | ExaminersBusy]:
    """Return what the signatures of several files are worth, as many at once as may be.

    Costs: as `examine`, but the time of the longest; what we believe is read once for all.
    """
    world = world_at(at)

    def one(content: bytes) -> Report | ExaminersBusy:  # in a thread: it must ask no database
        try:
            return examine_apart(content, world)
        except ExaminersBusy as error:
            return error

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(one, contents))
    return [
        _inquired(report, content, at=at) if isinstance(report, Report) else report
        for report, content in zip(found, contents, strict=True)
    ]


def _inquired(
    report: Report, content: bytes, beside: bytes | None = None, *, at: datetime
) -> Report:
    """Ask the authorities about the certificates found, and look again if there is news."""
    leaves, others = certificates_in(report)
    inquiry = trust.ask_about(leaves, others, at=at)
    if inquiry.has_news:
        report = examine_apart(content, world_at(inquiry.at), beside)
    return asked_for(report, inquiry)


def certificates_in(report: Report) -> tuple[Sequence[bytes], Sequence[bytes]]:
    """Return the certificates of those who signed or stamped, and those that came with them."""
    shown = [held for one in report.signatures for held in one.certificates if held.der]
    every = {one.der: one.role for one in shown}
    ders = {der: b64decode(der) for der in every}
    leaves = [ders[der] for der, role in every.items() if role != ISSUER]
    return leaves, list(ders.values())


def asked_for(report: Report, inquiry: trust.Inquiry) -> Report:
    """Return the report with what was asked; what stays open for want of an answer says why."""
    if not inquiry.said:
        return report
    why = " ".join(inquiry.silent)
    signatures = tuple(
        replace(one, verdict=_because(one.verdict, why)) for one in report.signatures
    )
    whole = _because(report.verdict, why)
    return replace(report, verdict=whole, signatures=signatures, asked=inquiry.words)


def _because(found: Verdict, why: str) -> Verdict:
    return replace(found, words=f"{found.words} {why}") if why and found.sub == TRY_LATER else found


def examine_apart(content: bytes, world: World, beside: bytes | None = None) -> Report:
    """Examine in a process of its own; what is too large is not handed to it.

    Raises: ExaminersBusy.
    """
    if len(content) + len(beside or b"") > MOST_BYTES:
        return _without(content, TOO_LARGE)
    if not free.acquire(timeout=WAIT_SECONDS):
        raise ExaminersBusy(said("Đang có nhiều người kiểm tra chữ ký; hãy thử lại sau ít phút."))
    try:
        answer = nursery.ask(order_of(world, content, beside), seconds=SECONDS)
    except NoAnswer:
        return _without(content, TOO_MUCH)
    finally:
        free.release()
    return _read(answer, content)


def _read(answer: bytes, content: bytes) -> Report:
    """Return the report, if it came to its end and speaks of this very file."""
    try:
        report = _REPORT.validate_json(answer)
    except ValidationError:
        return _without(content, TOO_MUCH)
    is_same = report.sha256 == sha256(content).hexdigest()
    return _marked(report) if is_same else _without(content, TOO_MUCH)


def _marked(report: Report) -> Report:
    """Return the report with keyed marks in the place of the holders' numbers."""
    shown = [
        replace(one, numbers=(), holder=tuple(people.mark_of_number(n) for n in one.numbers))
        for one in report.signatures
    ]
    return replace(report, signatures=tuple(shown))


def _without(content: bytes, found: Verdict) -> Report:
    return Report(sha256(content).hexdigest(), len(content), found)


def world_at(at: datetime) -> World:
    """Return whom we believe and what was revoked, as plain values. Costs: four queries."""
    view = trust.trust_view(at)
    return World(
        at=at,
        anchors={one.der: one.name for one in view.anchors},
        others=view.others,
        crls=view.crls,
        ocsps=view.ocsps,
        revoked=view.revoked,
    )
