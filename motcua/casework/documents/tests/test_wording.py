import pytest

from motcua.casework.documents.api import FileIn, FileRole, documents_by_ids
from motcua.casework.documents.operations.finding import rescope
from motcua.casework.documents.operations.wording import index_words
from motcua.foundation.files import api as files
from motcua.foundation.search import api as search
from motcua.lib.actor import SYSTEM, Actor

from .make import MONDAY, Office, make_arrival, make_office, make_registered

pytestmark = pytest.mark.django_db


def found(actor: Actor, words: str) -> list[tuple[str, int]]:
    """Return the codes of the documents found by these words, and the page."""
    hits = search.find_text(words, kinds=("document",), scope_ids=actor.scope_ids).rows
    seen = documents_by_ids(actor, [hit.subject_id for hit in hits])
    return [(seen[hit.subject_id].code, hit.page) for hit in hits if hit.subject_id in seen]


def with_file(office: Office, text: str) -> str:
    stored = files.keep_bytes(text.encode(), "text/plain", by=SYSTEM, at=MONDAY)
    given = FileIn(FileRole.MAIN, stored.pk, "cong-van.txt")
    code = make_arrival(office, files=[given]).code
    index_words(code)
    return code


def test_a_document_is_found_by_the_words_of_its_file() -> None:
    office = make_office()
    stranger = make_office("H18.102", "UBND xã Nà Tấu", first=701)

    code = with_file(office, "Đề nghị rà soát nhà tạm, nhà dột nát")

    assert [found(actor, "nhà dột nát") for actor in (office.dung, stranger.dung)] == [
        [(code, 1)],
        [],
    ]


def test_a_document_without_words_is_found_by_its_subject() -> None:
    office = make_office()
    code = make_arrival(office).code

    index_words(code)

    assert found(office.dung, "giải quyết thủ tục hành chính") == [(code, 1)]


def test_who_sees_a_document_later_finds_its_words_later() -> None:
    office = make_office()
    document = make_registered(office)
    index_words(document.code)
    before = found(office.tuan, "thủ tục hành chính")

    rescope(document.pk)

    assert (before, found(office.hoa, "thủ tục hành chính")) == ([], [(document.code, 1)])
