"""The published sources themselves; not ours to keep in the repository."""

import pytest

from motcua.casework.procedures.rules.published import Doubt
from motcua.casework.procedures.rules.shares import measure

from .real_sources import FOLDER, ROWS, TEXTS
from .sources import read_all


@pytest.mark.parametrize("name", ROWS)
def test_every_row_of_a_published_source_is_read(name: str) -> None:
    read, refused = read_all((FOLDER / name).read_bytes())

    assert (len(read), refused) == (ROWS[name], [])
    assert max(len(procedure.name) for procedure in read) <= 1094


def test_the_published_texts_become_fields() -> None:
    read, _ = read_all((FOLDER / TEXTS).read_bytes())

    shares = measure(read)

    assert (shares.channels_estimated, shares.papers_estimated) == (7135, 14499)
    assert shares.channel_share >= 0.995
    assert shares.paper_share >= 0.995


def test_the_rest_of_the_published_texts_is_unclear() -> None:
    read, _ = read_all((FOLDER / TEXTS).read_bytes())

    shares = measure(read)

    assert shares.doubts[Doubt.LIMIT_WITHOUT_UNIT] == 861
    assert shares.doubts[Doubt.FEE_BELOW_1000] == 117
    assert shares.channels_in_fields - shares.channels_clear < 1250
    rows = [row for procedure in read for row in procedure.channels if not row.unclear]
    assert [row.limit_words for row in rows if row.limit_number is not None] == []
