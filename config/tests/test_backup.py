"""The drill: back up, lose everything, restore, compare."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from pytest_django import Settings

from config.backup.archive import missing_files
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.lib.actor import Actor

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LAN = Actor(id=31, name="Lò Thị Lan")
NOTE = "Kính gửi Ủy ban nhân dân xã Thanh Nưa".encode()
ROWS = """
select count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from "{table}" t
"""
CHANGED_BY_RESTORING = {"outbox_epoch", "outbox_position"}


@pytest.fixture(autouse=True)
def site(settings: Settings, tmp_path: Path) -> Path:
    """Give the test its own folder of files and passphrase, and a home for the mark."""
    settings.FILES_DIR = str(tmp_path / "files")
    settings.HOME = tmp_path
    settings.BACKUP_PASSPHRASE = "sông Đà mùa nước lớn"  # noqa: S105 -- seals nothing but tests
    return tmp_path


@pytest.fixture
def empty_database(transactional_db: None) -> Iterator[str]:  # noqa: ARG001 -- the first one must be there
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f'drop database if exists "{name}" with (force)')
        cursor.execute(f'create database "{name}" template template0')
    ours = connection.settings_dict["NAME"]
    yield name
    move_to(ours)
    with connection.cursor() as cursor:
        cursor.execute(f'drop database "{name}" with (force)')


def move_to(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name


def contents() -> dict[str, tuple[int, str]]:
    """Return, for each table, how many rows it has and a hash over all of them."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(ROWS.format(table=table))
            found[table] = cursor.fetchone()
    return {table: rows for table, rows in found.items() if table not in CHANGED_BY_RESTORING}


def differences(one: dict[str, tuple[int, str]], other: dict[str, tuple[int, str]]) -> list[str]:
    return sorted(
        table for table in one.keys() | other.keys() if one.get(table) != other.get(table)
    )


def test_a_lost_site_comes_back_row_for_row(empty_database: str, site: Path) -> None:
    stored = files.keep_file("thư.txt", io.BytesIO(NOTE), by=LAN, at=NOW)
    audit.record_access("test.look", "file:1", by=LAN, at=NOW)
    before = contents()
    call_command("backup", str(site / "kept.motcua"), "--check", verbosity=0, stdout=io.StringIO())

    (site / "files").rename(site / "lost")
    move_to(empty_database)
    call_command("restore", str(site / "kept.motcua"), stdout=io.StringIO())

    assert differences(before, contents()) == ["audit_entry"]
    assert [entry.action for entry in audit.trail_of("site:")] == ["operation.restored"]
    assert missing_files() == 0
    with files.open_file(files.StoredFile.objects.get(pk=stored.pk)) as content:
        assert content.read() == NOTE


def test_facts_after_a_restore_come_after_all_older_ones(empty_database: str, site: Path) -> None:
    before = epoch()
    call_command("backup", str(site / "kept.motcua"), stdout=io.StringIO())
    move_to(empty_database)

    call_command("restore", str(site / "kept.motcua"), stdout=io.StringIO())

    assert epoch() == before + 1


def epoch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(number), 0) from outbox_epoch")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_not_empty_is_not_overwritten(site: Path) -> None:
    call_command("backup", str(site / "kept.motcua"), stdout=io.StringIO())

    with pytest.raises(CommandError, match="không trống"):
        call_command("restore", str(site / "kept.motcua"))


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_readable_by_its_owner_alone(site: Path) -> None:
    call_command("backup", str(site / "kept.motcua"), stdout=io.StringIO())

    assert (site / "kept.motcua").stat().st_mode & 0o777 == 0o600


def test_a_damaged_backup_touches_nothing(empty_database: str, site: Path) -> None:
    files.keep_file("thư.txt", io.BytesIO(NOTE), by=LAN, at=NOW)
    kept = site / "kept.motcua"
    call_command("backup", str(kept), stdout=io.StringIO())
    kept.write_bytes(kept.read_bytes()[:-50])
    move_to(empty_database)

    with pytest.raises(CommandError, match=r"cắt cụt|hỏng"):
        call_command("restore", str(kept))

    assert connection.introspection.table_names() == []


@pytest.mark.django_db(transaction=True)
def test_a_file_that_changed_on_the_disk_is_noticed_when_checking(site: Path) -> None:
    stored = files.keep_file("thư.txt", io.BytesIO(NOTE), by=LAN, at=NOW)
    (place,) = (site / "files").rglob(stored.sha256)
    place.chmod(0o600)
    place.write_bytes(b"something else")

    with pytest.raises(CommandError, match="không đúng nội dung"):
        call_command("backup", str(site / "kept.motcua"), "--check", stdout=io.StringIO())


@pytest.mark.django_db
def test_without_a_passphrase_nothing_is_written(settings: Settings, site: Path) -> None:
    settings.BACKUP_PASSPHRASE = ""

    with pytest.raises(CommandError, match="ít nhất 16"):
        call_command("backup", str(site / "kept.motcua"))

    assert list(site.glob("kept*")) == []
