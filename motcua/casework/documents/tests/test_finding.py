"""Documents are found as people ask for them, by those alone who may see them."""

from datetime import date
from typing import Any

import pytest

from motcua.casework.documents.choices import Direction, ScopeRole
from motcua.casework.documents.models import Document, DocumentScope
from motcua.casework.documents.operations.directing import direct
from motcua.casework.documents.operations.finding import every_entry, rescope
from motcua.casework.documents.queries.finding import search_documents
from motcua.casework.documents.rules.directing import DirectiveIn, LineIn
from motcua.casework.documents.rules.finding import Wanted, says_number, spans
from motcua.foundation.papers.api import DocumentKind
from motcua.foundation.search import api as search
from motcua.lib.actor import Actor

from .make import ENTRY, MONDAY, Office, make_arrival, make_office, make_registered, other

TODAY = date(2026, 3, 2)
DECISION = other(
    subject="Về việc phê duyệt kế hoạch hoa màu vụ xuân",
    issuer_name="Ủy ban nhân dân tỉnh Điện Biên",
    kind=DocumentKind.DECISION,
    number="05",
    notation="2026/QĐ-UBND",
    issued_on=date(2026, 1, 15),
)
PARTY = other(
    subject="Về việc hòa giải ở cơ sở",
    issuer_name="Tỉnh ủy Điện Biên",
    number="123",
    notation="QĐ/TU",
    issued_on=date(2025, 12, 31),
)


def make_three() -> Office:
    """Return an office that holds a letter, a decision and a document of the Party."""
    office = make_office()
    for entry in (ENTRY, DECISION, PARTY):
        make_registered(office, entry)
    return office


def found(actor: Actor, **wanted: Any) -> list[str]:
    page = search_documents(actor, Wanted(**wanted), today=TODAY)
    return [one.document.number for one in page.rows]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"named": "123-QĐ/TU"}, ["123"]),
        ({"named": "qđ/tu"}, ["123"]),
        ({"named": "Số: 05"}, ["05"]),
        ({"named": "5/2026/QD-UBND"}, ["05"]),
        ({"named": "2026/QĐ-UBND"}, ["05"]),
        ({"named": "05/QĐ-UBND"}, ["05"]),
        ({"named": "7/QĐ-UBND"}, []),
        ({"words": "0123/SNV-CCHC"}, ["0123"]),
        ({"words": "Số 5/2026"}, ["05"]),
        ({"issuer": "UBND tỉnh Điện Biên"}, ["05"]),
        ({"issuer": "dien bien"}, ["123", "05"]),
        ({"kind": int(DocumentKind.DECISION)}, ["05"]),
        ({"ordinal": 2}, ["05"]),
        ({"since": date(2026, 1, 1), "until": date(2026, 1, 31)}, ["05"]),
        ({"until": date(2025, 12, 31)}, ["123"]),
        ({"since": date(2026, 3, 1), "by_entry": True, "words": "hòa giải"}, ["123"]),
        ({"since": date(2027, 1, 1)}, []),
        ({"direction": Direction.OUTGOING}, []),
        ({"words": "thủ tục hành chính", "issuer": "Sở Nội vụ"}, ["0123"]),
        ({}, []),
    ],
)
def test_people_find_what_they_ask_for(wanted: dict[str, Any], numbers: list[str]) -> None:
    office = make_three()

    assert found(office.dung, **wanted) == numbers


@pytest.mark.django_db
def test_the_very_tones_come_first_and_without_tones_all_are_found() -> None:
    office = make_three()

    with_tones = search_documents(office.dung, Wanted("hoà"), today=TODAY).rows
    without = found(office.dung, words="hoa")

    assert [(one.document.number, one.is_exact) for one in with_tones] == [
        ("123", True),
        ("05", False),
    ]
    assert without == ["123", "05"]


@pytest.mark.django_db
def test_nobody_finds_what_he_may_not_see() -> None:
    office = make_three()
    stranger = make_office("H18.102", "UBND xã Nà Tấu", first=701)

    assert found(stranger.dung, kind=int(DocumentKind.DECISION)) == []
    assert found(office.tuan, kind=int(DocumentKind.DECISION)) == []


@pytest.mark.django_db
def test_who_is_named_finds_the_document_from_then_on() -> None:
    office = make_office()
    document = make_registered(office, DECISION)
    step = document.version * 1000
    line = LineIn(ScopeRole.KNOW, office.division_id, None, "Phòng Kinh tế", "", None)
    direct(document.code, step, DirectiveIn("Để biết", [line]), by=office.hoa, at=MONDAY)

    rescope(document.pk)

    assert found(office.tuan, named="05") == ["05"]


@pytest.mark.django_db
def test_a_hit_that_is_no_longer_ours_is_left_out() -> None:
    office = make_three()
    decision = Document.objects.get(number="05")
    DocumentScope.objects.filter(document=decision).delete()

    assert found(office.dung, issuer="dien bien") == ["123"]


@pytest.mark.django_db
@pytest.mark.parametrize("share", [0.0, 0.9])
def test_a_search_goes_on_where_its_page_ended(
    share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = {"do#ch:incoming": share}
    monkeypatch.setattr("motcua.foundation.search.queries.entries.common_terms", lambda: common)
    office = make_three()
    wanted = Wanted(direction=Direction.INCOMING)

    first = search_documents(office.dung, wanted, today=TODAY, limit=2)
    second = search_documents(office.dung, wanted, today=TODAY, limit=2, after=first.next)

    numbers = [[one.document.number for one in page.rows] for page in (first, second)]
    assert numbers == [["123", "05"], ["0123"]]


@pytest.mark.django_db
def test_what_was_rebuilt_is_found_as_before() -> None:
    office = make_three()

    search.rebuild("document")

    assert len(list(every_entry())) == 3
    assert found(office.hoa, named="5") == ["05"]


@pytest.mark.django_db
def test_an_arrival_is_found_at_once_by_its_registry_and_those_above() -> None:
    office = make_office()
    make_arrival(office, DECISION)

    assert (found(office.dung, named="05"), found(office.hoa, named="05")) == (["05"], ["05"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("123/QĐ-UBND", True),
        ("123-QĐ/TU", True),
        ("Số: 05", True),
        ("45a/TB", True),
        ("2026", False),
        ("12/3", False),
        ("số hóa hồ sơ", False),
        ("kế hoạch 135", False),
    ],
)
def test_a_number_is_told_from_words(text: str, says: bool) -> None:  # noqa: FBT001 -- a case
    assert says_number(text) is says


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), ["2026"]),
        (date(2026, 2, 27), date(2026, 4, 1), ["20260227", "20260228", "202603", "20260401"]),
        (date(2025, 12, 31), date(2027, 1, 1), ["20251231", "2026", "20270101"]),
        (date(2026, 1, 2), date(2026, 1, 1), []),
    ],
)
def test_a_span_of_days_is_few_words(first: date, last: date, expected: list[str]) -> None:
    assert spans(first, last) == expected
