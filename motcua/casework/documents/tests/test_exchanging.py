"""A document goes from one agency to another, is answered there, recalled and given back."""

import json
from datetime import timedelta
from typing import Any

import pytest

from motcua.casework.documents.choices import Source, State, StepKind, Way
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentStep, Recipient
from motcua.casework.documents.operations.arriving import refuse_arrival, register
from motcua.casework.documents.operations.changing import recall
from motcua.casework.documents.operations.drafting import begin_draft, set_recipients, submit
from motcua.casework.documents.operations.exchanging import send, take_state
from motcua.casework.documents.operations.issuing import PaperIssueIn, issue_on_paper
from motcua.casework.documents.operations.receiving import (
    answer_for,
    answer_recall,
    take_asked_back,
    take_message,
)
from motcua.casework.documents.operations.stepping import RouteIn
from motcua.casework.documents.queries.addresses import address_book
from motcua.casework.documents.rules.drafts import RecipientIn
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.tests.make import (
    Recording,
    come,
    line,
    make_foreign,
    make_partner,
    make_said,
)
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_officer, make_post
from motcua.lib import work
from motcua.lib.errors import BadInput

from .make import MONDAY, Office, draft_of, make_office

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


def with_clerk(office: Office, code: str) -> Office:
    """Let the registry have a clerk, so that messages know where to go."""
    registry = Unit.objects.get(pk=office.registry_id)
    make_post(registry, PostRole.REGISTRY_CLERK, holder=make_officer("Văn thư", code=code))
    return office


def make_two() -> tuple[Office, Office]:
    """Return who sends and who receives."""
    first = with_clerk(make_office(), "VT1")
    second = with_clerk(make_office("H18.102", "UBND xã Pu Nhi", first=611), "VT2")
    return first, second


def make_issued(office: Office, to: Office) -> Document:
    """Issue a document on paper, with its scan, that is to go to another agency."""
    document = begin_draft(draft_of(office), by=office.tuan, at=MONDAY)
    wanted = [RecipientIn("UBND xã Pu Nhi", Way.INSIDE, to.agency_id, "H18.102")]
    set_recipients(document.code, wanted, by=office.tuan, at=MONDAY)
    submit(document.code, RouteIn(office.division_id), by=office.tuan, at=MONDAY)
    step = DocumentStep.objects.get(document_id=document.pk, closed_at=None)
    step.kind = StepKind.SIGN
    step.save(update_fields=["kind"])
    scan = files.keep_bytes(make_pdf(), "application/pdf", by=office.dung, at=MONDAY)
    paper = PaperIssueIn("Nguyễn Thị Hoa", "Chủ tịch", scan.pk)
    return issue_on_paper(document.code, step.seq, paper, by=office.dung, at=MONDAY)


def carried(at_minutes: int = 1) -> None:
    """Let the worker carry messages and tell everybody what it must."""
    at = MONDAY + at_minutes * A_MINUTE
    exchange.carry_due(at=at)
    rows = work.fetch("SELECT topic, payload FROM outbox_fact ORDER BY id", [])
    for topic, payload in [(topic, json.loads(text)) for topic, text in rows]:
        if topic == "exchange.envelope_arrived":
            take_message(payload["code"], payload["agency_id"], at=at)
        if topic == "exchange.envelope_state_changed":
            code = payload["owner"].removeprefix("document:")
            take_state(code, payload["receiver_code"], payload["code"], at=at)


def make_delivered() -> tuple[Office, Office, Document, Document]:
    """Return both agencies, what one sent, and what the other holds of it."""
    first, second = make_two()
    document = make_issued(first, second)
    send(document.code, by=first.dung, at=MONDAY)
    carried()
    held = Document.objects.get(agency_id=second.agency_id)
    return first, second, document, held


def latest_move(document: Document) -> int:
    document.refresh_from_db()
    return document.version


def status_of(document: Document) -> str:
    return Recipient.objects.get(document_id=document.pk, removed_at=None).status


def test_a_document_that_was_sent_waits_at_the_others_registry() -> None:
    _, second, document, held = make_delivered()

    document.refresh_from_db()
    assert (held.state, held.unit_id, held.identifier, held.subject) == (
        State.ARRIVED,
        second.registry_id,
        document.identifier,
        document.subject,
    )
    assert status_of(document) == exchange.Status.ARRIVED


def test_what_the_receiver_does_is_seen_by_the_sender() -> None:
    _, second, document, held = make_delivered()
    register(held.code, by=second.dung, at=MONDAY + 2 * A_MINUTE)

    answer_for(held.code, latest_move(held), at=MONDAY + 2 * A_MINUTE)
    carried(3)

    row = Recipient.objects.get(document_id=document.pk, removed_at=None)
    assert (row.status, row.registered_at) == (
        exchange.Status.ACCEPTED,
        MONDAY + 2 * A_MINUTE,
    )
    [shown] = exchange.envelopes_of(f"document:{document.code}")
    assert shown.recipients[0].moves[-1].by_name == second.dung.name


def test_a_refusal_comes_back_with_its_reason() -> None:
    _, second, document, held = make_delivered()
    refuse_arrival(held.code, "Gửi nhầm xã", by=second.dung, at=MONDAY)

    answer_for(held.code, latest_move(held), at=MONDAY)
    carried(3)

    assert status_of(document) == exchange.Status.REFUSED


def test_a_message_told_twice_makes_one_document() -> None:
    _, second, _, held = make_delivered()

    take_message(held.envelope, second.agency_id, at=MONDAY)

    assert Document.objects.filter(agency_id=second.agency_id).count() == 1


def test_a_recall_waits_for_the_clerk_who_gives_the_document_back() -> None:
    first, second, document, held = make_delivered()
    register(held.code, by=second.dung, at=MONDAY)

    recall(document.code, "Ban hành nhầm", by=first.dung, at=MONDAY)
    carried(2)
    step = DocumentStep.objects.get(document_id=held.pk, kind=StepKind.RECALL)
    given = answer_recall(held.code, step.seq, agrees=True, reason="", by=second.dung, at=MONDAY)

    document.refresh_from_db()
    assert (document.state, given.state, given.ordinal) == (State.RECALLED, State.RECALLED, 1)
    assert step.words == "Ban hành nhầm"


def test_who_keeps_a_recalled_document_says_why() -> None:
    first, second, document, held = make_delivered()
    register(held.code, by=second.dung, at=MONDAY)
    recall(document.code, "Ban hành nhầm", by=first.dung, at=MONDAY)
    carried(2)
    step = DocumentStep.objects.get(document_id=held.pk, kind=StepKind.RECALL)

    with pytest.raises(BadInput):
        answer_recall(held.code, step.seq, agrees=False, reason="", by=second.dung, at=MONDAY)
    kept = answer_recall(
        held.code, step.seq, agrees=False, reason="Đã thực hiện xong", by=second.dung, at=MONDAY
    )

    assert kept.state == State.REGISTERED


def test_nothing_is_sent_twice_to_the_same_place() -> None:
    first, _, document, _ = make_delivered()

    with pytest.raises(DocumentError):
        send(document.code, by=first.dung, at=MONDAY)


def test_a_document_that_is_not_issued_is_not_sent() -> None:
    first, second = make_two()
    document = begin_draft(draft_of(first), by=first.tuan, at=MONDAY)
    wanted = [RecipientIn("UBND xã Pu Nhi", Way.INSIDE, second.agency_id, "H18.102")]
    set_recipients(document.code, wanted, by=first.tuan, at=MONDAY)

    with pytest.raises(DocumentError):
        send(document.code, by=first.dung, at=MONDAY)


def make_outside(office: Office, **changes: Any) -> exchange.TakenIn:
    """Let a document of another province come to the first agency; its day is in the future."""
    make_partner()
    message = make_foreign(**changes)
    taken = come(message, at=MONDAY)
    take_message(taken.code, office.agency_id, at=MONDAY)
    return taken


def test_what_came_from_outside_says_so() -> None:
    office = with_clerk(make_office(), "VT1")

    taken = make_outside(office)

    held = Document.objects.get(envelope=taken.code)
    assert (held.source, held.issuer_code, held.number) == (Source.AXIS, "H52.5", "0123")


def test_what_no_register_can_hold_still_reaches_the_clerk() -> None:
    office = with_clerk(make_office(), "VT1")

    taken = make_outside(office, subject="dài" * 500, number="1" * 40)

    held = Document.objects.get(envelope=taken.code)
    assert (held.issued_on, len(held.subject), held.state) == (None, 1000, State.ARRIVED)
    assert {"future", "text-too-long"} <= {one.rule for one in exchange.findings_of(taken.code)}


def test_a_sender_outside_who_asks_it_back_waits_for_the_clerk() -> None:
    office = with_clerk(make_office(), "VT1")
    taken = make_outside(office)
    held = Document.objects.get(envelope=taken.code)
    register(held.code, by=office.dung, at=MONDAY)
    answer_for(held.code, latest_move(held), at=MONDAY)
    asks = make_said("13", make_foreign().document_id, description="Sai phụ lục")
    come(asks, line(1, kind=exchange.MessageKind.STATUS), at=MONDAY)

    owner = f"document:{held.code}"
    take_asked_back(taken.code, owner, at=MONDAY)
    take_asked_back(taken.code, owner, at=MONDAY)

    [step] = DocumentStep.objects.filter(document=held, kind=StepKind.RECALL, closed_at=None)
    answer_recall(held.code, step.seq, agrees=True, reason="", by=office.dung, at=MONDAY)
    held.refresh_from_db()
    shown = exchange.find_envelope(taken.code)
    assert shown is not None
    assert (step.words, held.state, shown.recipients[0].side) == (
        "Sai phụ lục",
        State.RECALLED,
        "15",
    )


def test_the_address_book_ends_with_those_whom_partners_reach() -> None:
    office, _ = make_two()
    exchange.greet(make_partner(), Recording(), at=MONDAY)

    book = address_book(office.agency_id, MONDAY.date())

    assert [(one.name, one.way) for one in book] == [
        ("UBND xã Pu Nhi", Way.INSIDE),
        ("Sở Nội vụ (Tỉnh Sơn La)", Way.SITE),
    ]
