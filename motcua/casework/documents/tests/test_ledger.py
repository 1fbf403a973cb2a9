"""What is entered and issued stands in the public ledger; who tampers with it is named."""

import pytest
from django.db import connection

from motcua.casework.documents.models import Document
from motcua.casework.documents.operations.arriving import refuse_arrival
from motcua.casework.documents.operations.issuing import PaperIssueIn, issue_on_paper
from motcua.casework.documents.queries.one import whole
from motcua.casework.documents.rules.promising import Seen, kind_of
from motcua.foundation.ledger import api as ledger

from .make import MONDAY, make_arrival, make_office, make_registered
from .test_outgoing import make_scene, make_to_sign

pytestmark = pytest.mark.django_db(transaction=True)


def leaves(document: Document) -> list[str]:
    return [leaf.kind for leaf in ledger.leaves_of(f"document:{document.code}")]


def sealed() -> Document:
    """Return a registered document whose leaf is sealed."""
    document = make_registered(make_office())
    ledger.seal("promises", at=MONDAY)
    return document


def issued() -> Document:
    """Return a document that was signed on paper and took its number."""
    scene = make_scene()
    code = make_to_sign(scene).code
    (step,) = whole(Document.objects.get(code=code)).open_steps()
    paper = PaperIssueIn("Nguyễn Thị Hoa", "Chủ tịch")
    return issue_on_paper(code, step.seq, paper, by=scene.office.dung, at=MONDAY)


def tamper(sql: str) -> None:
    """Do what somebody with all rights on the database does."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_registering_states_the_reception() -> None:
    document = make_registered(make_office())

    assert leaves(document) == ["doc_received"]
    assert list(ledger.verify()) == []


def test_what_is_only_there_or_refused_states_nothing() -> None:
    office = make_office()
    document = make_arrival(office)

    refuse_arrival(document.code, "Không gửi cho xã", by=office.dung, at=MONDAY)

    assert leaves(document) == []


def test_issuing_states_the_number_and_binds_it() -> None:
    document = issued()

    assert leaves(document) == ["doc_issued"]
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("state", "kind"), [("recalled", "doc_recalled"), ("replaced", "doc_replaced")]
)
def test_recalling_and_replacing_are_stated(state: str, kind: str) -> None:
    move = Seen("A", 1, "out", 4, MONDAY, "recall", "issued", state, 1, {}, "")

    assert kind_of(move) == kind


def test_the_leaf_tells_neither_number_nor_subject() -> None:
    document = make_registered(make_office())

    (leaf,) = ledger.leaves_of(f"document:{document.code}")

    public = leaf.content.decode()
    assert '"a":"H18.101"' in public
    hidden = (document.code, "SNV", "0123", "báo cáo", "document")
    assert [word for word in hidden if word in public] == []


def test_documents_are_not_counted_as_promises() -> None:
    sealed()

    assert list(ledger.months_of_agencies("2026-03")) == []


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        (
            "UPDATE documents_document SET registered_at = registered_at - interval '9 days'",
            "{name}: ngày vào sổ khác ngày cấp số ở việc thứ 2",
        ),
        (
            "UPDATE documents_document SET ordinal = 7",
            "{name}: số trong sổ khác số đã cấp ở việc thứ 2",
        ),
        (
            "UPDATE documents_documentmove SET at = at - interval '9 days' WHERE seq = 2",
            "{name}, Văn bản đến vào sổ (lần 2): hồ sơ nay nói khác",
        ),
        (
            "DELETE FROM documents_documentmove WHERE seq = 2",
            "{name}, Văn bản đến vào sổ (lần 2): việc này không còn trong hồ sơ",
        ),
    ],
    ids=["day of entry", "number", "back-dated", "deleted"],
)
def test_a_changed_number_is_named(sql: str, says: str) -> None:
    document = sealed()

    tamper(sql)

    found = [one.says for one in ledger.verify()]
    assert says.format(name=f"document:{document.code}") in found


def test_a_vanished_document_is_named_by_its_leaf() -> None:
    document = sealed()

    for table in ("documentmove", "documentstep", "documentscope", "documentfile", "document"):
        tamper(f"DELETE FROM documents_{table}")  # noqa: S608 -- our own tables

    words = f"document:{document.code}, Văn bản đến vào sổ (lần 2): hồ sơ không còn"
    assert next(iter(ledger.verify())) == ledger.Finding("promises", 0, words)
