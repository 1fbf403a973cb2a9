from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from motcua.foundation.search import api as search
from motcua.foundation.search.models import SearchEntry
from motcua.foundation.search.queries import entries as queries
from motcua.foundation.search.rules import terms_of
from motcua.lib import work

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DESK, OTHER_DESK, LAN = 11, 22, -31


def entry(subject_id: int, text: str, **more: object) -> search.Entry:
    values: dict[str, object] = {
        "sort_at": NOW + timedelta(minutes=subject_id),
        "scope_ids": (DESK,),
    }
    return search.Entry("dossier", subject_id, text, **(values | more))  # type: ignore[arg-type]  # -- dull defaults


@work.story
def remember(*entries: search.Entry) -> None:
    for one in entries:
        search.remember(one)


def found(text: str, **how: object) -> list[int]:
    page = search.find("dossier", text, **how)  # type: ignore[arg-type]  # -- passed on as they are
    return [hit.subject_id for hit in page.rows]


@pytest.fixture
def people() -> None:
    names = ("Nguyễn Văn An", "Nguyễn Văn Ân", "Nguyên Văn An", "Lò Thị Lan", "Lô Thị Lan")
    remember(*(entry(number, name) for number, name in enumerate(names, 1)))


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nguyễn Văn An", [1, 3, 2]),
        ("nguyen van an", [3, 2, 1]),
        ("Lò", [4, 5]),
        ("lô thị", [5, 4]),
        ("lo thi", [5, 4]),
        ("LO THI LAN", [5, 4]),
        ("An Nguyễn", [1, 3, 2]),
        ("Nguyễn Văn Bình", []),
        ("", []),
        ("!!!", []),
    ],
)
def test_the_very_words_come_first_then_the_newest(text: str, expected: list[int]) -> None:
    assert found(text) == expected


NAMES = ("An Nguyễn", "Nguyễn An", "Nguyễn Văn An", "Nguyên An", "Ân\nNguyễn", "Nguyen An Bình")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Nguyễn An", [2, 6, 4, 3, 1, 5]), ("nguyen an", [6, 4, 2, 5, 3, 1])],
)
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6, 9])
def test_words_one_after_the_other_come_before_words_anywhere(
    text: str, expected: list[int], limit: int
) -> None:
    remember(*(entry(number, name) for number, name in enumerate(NAMES, 1)))

    pages = list(pages_of(text, limit))

    assert [number for page in pages for number in page] == expected
    assert {len(page) for page in pages[:-1]} <= {limit}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("limit", "statements"), [(2, 1), (5, 2)])
def test_words_anywhere_are_looked_for_only_where_the_page_is_not_full(
    limit: int, statements: int
) -> None:
    with work.metered() as meter:
        found("Nguyễn Văn An", limit=limit)

    assert meter.statements == statements


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("text", "expected"),
    [("lo th", [5, 4]), ("Lò Th", [4, 5]), ("ngu", [3, 2, 1]), ("n", []), ("van a", [])],
)
def test_a_word_being_typed_is_found_by_its_beginning(text: str, expected: list[int]) -> None:
    assert found(text, typing=True) == expected


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hoà"), ("Đường", "duong"), ("ý", "Ý")])
def test_one_word_in_two_spellings_is_found(one: str, other: str) -> None:
    remember(entry(1, one))

    assert found(other) == [1]


def test_a_full_code_finds_its_one_subject() -> None:
    code = "H18.101-260302-0007"
    remember(entry(1, "Lan", code=code), entry(2, "Lan 101 260302 0007 h18"))

    assert found(code.lower()) == [1]


def test_a_code_that_does_not_exist_is_looked_for_in_its_parts() -> None:
    remember(entry(1, "Lan", code="H18.101-260302-0007"))

    assert found("260302-0007") == [1]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ((DESK,), [4, 5]),
        ((OTHER_DESK,), []),
        ((OTHER_DESK, DESK), [4, 5]),
        ((), []),
        (None, [4, 5]),
    ],
)
def test_nothing_outside_the_scope_is_found(
    scope: tuple[int, ...] | None, expected: list[int]
) -> None:
    assert found("Lò", scope_ids=scope) == expected


def test_a_code_of_another_office_is_not_found() -> None:
    remember(entry(1, "Lan", code="H18.101-260302-0007"))

    assert found("H18.101-260302-0007", scope_ids=[OTHER_DESK]) == []


def test_who_may_find_changes_with_the_scope() -> None:
    remember(entry(1, "Lan"))

    @work.story
    def hand_over() -> None:
        search.rescope("dossier", 1, [DESK, OTHER_DESK, LAN])

    hand_over()

    assert [found("lan", scope_ids=[unit]) for unit in (DESK, OTHER_DESK, LAN, 99)] == [
        [1],
        [1],
        [1],
        [],
    ]


def test_words_of_another_kind_do_not_meet() -> None:
    remember(search.Entry("document", 1, "Lan", NOW), entry(2, "Lan"))

    assert found("lan") == [2]


def test_what_is_remembered_again_is_found_by_its_new_words() -> None:
    remember(entry(1, "Lò Thị Lan"))
    remember(entry(1, "Lò Thị Liên"))

    assert (found("lan"), found("liên")) == ([], [1])


def test_what_is_forgotten_is_not_found() -> None:
    remember(entry(1, "Lan"))

    @work.story
    def drop() -> None:
        search.forget("dossier", 1)

    drop()

    assert found("lan") == []


def pages_of(text: str, limit: int) -> Iterator[list[int]]:
    page = search.find("dossier", text, limit=limit)
    yield [hit.subject_id for hit in page.rows]
    while page.next is not None:
        page = search.find("dossier", text, limit=limit, after=page.next)
        yield [hit.subject_id for hit in page.rows]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 10])
def test_pages_go_through_both_tiers_without_gap_or_repeat(limit: int) -> None:
    remember(*(entry(number, "Lò" if number % 3 else "Lô") for number in range(1, 11)))
    expected = [10, 8, 7, 5, 4, 2, 1, 9, 6, 3]

    pages = list(pages_of("Lò", limit))

    assert [number for page in pages for number in page] == expected
    assert {len(page) for page in pages[:-1]} <= {limit}


def test_hits_say_whether_they_are_the_very_words() -> None:
    remember(entry(1, "Lò"), entry(2, "Lô"))

    hits = search.find("dossier", "Lò").rows

    assert [(hit.subject_id, hit.is_exact) for hit in hits] == [(1, True), (2, False)]


@pytest.mark.parametrize("text", ["Lò", "lo", "H18.101-260302-0007"])
def test_a_search_is_one_statement(text: str) -> None:
    remember(entry(1, "Lò", code="H18.101-260302-0007"))

    with work.metered() as meter:
        found(text)

    assert meter.statements == 1


def test_remembering_is_one_statement_in_the_pipeline() -> None:
    with work.metered() as meter:
        remember(entry(1, "Lan"))

    assert (meter.statements, meter.round_trips) == (1, 1)


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        search.sources, "dossier", lambda: iter([entry(2, "Lò Thị Lan"), entry(5, "Lô Văn An")])
    )


@pytest.mark.usefixtures("source")
def test_rebuilding_writes_what_there_is_and_removes_what_there_is_not() -> None:
    remember(*(entry(number, "Cũ") for number in (1, 2, 3, 9)))
    remember(search.Entry("document", 3, "Cũ", NOW))

    call_command("search_rebuild", "dossier", verbosity=0, stdout=None)

    left = SearchEntry.objects.filter(kind="dossier").order_by("subject_id")
    ids = list(left.values_list("subject_id", flat=True))
    assert (ids, found("cũ"), found("lan"), SearchEntry.objects.count()) == ([2, 5], [], [2], 3)


def test_an_unknown_source_is_said_to_be_unknown() -> None:
    with pytest.raises(CommandError, match="unknown"):
        call_command("search_rebuild", "unknown")


class Everything(dict[str, float]):
    """All terms are common; the longer the rarer."""

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str)

    def __missing__(self, term: str) -> float:
        return 1 / len(term)

    def get(self, term: str, default: object = None) -> float:  # noqa: ARG002 -- there is no default
        return self[term]


def pages(text: str, scope: tuple[int, ...] | None) -> list[int]:
    """Return what is found, gathered two by two."""
    gathered, after = [], None
    while True:
        page = search.find("dossier", text, scope_ids=scope, limit=2, after=after)
        gathered += [hit.subject_id for hit in page.rows]
        after = page.next
        if after is None:
            return gathered


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("scope", [None, (DESK,)])
@pytest.mark.parametrize("text", ["Nguyễn Văn An", "nguyen van an", "lô thị", "Lò Lan", "Lò Văn"])
def test_common_words_find_what_rare_ones_would(
    text: str, scope: tuple[int, ...] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = pages(text, scope)
    monkeypatch.setattr(queries, "common_terms", Everything)

    assert pages(text, scope) == expected


def test_how_frequent_terms_are_is_read_from_what_the_planner_knows() -> None:
    remember(*(entry(number, "Nguyễn Văn An") for number in range(40)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_entry")

    shares = dict(work.fetch(queries.FREQUENT, [queries.COMMON_SHARE]))

    assert {term: shares[term] for term in ("do=nguyên3", "do~an")} == {
        "do=nguyên3": pytest.approx(1.0),
        "do~an": pytest.approx(1.0),
    }


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("share", "statements"), [(1.0, 3), (0.003, 2)])
def test_the_newest_rows_are_read_only_where_they_may_fill_the_page(
    share: float, statements: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = search_terms("Nguyễn Văn An", share)
    monkeypatch.setattr(queries, "common_terms", lambda: terms)

    with work.metered() as meter:
        found("Nguyễn Văn An", limit=20)

    assert meter.statements == statements


def newest_of(text: str, limit: int, marks: tuple[tuple[str, ...], ...] = ()) -> list[int] | None:
    """Return what is found among the newest of the desk alone, None where the index is asked."""
    keys = list(SearchEntry.objects.order_by("-sort_at").values_list("subject_id", flat=True))
    page = search.find_newest(
        "dossier",
        text,
        scope_ids=(DESK,),
        newest=lambda most: keys[:most],
        limit=limit,
        marks=marks,
    )
    return None if page is None else [hit.subject_id for hit in page.rows]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("text", "expected"),
    [("Nguyễn", [2]), ("nguyen", [3]), ("Nguyễn Văn", [2]), ("lo thi", [8]), ("Lô", None)],
)
def test_the_newest_alone_give_the_page_that_the_index_would(
    text: str, expected: list[int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(entry(9, "Nguyễn Văn An Lô Thị", scope_ids=(OTHER_DESK,)), entry(8, "Lò Thị Sen"))
    monkeypatch.setattr(queries, "common_terms", Everything)

    assert newest_of(text, 1) == expected
    assert found(text, scope_ids=(DESK,), limit=1) == (expected or [5])


def test_the_newest_are_looked_at_for_facts_too_and_never_for_what_is_rare(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remember(*(entry(number, "Lò Văn An", marks=("kind:1", "y:26")) for number in range(1, 5)))
    shares = {"do#kind:1": 0.6, "do#y:25": 0.3, "do#y:26": 0.4, "do~an": 0.005}
    monkeypatch.setattr(queries, "common_terms", lambda: shares)

    assert newest_of("", 2, (("kind:1",), ("y:25", "y:26"))) == [4, 3]
    assert newest_of("", 2, (("kind:1",), ("y:27",))) is None
    assert newest_of("an", 2) is None
    assert newest_of("", 4, (("kind:1",),)) is None  # no fifth: the index says what there is


def search_terms(text: str, share: float) -> dict[str, float]:
    return dict.fromkeys((term for term in terms_of("dossier", text) if " " in term), share)


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("", [["kind:1"]], [3, 1]),
        ("", [["kind:1", "kind:2"], ["year:2026"]], [2, 1]),
        ("Lò", [["kind:1"]], [3]),
        ("", [["kind:9"]], []),
        ("", [[]], []),
        ("kind:1", [], [3]),
    ],
)
def test_facts_narrow_what_words_find(
    text: str, marks: list[list[str]], expected: list[int]
) -> None:
    remember(
        entry(1, "Nguyễn Văn An", marks=("kind:1", "year:2026")),
        entry(2, "Lò Thị Lan", marks=("kind:2", "year:2026")),
        entry(3, "Lò Văn Kind 1", marks=("Kind:1'", "year:2025")),
    )

    assert found(text, marks=marks) == expected


def test_a_search_by_facts_goes_on_where_its_page_ended() -> None:
    remember(*(entry(number, "An", marks=("kind:1",)) for number in range(1, 4)))

    first = search.find("dossier", "", marks=[["kind:1"]], limit=2)
    second = search.find("dossier", "", marks=[["kind:1"]], limit=2, after=first.next)

    assert [[hit.subject_id for hit in page.rows] for page in (first, second)] == [[3, 2], [1]]


@pytest.mark.django_db(transaction=True)
def test_where_there_are_many_the_newest_are_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    remember(
        *(entry(number, "Lò Thị Lan" if number % 3 else "Lò Thị Mai") for number in range(200))
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_entry")
    asked: list[tuple[str, tuple[object, ...]]] = [
        ("lò thị mai", (5, None)),
        ("lo thi lan", (5, (DESK,))),
        ("Lò Thị Mai", (60, None)),
        ("Lò thi", (90, (DESK,))),
    ]
    before = [found(text, limit=most, scope_ids=scope) for text, (most, scope) in asked]

    made = [search.keep_recent(many=100, newest=40), search.keep_recent(many=100, newest=40)]
    search.forget_terms()
    monkeypatch.setattr(queries, "_FIRST_LOOK", 0)

    assert made == [True, False]
    assert [found(text, limit=most, scope_ids=scope) for text, (most, scope) in asked] == before
    since = queries.recent_since()
    assert since is not None
    assert NOW + timedelta(minutes=150) < since < NOW + timedelta(minutes=165)
    search.forget_terms()


def test_few_rows_need_no_index_of_the_newest() -> None:
    assert search.keep_recent() is False
    assert queries.recent_since() is None


@pytest.mark.usefixtures("people")
def test_what_the_index_of_the_newest_does_not_fill_comes_from_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search.forget_terms()
    since = "motcua.foundation.search.queries.entries._held.since"
    monkeypatch.setattr(since, NOW + timedelta(minutes=3))

    assert found("lo thi", limit=1) == [5]
    assert found("Lò", limit=2) == [4, 5]
    page = search.find("dossier", "nguyen van an", limit=1)
    pages = [page]
    while pages[-1].next:
        pages.append(search.find("dossier", "nguyen van an", limit=1, after=pages[-1].next))
    assert [hit.subject_id for one in pages for hit in one.rows] == [3, 2, 1]
    search.forget_terms()
