"""What partners send becomes documents, whatever it leaves out or says a second time."""

import pytest

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document, State
from motcua.casework.documents.tests.make import Office, make_office, make_registered
from motcua.casework.documents.tests.test_exchanging import with_clerk
from motcua.casework.exchange.api import Business, BusinessKind, DocumentMessage
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
