"""To whom a document goes: by the address book, by a code that is typed, back to who asked."""

from dataclasses import replace

import pytest

from motcua.casework.documents.choices import Way
from motcua.casework.documents.models import Document
from motcua.casework.documents.operations.arriving import register
from motcua.casework.documents.operations.drafting import begin_draft
from motcua.casework.documents.operations.enveloping import envelope_for
from motcua.casework.documents.operations.receiving import take_message
from motcua.casework.documents.queries.addresses import asker_of, recipient_named
from motcua.casework.documents.rules.drafts import RecipientIn
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.tests.make import come, line, make_foreign, make_partner
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .make import ENTRY, MONDAY, draft_of, make_office
from .test_exchanging import with_clerk

pytestmark = pytest.mark.django_db
TODAY = local_day(MONDAY)
IDENTIFIER = f"H52.5,{TODAY:%Y/%m/%d},0123/SNV-CCHC"


@pytest.mark.parametrize("line", ["Ông Lò Văn A", "Lưu: VT (để báo cáo)", "Hội đồng (H18"])
def test_a_line_without_a_code_goes_as_the_clerk_chose(line: str) -> None:
    assert recipient_named(line, Way.EMAIL, TODAY) == RecipientIn(line, Way.EMAIL)


@pytest.mark.parametrize(
    ("way", "goes"), [(exchange.Way.VXP, Way.AXIS), (exchange.Way.PEER, Way.SITE)]
)
def test_a_code_outside_goes_by_the_way_of_its_partner(way: exchange.Way, goes: Way) -> None:
    make_partner(way=way, codes=("G09",))

    named = recipient_named("Bộ Nội vụ (G09.2)", Way.PAPER, TODAY)

    assert named == RecipientIn("Bộ Nội vụ", goes, code="G09.2")


def test_a_code_of_ours_stays_inside() -> None:
    office = make_office("H18.102", "UBND xã Pu Nhi")

    named = recipient_named("Pu Nhi (H18.102)", Way.PAPER, TODAY)

    assert named == RecipientIn("UBND xã Pu Nhi", Way.INSIDE, office.agency_id, "H18.102")


def test_a_code_nobody_leads_to_is_told() -> None:
    with pytest.raises(BadInput, match=r"Chưa có đường liên thông tới Bộ Nội vụ \(G09\)"):
        recipient_named("Bộ Nội vụ (G09)", Way.PAPER, TODAY)


def make_answer() -> tuple[Document, Document]:
    """Let a document of Sơn La come, and begin to answer it."""
    office = with_clerk(make_office(), "VT1")
    make_partner()
    taken = come(make_foreign(issued_on=TODAY, document_id=IDENTIFIER), line())
    take_message(taken.code, office.agency_id, at=MONDAY)
    asked = Document.objects.get(agency_id=office.agency_id)
    return asked, begin_draft(draft_of(office, answers=asked.code), by=office.tuan, at=MONDAY)


def test_who_asked_is_answered() -> None:
    _, answer = make_answer()

    assert asker_of(answer) == RecipientIn("Sở Nội vụ tỉnh Sơn La", Way.AXIS, code="H52.5")


@pytest.mark.parametrize(
    ("issuer", "code"), [("Sở Nội vụ tỉnh Sơn La", "H52.5"), ("Sở Y tế tỉnh Sơn La", "")]
)
def test_the_same_issuer_keeps_its_code_in_the_register(issuer: str, code: str) -> None:
    office = with_clerk(make_office(), "VT1")
    make_partner()
    taken = come(make_foreign(), line())
    take_message(taken.code, office.agency_id, at=MONDAY)
    asked = Document.objects.get(agency_id=office.agency_id)

    entry = replace(ENTRY, issuer_name=issuer, issuer_code="")
    registered = register(asked.code, entry, by=office.dung, at=MONDAY)

    assert registered.issuer_code == code


def test_what_answers_nobody_has_no_asker() -> None:
    office = make_office()

    assert asker_of(begin_draft(draft_of(office), by=office.tuan, at=MONDAY)) is None


def test_the_message_names_the_document_it_answers() -> None:
    asked, answer = make_answer()

    outgoing = envelope_for(answer, ["H52.5"], exchange.Business(), MONDAY)

    [named] = outgoing.document.answers
    assert (named.organ, named.code, named.document_id) == (
        "H52.5",
        "0123/SNV-CCHC",
        asked.identifier,
    )
    assert asked.identifier == IDENTIFIER
