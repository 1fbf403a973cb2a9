"""The restore drill: a backup comes back in another cluster, and life goes on there.

Transaction numbers start again in a new cluster; what was not yet told when the backup was made is
told there once, and what is new comes after it.
"""

import io
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import Settings

from config.pgbox import Box, throwaway_data
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.rules.application import PaperIn
from motcua.casework.dossiers.tests.make import (
    LAN,
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_filed,
)
from motcua.casework.indicators import api as indicators
from motcua.casework.procedures.api import forget_kept
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox

pytestmark = pytest.mark.django_db(transaction=True)
PDF = make_pdf()
LATER = MONDAY + timedelta(hours=1)
CHANGED_BY_RESTORING = ["audit_entry", "outbox_epoch"]
Contents = dict[str, list[str]]


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = str(tmp_path / "files")
    settings.HOME = tmp_path
    settings.BACKUP_PASSPHRASE = "sông Đà mùa nước lớn"  # noqa: S105 -- seals nothing but tests
    return tmp_path


@pytest.fixture
def other_cluster() -> Iterator[Box]:
    """Another server with an empty database."""
    data = throwaway_data(configured.ROOT)
    box = Box(data.with_name(f"{data.name}-drill"), "test", {"shared_buffers": "32MB"})
    box.start()
    box.sql("drop database if exists app with (force)")
    box.sql("create database app owner app")
    ours = dict(connection.settings_dict)
    yield box
    move_to(ours)
    box.stop(force=True)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a partner was told, act by act."""
    heard: list[str] = []
    monkeypatch.setattr(outbox.registry, "deliveries", {})

    @outbox.delivery("drill.partner", dossiers.DossierMoved.topic)
    def hear(fact: outbox.ReadFact) -> None:
        heard.append(f"{fact.aggregate_id}#{fact.seq}")

    return heard


def move_to(place: dict[str, str]) -> None:
    connections.close_all()
    connection.settings_dict.update(place)
    organisation.forget_tree()
    forget_kept()


def contents() -> Contents:
    """Return every row of every table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'select t::text from "{table}" t order by 1')  # noqa: S608 -- the database's own names
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


def file_with_paper(commune: Commune) -> str:
    stored = files.keep_file("tờ khai.pdf", io.BytesIO(PDF), by=LAN, at=MONDAY)
    paper = PaperIn("to-khai", "Tờ khai theo mẫu", file_id=stored.pk, file_name="tờ khai.pdf")
    return make_filed(commune, papers=(paper,))


def filed_in_all() -> int:
    day = MONDAY.date()
    return sum(indicators.by_day(indicators.PROVINCE, "dossiers.filed", day, day).values())


def restored(folder: Path, box: Box) -> None:
    """Back up here, lose the files, and bring everything back in the other cluster."""
    call_command("backup", str(folder / "kept.motcua"), "--check", stdout=io.StringIO())
    shutil.rmtree(folder / "files", ignore_errors=True)
    move_to(box.connection)
    call_command("restore", str(folder / "kept.motcua"), stdout=io.StringIO())


def test_every_row_and_every_file_comes_back_in_another_cluster(
    folder: Path, other_cluster: Box
) -> None:
    code = file_with_paper(make_all())
    outbox.catch_up(at=LATER)
    before = contents()

    restored(folder, other_cluster)

    after = contents()
    tables = sorted(before.keys() | after.keys())
    assert [t for t in tables if before.get(t) != after.get(t)] == CHANGED_BY_RESTORING
    paper = dossiers.find_paper(get_dossier(code), 1000)
    assert paper is not None
    assert paper.file is not None
    with files.open_file(paper.file) as content:
        assert content.read() == PDF


def test_what_was_not_told_before_the_backup_is_told_once_after_it(
    folder: Path, other_cluster: Box, told: list[str]
) -> None:
    commune = make_all()
    make_filed(commune)
    outbox.catch_up(at=LATER)
    unread = make_filed(commune)
    told.clear()

    restored(folder, other_cluster)
    moved = [outbox.catch_up(at=LATER) for _ in range(3)]

    assert told == [f"{get_dossier(unread).pk}#1"]
    assert moved[-1] == 0


def test_a_dossier_filed_after_the_restore_is_numbered_told_and_counted(
    folder: Path, other_cluster: Box, told: list[str]
) -> None:
    commune = make_all()
    make_filed(commune)
    outbox.catch_up(at=LATER)
    before = filed_in_all()
    told.clear()

    restored(folder, other_cluster)
    code = make_filed(commune)
    outbox.catch_up(at=LATER)

    assert code == "H18.101-260302-0002"
    assert told == [f"{get_dossier(code).pk}#1"]
    assert filed_in_all() - before == 1
