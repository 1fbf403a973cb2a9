"""What was sent is brought up to date, replaced, corrected by a letter, or taken back in places."""

from datetime import date

import pytest

from motcua.casework.documents.choices import Act, FileRole, State, StepKind, Way
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import (
    Document,
    DocumentFile,
    DocumentMove,
    DocumentStep,
    Recipient,
)
from motcua.casework.documents.operations.arriving import refuse_arrival, register
from motcua.casework.documents.operations.changing import UpdateIn, recall, update_sent
from motcua.casework.documents.operations.drafting import begin_draft, set_recipients, submit
from motcua.casework.documents.operations.exchanging import send
from motcua.casework.documents.operations.issuing import PaperIssueIn, issue_on_paper
from motcua.casework.documents.operations.receiving import answer_recall, take_message
from motcua.casework.documents.operations.stepping import RouteIn
from motcua.casework.documents.queries.changes import ChangeShown, changes_of
from motcua.casework.documents.rules.arrival import FileIn
from motcua.casework.documents.rules.drafts import RecipientIn
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.papers.api import DocumentKind
from motcua.lib.errors import BadInput

from .make import MONDAY, Office, draft_of
from .test_exchanging import carried, make_delivered

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 20)


def annex(office: Office) -> FileIn:
    content = make_pdf(pages=2)
    stored = files.keep_bytes(content, "application/pdf", by=office.dung, at=MONDAY)
    return FileIn(FileRole.ATTACHMENT, stored.pk, "phu-luc.pdf")


def asked(held: Document) -> DocumentStep:
    return DocumentStep.objects.get(document_id=held.pk, kind=StepKind.RECALL, closed_at=None)


def answered(held: Document, office: Office, *, agrees: bool, reason: str = "") -> Document:
    step = asked(held)
    given = answer_recall(
        held.code, step.seq, agrees=agrees, reason=reason, by=office.dung, at=MONDAY
    )
    carried(9)
    return given


def shown(document: Document) -> ChangeShown:
    moves = DocumentMove.objects.filter(document=document).order_by("seq")
    return changes_of(document, list(moves))[0]


def issue(draft_code: str, office: Office) -> Document:
    """Issue a draft on paper, with its scan."""
    submit(draft_code, RouteIn(office.division_id), by=office.tuan, at=MONDAY)
    step = DocumentStep.objects.get(document__code=draft_code, closed_at=None)
    DocumentStep.objects.filter(document__code=draft_code, closed_at=None).update(
        kind=StepKind.SIGN
    )
    scan = files.keep_bytes(make_pdf(pages=3), "application/pdf", by=office.dung, at=MONDAY)
    paper = PaperIssueIn("Nguyễn Thị Hoa", "Chủ tịch", scan.pk)
    return issue_on_paper(draft_code, step.seq, paper, by=office.dung, at=MONDAY)


def test_an_update_brings_its_files_and_its_deadline_to_the_receiver() -> None:
    first, second, document, held = make_delivered()
    register(held.code, by=second.dung, at=MONDAY)
    update = UpdateIn("Gửi thiếu phụ lục", DUE, [annex(first)])

    update_sent(document.code, update, by=first.dung, at=MONDAY)
    carried(2)
    given = answered(held, second, agrees=True)

    files_held = DocumentFile.objects.filter(document=held).order_by("seq")
    assert (given.state, given.due_on) == (State.REGISTERED, DUE)
    assert [one.name for one in files_held][1:] == ["phu-luc.pdf"]


def test_the_sender_reads_what_each_receiver_said_of_an_update() -> None:
    first, second, document, held = make_delivered()
    update_sent(document.code, UpdateIn("Gia hạn", DUE), by=first.dung, at=MONDAY)
    carried(2)
    assert shown(document).answers[0].words == "Chưa trả lời"

    answered(held, second, agrees=False, reason="Đã làm xong")

    [said] = shown(document).answers
    assert (said.is_declined, said.reason) == (True, "Đã làm xong")
    assert shown(document).what == ("Hạn nêu trong văn bản: chưa có → 20/03/2026",)


@pytest.mark.parametrize(
    ("reason", "due"), [("", DUE), ("Gia hạn", None), ("Gia hạn", date(2026, 3, 1))]
)
def test_an_update_without_reason_or_change_is_refused(reason: str, due: date | None) -> None:
    first, _, document, _ = make_delivered()

    with pytest.raises(BadInput):
        update_sent(document.code, UpdateIn(reason, due), by=first.dung, at=MONDAY)


def test_a_document_is_taken_back_from_one_place_and_stands_elsewhere() -> None:
    first, second, document, held = make_delivered()

    recall(document.code, "Gửi nhầm xã", by=first.dung, at=MONDAY, only=["H18.102"])
    carried(2)
    answered(held, second, agrees=True)

    document.refresh_from_db()
    held.refresh_from_db()
    row = Recipient.objects.get(document_id=document.pk, removed_at=None)
    assert (document.state, held.state, row.status) == (State.ISSUED, State.RECALLED, "15")


def test_a_replacement_ends_the_older_document_at_both_ends() -> None:
    first, second, document, held = make_delivered()
    register(held.code, by=second.dung, at=MONDAY)
    facts = {"replaces": document.code, "change_reason": "Sai số liệu"}
    draft = begin_draft(draft_of(first, **facts), by=first.tuan, at=MONDAY)
    newer = issue(draft.code, first)
    send(newer.code, by=first.dung, at=MONDAY)
    carried(2)

    given = answered(held, second, agrees=True)

    document.refresh_from_db()
    arrived = Document.objects.get(agency_id=second.agency_id, state=State.ARRIVED)
    assert (document.state, document.replaced_by_id) == (State.REPLACED, newer.pk)
    assert (given.state, given.replaced_by_id) == (State.REPLACED, arrived.pk)
    assert asked_words(held) == "Sai số liệu"
    row = Recipient.objects.get(document=newer)
    assert (row.status, row.status_words) == ("01", "Đã đến; đồng ý thay văn bản cũ")


def test_who_has_the_older_document_and_gets_no_newer_one_is_asked_for_it() -> None:
    first, second, document, held = make_delivered()
    register(held.code, by=second.dung, at=MONDAY)
    facts = {"replaces": document.code, "change_reason": "Sai số liệu"}
    draft = begin_draft(draft_of(first, **facts), by=first.tuan, at=MONDAY)
    elsewhere = [RecipientIn("Ông Lò Văn A", Way.PAPER)]
    set_recipients(draft.code, elsewhere, by=first.tuan, at=MONDAY)
    newer = issue(draft.code, first)

    send(newer.code, by=first.dung, at=MONDAY)
    carried(2)
    given = answered(held, second, agrees=True)

    assert (given.state, asked_words(held)) == (
        State.RECALLED,
        f"Đã thay thế bằng Công văn {newer.number}/{newer.notation}: Sai số liệu",
    )


def test_what_was_recalled_before_it_was_replaced_is_asked_back_once() -> None:
    first, _, document, _ = make_delivered()
    facts = {"replaces": document.code, "change_reason": "Sai số liệu"}
    draft = begin_draft(draft_of(first, **facts), by=first.tuan, at=MONDAY)
    elsewhere = [RecipientIn("Ông Lò Văn A", Way.PAPER)]
    set_recipients(draft.code, elsewhere, by=first.tuan, at=MONDAY)
    recall(document.code, "Ban hành nhầm", by=first.dung, at=MONDAY)

    send(issue(draft.code, first).code, by=first.dung, at=MONDAY)

    assert DocumentMove.objects.filter(document=document, act=Act.RECALL).count() == 1


def asked_words(held: Document) -> str:
    return DocumentStep.objects.get(document_id=held.pk, kind=StepKind.RECALL).words


def test_a_replacement_is_of_the_same_kind_and_goes_to_the_same_places() -> None:
    first, second, document, _ = make_delivered()
    facts = {"replaces": document.code, "change_reason": "Sai số liệu"}
    wrong = draft_of(first, kind=DocumentKind.DECISION, **facts)

    with pytest.raises(BadInput, match="cùng loại"):
        begin_draft(wrong, by=first.tuan, at=MONDAY)
    draft = begin_draft(draft_of(first, **facts), by=first.tuan, at=MONDAY)

    row = Recipient.objects.get(document=draft)
    assert (row.agency_id, row.way) == (second.agency_id, Way.INSIDE)


def test_a_letter_of_correction_is_put_beside_what_it_corrects() -> None:
    first, second, document, held = make_delivered()
    facts = {"amends": document.code, "change_reason": "Sai thể thức"}
    draft = begin_draft(draft_of(first, **facts), by=first.tuan, at=MONDAY)
    letter = issue(draft.code, first)
    send(letter.code, by=first.dung, at=MONDAY)
    carried(2)

    answered(held, second, agrees=True)

    document.refresh_from_db()
    acts = DocumentMove.objects.filter(document=document).order_by("seq")
    assert list(acts.values_list("act", flat=True))[-2:] == [Act.AMEND, Act.UPDATE_SENT]
    assert (document.state, shown(document).kind) == (State.ISSUED, "Đính chính")
    assert DocumentFile.objects.filter(document=held, description="Nơi gửi bổ sung").count() == 1
    assert Document.objects.filter(agency_id=second.agency_id, state=State.ARRIVED).count() == 2


def test_a_correction_without_a_reason_is_refused() -> None:
    first, _, document, _ = make_delivered()

    with pytest.raises(BadInput):
        begin_draft(draft_of(first, amends=document.code), by=first.tuan, at=MONDAY)


def test_only_what_is_in_force_is_replaced() -> None:
    first, _, document, _ = make_delivered()
    recall(document.code, "Ban hành nhầm", by=first.dung, at=MONDAY)
    facts = {"replaces": document.code, "change_reason": "Sai số liệu"}

    with pytest.raises(BadInput):
        begin_draft(draft_of(first, **facts), by=first.tuan, at=MONDAY)


def test_who_refused_a_document_is_asked_nothing_and_agrees_to_its_recall() -> None:
    first, second, document, held = make_delivered()
    refuse_arrival(held.code, "Gửi nhầm", by=second.dung, at=MONDAY)

    recall(document.code, "Ban hành nhầm", by=first.dung, at=MONDAY)
    carried(2)
    carried(3)

    [said] = shown(document).answers
    assert (said.is_agreed, DocumentStep.objects.filter(kind=StepKind.RECALL).count()) == (True, 0)


def test_two_changes_are_answered_each_for_itself() -> None:
    first, second, document, held = make_delivered()
    update_sent(document.code, UpdateIn("Gia hạn", DUE), by=first.dung, at=MONDAY)
    carried(2)
    recall(document.code, "Ban hành nhầm", by=first.dung, at=MONDAY)
    carried(3)
    steps = DocumentStep.objects.filter(document_id=held.pk, kind=StepKind.RECALL).order_by("seq")
    earlier = steps[0]

    answer_recall(held.code, earlier.seq, agrees=True, reason="", by=second.dung, at=MONDAY)

    held.refresh_from_db()
    assert (held.state, held.due_on) == (State.ARRIVED, DUE)


def test_an_update_told_twice_asks_once() -> None:
    first, second, document, held = make_delivered()
    update_sent(document.code, UpdateIn("Gia hạn", DUE), by=first.dung, at=MONDAY)
    carried(2)
    move = DocumentMove.objects.get(document=held, act=Act.FREEZE)

    take_message(move.detail["envelope"], second.agency_id, at=MONDAY)

    assert DocumentStep.objects.filter(kind=StepKind.RECALL).count() == 1


def test_what_was_sent_nowhere_by_wire_cannot_be_updated() -> None:
    first, _, document, _ = make_delivered()
    Recipient.objects.filter(document_id=document.pk).update(envelope="", way=Way.PAPER)

    with pytest.raises(DocumentError, match="chưa gửi"):
        update_sent(document.code, UpdateIn("Gia hạn", DUE), by=first.dung, at=MONDAY)
