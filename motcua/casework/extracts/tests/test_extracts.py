"""Everything is read once, then every change; what is not the reader's, or closely kept, never."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from motcua.casework.dossiers.api import Dossier, receive_dossier
from motcua.casework.dossiers.tests.make import (
    LAN,
    MONDAY,
    make_all,
    make_commune,
    make_filed,
    make_received,
)
from motcua.casework.extracts import operations
from motcua.casework.extracts.api import CursorTooOld, PieceIn, Stream, take_piece
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import make_reader

DAY = timedelta(days=1)


def read_all(
    by: Actor, stream: Stream = Stream.DOSSIERS, since: str = "", limit: int = 2
) -> tuple[list[dict[str, object]], str]:
    """Read until nothing more waits; return the rows and the cursor."""
    rows: list[dict[str, object]] = []
    has_more = True
    while has_more:
        piece = take_piece(PieceIn(stream, since, limit), by=by, at=MONDAY)
        rows += piece.rows
        since, has_more = piece.cursor, piece.has_more
    return rows, since


@pytest.mark.django_db
def test_everything_is_read_in_pieces_and_later_nothing_more() -> None:
    commune = make_all()
    codes = [make_filed(commune) for _ in range(5)]

    rows, cursor = read_all(make_reader(commune))
    again, _ = read_all(make_reader(commune), since=cursor)

    # Changes by transactions that still run (this test's own) are read later, so none comes twice.
    assert ([row["code"] for row in rows], again) == (codes, [])


@pytest.mark.django_db(transaction=True)
def test_what_changes_afterwards_is_read_and_nothing_else() -> None:
    commune = make_all()
    first, second = make_filed(commune), make_filed(commune)
    by = make_reader(commune)
    begun = take_piece(PieceIn(Stream.DOSSIERS, limit=1), by=by, at=MONDAY)
    receive_dossier(first, by=commune.binh, at=MONDAY)

    rest, cursor = read_all(by, since=begun.cursor)
    third = make_filed(commune)
    news, _ = read_all(by, since=cursor)

    assert {row["code"] for row in begun.rows} == {first}
    assert {row["code"]: row["version"] for row in rest} == {second: 1, first: 2}
    assert [row["code"] for row in news] == [third]


@pytest.mark.django_db(transaction=True)
def test_what_a_slower_transaction_commits_later_is_not_missed() -> None:
    """A change is begun before the reading, another after it is done first."""
    commune = make_all()
    slow, quick = make_filed(commune), make_filed(commune)
    by = make_reader(commune)
    _, cursor = read_all(by)

    seen: list[dict[str, object]] = []
    with transaction.atomic():
        receive_dossier(slow, by=commune.binh, at=MONDAY)

        def meanwhile() -> None:
            receive_dossier(quick, by=commune.binh, at=MONDAY)
            rows, place = read_all(by, since=cursor)
            seen.extend([*rows, {"cursor": place}])
            connection.close()

        thread = Thread(target=meanwhile)
        thread.start()
        thread.join()
    later, _ = read_all(by, since=str(seen[-1]["cursor"]))

    told = {row["code"] for row in [*seen[:-1], *later]}
    assert told == {slow, quick}


@pytest.mark.django_db
def test_people_are_pseudonyms_that_differ_from_reader_to_reader() -> None:
    commune = make_all()
    make_filed(commune)
    Dossier.objects.update(applicant_person_id=77)
    by = make_reader(commune)
    other = replace(by, id=by.id + 1)

    program = replace(by, application_id=5)

    mine, theirs, its = (read_all(one)[0][0] for one in (by, other, program))

    assert "Lan" not in str(mine)
    assert len(str(mine["applicant"])) == 20
    assert len({one["applicant"] for one in (mine, theirs, its)}) == 3


@pytest.mark.django_db
def test_names_are_given_to_who_may_see_them_and_it_stands_in_the_trail() -> None:
    commune = make_all()
    make_filed(commune)
    named = PieceIn(Stream.DOSSIERS, with_names=True)

    with pytest.raises(NotAllowed):
        take_piece(named, by=make_reader(commune), at=MONDAY)
    piece = take_piece(named, by=make_reader(commune, Power.UNMASK_PEOPLE), at=MONDAY)

    assert piece.rows[0]["applicant_name"] == "Lò Thị Lan"
    (entry,) = audit.trail_of("extract:dossiers")
    assert entry.detail == {"rows": 1, "with_names": True}


@pytest.mark.django_db
def test_other_agencies_and_what_is_kept_closely_are_not_read() -> None:
    commune = make_all()
    make_filed(commune)
    stranger = make_reader(make_commune("H18.102", "UBND xã Nà Tấu", first=51))
    Dossier.objects.update(secrecy=1)

    assert read_all(stranger)[0] == []
    assert read_all(make_reader(commune))[0] == []
    assert read_all(make_reader(commune), Stream.MOVES)[0] == []


@pytest.mark.django_db
@pytest.mark.parametrize("stream", Stream)
def test_every_stream_wants_its_power(stream: Stream) -> None:
    with pytest.raises(NotAllowed):
        take_piece(PieceIn(stream), by=LAN, at=MONDAY)


@pytest.mark.django_db
def test_moves_are_read_one_by_one_in_order() -> None:
    commune = make_all()
    codes = [make_received(commune) for _ in range(2)]

    rows, _ = read_all(make_reader(commune), Stream.MOVES, limit=3)

    assert [(row["code"], row["act"]) for row in rows] == [
        (code, act) for code in codes for act in ("file", "receive")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("stream", [Stream.DOCUMENTS, Stream.TASKS, Stream.ORDERS])
def test_empty_streams_end_at_once(stream: Stream) -> None:
    by = make_reader(make_all(), Power.READ_PAYMENTS)

    assert read_all(by, stream)[0] == []


@pytest.fixture
def cursor_of_today() -> str:
    return take_piece(PieceIn(Stream.DOSSIERS), by=make_reader(make_all()), at=MONDAY).cursor


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["x", "x~y", "~", "W10~abc"])
def test_a_cursor_that_is_not_ours_is_refused(word: str) -> None:
    with pytest.raises(BadInput) as refused:
        take_piece(PieceIn(Stream.DOSSIERS, word), by=make_reader(make_all()), at=MONDAY)

    assert refused.value.field == "since"


@pytest.mark.django_db
def test_a_cursor_serves_its_stream_and_its_time_and_no_other(cursor_of_today: str) -> None:
    by = make_reader(make_commune("H18.103", "UBND xã Thanh Nưa", first=61))

    with pytest.raises(BadInput, match="luồng khác"):
        take_piece(PieceIn(Stream.MOVES, cursor_of_today), by=by, at=MONDAY)
    asked = PieceIn(Stream.DOSSIERS, cursor_of_today)
    with pytest.raises(CursorTooOld, match="85 ngày"):
        take_piece(asked, by=by, at=MONDAY + 86 * DAY)
    outbox.begin_epoch()
    with pytest.raises(CursorTooOld, match="khôi phục"):
        take_piece(asked, by=by, at=MONDAY)


@pytest.mark.django_db
def test_a_piece_ends_after_its_seconds_but_never_where_it_began(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commune = make_all()
    for _ in range(3):
        make_filed(commune)
    monkeypatch.setattr(operations, "SECONDS", 0.0)
    monkeypatch.setattr(operations, "CHUNK", 1)

    piece = take_piece(PieceIn(Stream.DOSSIERS), by=make_reader(commune), at=MONDAY)

    assert (len(piece.rows), piece.has_more) == (1, True)
