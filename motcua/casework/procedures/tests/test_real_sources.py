"""The published sources themselves; not ours to keep in the repository."""

import pytest

from motcua.casework.procedures.api import import_procedures, read_source
from motcua.casework.procedures.choices import Doubt
from motcua.casework.procedures.rules.published import PublishedProcedure
from motcua.casework.procedures.rules.shares import measure

from .make import EDITOR, NOW
from .real_sources import FOLDER, ROWS, TEXTS
from .sources import read_all


@pytest.fixture(scope="module")
def texts() -> list[PublishedProcedure]:
    read, refused = read_all((FOLDER / TEXTS).read_bytes())
    assert refused == []
    return read


@pytest.mark.parametrize("name", sorted(ROWS.keys() - {TEXTS}))
def test_every_row_of_a_published_list_is_read(name: str) -> None:
    read, refused = read_all((FOLDER / name).read_bytes())

    assert (len(read), refused) == (ROWS[name], [])


def test_every_published_text_is_read_with_its_whole_name(texts: list[PublishedProcedure]) -> None:
    assert (len(texts), max(len(text.name) for text in texts)) == (ROWS[TEXTS], 1094)


def test_the_published_texts_become_fields(texts: list[PublishedProcedure]) -> None:
    shares = measure(texts)

    assert (shares.channels_estimated, shares.papers_estimated) == (7135, 14499)
    assert shares.channel_share >= 0.995
    assert shares.paper_share >= 0.995


def test_the_rest_of_the_published_texts_is_unclear(texts: list[PublishedProcedure]) -> None:
    shares = measure(texts)

    assert (shares.channels_in_fields, shares.channels_clear) == (7132, 5914)
    assert shares.doubts[Doubt.LIMIT_WITHOUT_UNIT] == 861
    assert shares.doubts[Doubt.FEE_BELOW_1000] == 117
    rows = [row for text in texts for row in text.channels if not row.unclear]
    assert [row.limit_words for row in rows if row.limit_number is not None] == []


@pytest.mark.django_db
def test_a_second_import_of_published_sources_changes_nothing(
    texts: list[PublishedProcedure],
) -> None:
    some, justice = texts[::9], (FOLDER / "danh-sach-tthc-BoTuPhap.xlsx").read_bytes()
    import_procedures(some, by=EDITOR, at=NOW)
    import_procedures(read_source(justice), by=EDITOR, at=NOW)

    told = import_procedures(some, by=EDITOR, at=NOW)
    listed = import_procedures(read_source(justice), by=EDITOR, at=NOW)

    assert (told.created, told.updated, told.unchanged) == (0, 0, len(some))
    assert told.unclear == sum(text.is_unclear for text in some)
    assert (listed.created, listed.updated, listed.unchanged) == (0, 0, 271)
