"""What was sent is followed until it is answered; who has not answered is reminded."""

from datetime import date, timedelta

import pytest

from motcua.casework.documents.choices import Act, ScopeRole, State, StepKind
from motcua.casework.documents.models import Document, DocumentMove, DocumentStep, Recipient
from motcua.casework.documents.operations.arriving import refuse_arrival, register
from motcua.casework.documents.operations.chasing import chase, note_answer
from motcua.casework.documents.operations.directing import direct, give_back
from motcua.casework.documents.operations.drafting import begin_draft
from motcua.casework.documents.operations.exchanging import send
from motcua.casework.documents.operations.receiving import answer_for
from motcua.casework.documents.operations.reminding import tell_reminded
from motcua.casework.documents.operations.stepping import RouteIn
from motcua.casework.documents.queries.kin import kin_of
from motcua.casework.documents.queries.unanswered import open_answers, unanswered
from motcua.casework.documents.rules.directing import DirectiveIn, LineIn
from motcua.casework.exchange import api as exchange
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, Office, draft_of, make_office
from .test_exchanging import A_MINUTE, carried, make_delivered, make_issued, status_of

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 3, 6)
NEXT_WEEK = MONDAY + timedelta(days=7)


def make_asked() -> tuple[Office, Office, Document, Document]:
    """Return both ends, and a document that asks for an answer until Friday."""
    first, second, document, held = make_delivered()
    document.due_on = FRIDAY
    document.save(update_fields=["due_on"])
    return first, second, document, held


def registered(second: Office, held: Document) -> Document:
    """Register what came, before the leader, and let the sender know."""
    done = register(held.code, by=second.dung, at=MONDAY, to=RouteIn(second.root_id))
    answer_for(held.code, done.version, at=MONDAY)
    return done


def test_what_was_only_to_be_known_is_over_at_the_senders_too() -> None:
    _, second, document, held = make_delivered()
    registered(second, held)
    step = DocumentStep.objects.get(document=held, kind=StepKind.DIRECT)
    know = LineIn(ScopeRole.KNOW, second.division_id, name="Phòng Kinh tế")
    done = direct(held.code, step.seq, DirectiveIn("Biết", [know]), by=second.hoa, at=MONDAY)

    answer_for(held.code, done.version, at=MONDAY)
    carried(2)

    assert (done.state, status_of(document)) == (State.DONE, exchange.Status.FINISHED)


def test_the_sender_reads_why_a_registered_document_came_back() -> None:
    _, second, document, held = make_delivered()
    registered(second, held)
    given = give_back(held.code, "Gửi nhầm xã", by=second.dung, at=MONDAY)

    answer_for(held.code, given.version, at=MONDAY)
    carried(2)

    row = Recipient.objects.get(document=document)
    [shown] = exchange.envelopes_of(f"document:{document.code}")
    said = shown.recipients[0].moves[-1].reason
    assert (row.status, said) == (exchange.Status.REFUSED, "Gửi nhầm xã")


def test_who_has_not_answered_stands_on_the_list_until_it_does() -> None:
    first, _, document, _ = make_asked()

    before = open_answers(first.dung, on=FRIDAY)
    late = open_answers(first.dung, on=FRIDAY + timedelta(days=1), only_late=True)
    note_answer(
        document.code,
        [row.seq for row in unanswered(document)],
        "Công văn 15/UBND-VP, bản giấy",
        by=first.tuan,
        at=MONDAY,
    )

    assert [(one.document.pk, one.sent_to, len(one.waiting), one.is_late) for one in before] == [
        (document.pk, 1, 1, False)
    ]
    assert [one.is_late for one in late] == [True]
    assert open_answers(first.dung, on=FRIDAY) == []


def test_a_stranger_follows_nothing_of_ours() -> None:
    _, second, document, _ = make_asked()

    assert open_answers(second.dung, on=FRIDAY) == []
    with pytest.raises(NotAllowed):
        chase(document.code, [1], "", by=second.dung, at=MONDAY)


def test_who_has_not_answered_is_reminded_once() -> None:
    first, second, document, held = make_asked()
    clerk = make_officer_account("Văn thư xã", username="clerk")
    unit = Unit.objects.get(pk=second.registry_id)
    make_post(unit, PostRole.REGISTRY_CLERK, holder=clerk.officer)
    places = [row.seq for row in unanswered(document)]

    chased = chase(document.code, places, "Đã đến hạn", by=first.dung, at=NEXT_WEEK)
    for _ in range(2):
        tell_reminded(document.code, chased.version, at=NEXT_WEEK)
    [move] = DocumentMove.objects.filter(document=held, act=Act.REMIND)
    tell_reminded(held.code, move.seq, at=NEXT_WEEK)

    assert (move.by_name, move.note) == (document.issuer_name, "Nơi gửi đôn đốc: Đã đến hạn")
    notice = notifications.Notice.objects.get(account_id=clerk.pk)
    assert "UBND xã Mường Phăng đôn đốc giải quyết" in notice.body


def test_nobody_who_answered_is_reminded() -> None:
    first, _, document, _ = make_asked()
    Recipient.objects.filter(document=document).update(done_at=MONDAY)

    with pytest.raises(BadInput):
        chase(document.code, [1, 1000, 2000], "", by=first.dung, at=MONDAY)


def answered_by_wire(first: Office, second: Office, document: Document, held: Document) -> Document:
    """Return what the asker holds of an answer."""
    registered(second, held)
    answer = make_issued(second, first)
    Document.objects.filter(pk=answer.pk).update(answers_id=held.pk)
    Recipient.objects.filter(document=answer).update(
        agency_id=first.agency_id, code="H18.101", name="UBND xã Mường Phăng"
    )
    send(answer.code, by=second.dung, at=MONDAY + A_MINUTE)
    carried(3)

    return Document.objects.get(agency_id=first.agency_id, answers_id=document.pk)


def test_an_answer_by_wire_is_seen_beside_what_it_answers() -> None:
    first, second, document, held = make_asked()

    came = answered_by_wire(first, second, document, held)

    assert open_answers(first.dung, on=FRIDAY) == []
    assert [(word, one.pk) for word, one in kin_of(first.dung, document)] == [
        ("Được trả lời bằng", came.pk)
    ]


def test_an_answer_that_is_refused_is_none() -> None:
    first, second, document, held = make_asked()
    came = answered_by_wire(first, second, document, held)

    refuse_arrival(came.code, "Thiếu trang 2", by=first.dung, at=MONDAY + A_MINUTE)

    [shown] = open_answers(first.dung, on=FRIDAY)
    assert [one.pk for one in shown.waiting] == [one.pk for one in unanswered(document)]


def test_a_deadline_before_today_is_refused() -> None:
    first = make_office()
    yesterday = MONDAY.date() - timedelta(days=1)

    with pytest.raises(BadInput) as error:
        begin_draft(draft_of(first, due_on=yesterday), by=first.tuan, at=MONDAY)

    assert error.value.field == "due_on"
