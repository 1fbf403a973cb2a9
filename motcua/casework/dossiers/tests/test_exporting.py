"""Lists for spreadsheets: what the reader may see, all of it, and no formula."""

import zlib
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.operations import exporting
from motcua.casework.dossiers.queries import exporting as reading
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.audit.api import AccessEntry
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import MONDAY, Commune, make_all, make_commune, make_filed, make_received

pytestmark = pytest.mark.django_db
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def codes(actor: Actor, first: date = MARCH[0], latest: date = MARCH[1]) -> list[str]:
    return [str(row[0]) for row in dossiers.list_rows(actor, first, latest)][1:]


@pytest.fixture
def oanh(monkeypatch: pytest.MonkeyPatch) -> Actor:
    """Let Oanh, who heads the desk, have an account; her powers are those of the test."""
    commune = make_all()
    account = make_officer_account("Vì Thị Oanh", username="oanh")
    made = Actor(
        id=account.pk,
        name="Vì Thị Oanh",
        unit_ids=(commune.desk_id,),
        powers={Power.EXPORT_DOSSIERS: frozenset({commune.desk_id})},
    )
    monkeypatch.setattr(access, "actor_now", lambda *_, **__: SimpleNamespace(actor=made))
    make_several(commune, 5)
    return made


def make_several(commune: Commune, count: int) -> list[str]:
    return [make_filed(commune, at=MONDAY + timedelta(minutes=number)) for number in range(count)]


def test_a_list_holds_what_its_reader_sees_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PIECE", 2)
    commune, other = make_all(), make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    mine = make_several(commune, 5)

    assert codes(commune.oanh) == mine[::-1]
    assert codes(other.oanh) == []


def test_days_bound_the_list() -> None:
    commune = make_all()
    make_received(commune)

    assert len(codes(commune.oanh, MARCH[0], date(2026, 3, 2))) == 1
    assert codes(commune.oanh, date(2026, 3, 3), MARCH[1]) == []
    assert codes(commune.oanh, MARCH[0], date(2026, 3, 1)) == []


def test_a_row_says_what_a_reader_of_lists_needs() -> None:
    commune = make_all()
    code = make_received(commune)

    heads, row = dossiers.list_rows(commune.oanh, *MARCH)

    said = dict(zip(map(str, heads), row, strict=True))
    assert (said["Mã hồ sơ"], said["Tiếp nhận lúc"], said["Hẹn trả"], said["Tình trạng"]) == (
        code,
        "02/03/2026 09:00",
        "05/03/2026 17:00",
        "Được tiếp nhận",
    )
    assert said["Cơ quan giải quyết"] == "UBND xã Mường Phăng"


def test_who_may_not_export_gets_nothing() -> None:
    commune = make_all()

    for act in (
        lambda: list(dossiers.list_rows(commune.mai, *MARCH)),
        lambda: dossiers.ask_export(*MARCH, by=commune.mai, at=MONDAY),
        lambda: dossiers.note_export(*MARCH, "csv", by=commune.mai, at=MONDAY),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_long_list_is_written_piece_by_piece(
    oanh: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PIECE", 2)
    asked = dossiers.ask_export(*MARCH, by=oanh, at=MONDAY)

    pieces = dossiers.write_exports(at=MONDAY)

    found = dossiers.export_for(oanh, asked.pk)
    text = b"".join(map(zlib.decompress, dossiers.parts_of(found))).decode()
    assert (pieces, found.state, found.rows) == (3, dossiers.ExportState.READY, 5)
    assert (text[0], text.count("\ufeff"), len(text.splitlines())) == ("\ufeff", 1, 6)
    assert AccessEntry.objects.filter(purpose="dossiers.export").count() == 1


def test_a_list_goes_on_where_a_killed_worker_left_it(
    oanh: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PIECE", 2)
    asked = dossiers.ask_export(*MARCH, by=oanh, at=MONDAY)
    export = dossiers.ListExport.objects.get(pk=asked.pk)
    exporting._piece(export, 0, oanh, at=MONDAY).save()  # noqa: SLF001 -- what one round leaves
    export.save()

    dossiers.write_exports(at=MONDAY)

    found = dossiers.export_for(oanh, asked.pk)
    text = b"".join(map(zlib.decompress, dossiers.parts_of(found))).decode()
    assert (found.rows, len(text.splitlines())) == (5, 6)


def test_one_file_at_a_time_for_each_person_and_only_for_that_person(oanh: Actor) -> None:
    asked = dossiers.ask_export(*MARCH, by=oanh, at=MONDAY)

    with pytest.raises(dossiers.DossierError, match="đang được lập"):
        dossiers.ask_export(*MARCH, by=oanh, at=MONDAY)
    stranger = Actor(id=oanh.id + 1, name="Người khác", powers=oanh.powers)
    with pytest.raises(dossiers.NoSuchDossier):
        dossiers.export_for(stranger, asked.pk)


def test_who_lost_the_right_meanwhile_gets_no_more(
    oanh: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = dossiers.ask_export(*MARCH, by=oanh, at=MONDAY)
    bare = SimpleNamespace(actor=Actor(id=oanh.id, name=oanh.name))
    monkeypatch.setattr(access, "actor_now", lambda *_, **__: bare)

    dossiers.write_exports(at=MONDAY)

    assert dossiers.export_for(oanh, asked.pk).state == dossiers.ExportState.REFUSED


def test_files_go_after_a_day(oanh: Actor) -> None:
    dossiers.ask_export(*MARCH, by=oanh, at=MONDAY)
    dossiers.write_exports(at=MONDAY)

    dossiers.sweep_exports(at=MONDAY + timedelta(hours=25))

    assert dossiers.exports_for(oanh) == []
