from datetime import UTC, datetime

import pytest

from motcua.lib.errors import BadInput
from motcua.lib.paging import Cursor, Direction, decode

MOMENT = datetime(2026, 1, 7, 10, 0, 0, 123456, tzinfo=UTC)


def test_a_cursor_survives_the_way_through_a_url() -> None:
    cursor = Cursor(MOMENT, 42, Direction.PREVIOUS)

    assert decode(cursor.encode()) == cursor


def test_no_cursor_means_the_first_page() -> None:
    assert decode("") is None


@pytest.mark.parametrize("word", ["x", "~", "bm8~zzz"])
def test_a_cursor_we_did_not_make_is_refused(word: str) -> None:
    with pytest.raises(BadInput, match="mở lại danh sách"):
        decode(word)
