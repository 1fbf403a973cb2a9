from datetime import UTC, datetime

import pytest

from motcua.foundation.search import api as search
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOA = Actor(id=11, name="Nguyễn Thị Hoa")
DUNG = Actor(id=12, name="Lò Văn Dũng")


def saved(actor: Actor) -> list[tuple[str, str]]:
    return [(one.name, one.question) for one in search.searches_of(actor)]


def test_a_question_is_kept_under_a_name_and_replaced() -> None:
    search.save_search("Đường", "sửa đường", by=HOA, at=NOW)
    search.save_search("Đường", "“sửa đường”", by=HOA, at=NOW)

    assert (saved(HOA), saved(DUNG)) == ([("Đường", "“sửa đường”")], [])


def test_only_ones_own_is_dropped() -> None:
    kept = search.save_search("Đường", "sửa đường", by=HOA, at=NOW)

    search.drop_search(kept.pk, by=DUNG, at=NOW)
    still_there = saved(HOA)
    search.drop_search(kept.pk, by=HOA, at=NOW)

    assert (still_there, saved(HOA)) == ([("Đường", "sửa đường")], [])


@pytest.mark.parametrize(("name", "question"), [("", "đường"), ("x" * 61, "đường"), ("Tên", " ")])
def test_without_name_or_question_nothing_is_kept(name: str, question: str) -> None:
    with pytest.raises(BadInput):
        search.save_search(name, question, by=HOA, at=NOW)


def test_nobody_keeps_more_than_twenty() -> None:
    for number in range(20):
        search.save_search(f"Lần {number}", "đường", by=HOA, at=NOW)

    with pytest.raises(BadInput, match="nhiều nhất 20"):
        search.save_search("Thêm", "đường", by=HOA, at=NOW)
