"""What partners send becomes documents, whatever it leaves out, says twice or is not theirs."""

import pytest

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document, State
from motcua.casework.documents.tests.make import Office, make_office, make_registered
from motcua.casework.documents.tests.test_exchanging import with_clerk
from motcua.casework.exchange.api import Business, BusinessKind, DocumentMessage, Organ
from motcua.casework.exchange.tests.partners import come, line, make_foreign, make_partner
from motcua.casework.exchange.tests.sending import LATER

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Let Sơn La be a partner of Mường Phăng."""
    found = with_clerk(make_office(), "VT")
    make_partner()
    return found


def take(office: Office, message: DocumentMessage, number: int = 1) -> Document:
    """Return the newest document after a message has come."""
    code = come(message, line(number)).code
    documents.take_message(code, office.agency_id, at=LATER)
    return Document.objects.order_by("-pk")[0]


def test_what_was_refused_and_comes_again_waits_for_the_clerk(office: Office) -> None:
    first = take(office, make_foreign())
    documents.refuse_arrival(first.code, "Thiếu trang 2", by=office.dung, at=LATER)

    again = take(office, make_foreign(subject="Gửi lại đủ trang"), 2)

    assert (again.state, again.duplicate_of_id) == (State.ARRIVED, None)


def test_what_we_hold_and_comes_again_is_linked(office: Office) -> None:
    first = take(office, make_foreign())

    again = take(office, make_foreign(subject="Gửi lần hai"), 2)

    assert (again.state, again.duplicate_of_id) == (State.LINKED, first.pk)


def test_a_message_without_an_identifier_is_no_duplicate_of_papers(office: Office) -> None:
    make_registered(office)

    taken = take(office, make_foreign(document_id=""))

    assert (taken.state, taken.duplicate_of_id) == (State.ARRIVED, None)


def test_a_recall_without_an_identifier_concerns_no_papers(office: Office) -> None:
    paper = make_registered(office)
    recall = Business(kind=BusinessKind.RECALL, reason="Ban hành nhầm")

    take(office, make_foreign(document_id="", business=recall))

    steps = documents.whole(paper).open_steps()
    assert [one.kind for one in steps] == [documents.StepKind.DIRECT]


@pytest.mark.parametrize(("code", "is_stranger"), [("H52.5", False), ("H12.5", True)])
def test_the_clerk_reads_who_asks_and_that_it_is_not_who_sent(
    office: Office, code: str, *, is_stranger: bool
) -> None:
    make_partner(code="tinh-lai-chau", name="Tỉnh Lai Châu", codes=("H12",))
    held = take(office, make_foreign())
    recall = Business(kind=BusinessKind.RECALL, reason="Ban hành nhầm", document_id=held.identifier)
    asking = make_foreign(sender=Organ(code, "Sở Nội vụ"), document_id="", business=recall)
    partner = "tinh-lai-chau" if is_stranger else "tinh-son-la"

    taken = come(asking, line(7, counterpart=partner, sender_code=code))
    documents.take_message(taken.code, office.agency_id, at=LATER)

    [step] = (one for one in documents.whole(held).open_steps() if one.kind == "recall")
    asked = documents.asked_change(held, step)
    errors = ("Phần tử “DocumentId” không có nội dung.",)
    assert (asked.asker, asked.is_stranger, asked.errors) == ("Sở Nội vụ", is_stranger, errors)
