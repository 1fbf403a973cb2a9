import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.files.models import StoredFile
from motcua.lib.actor import Actor, ActorKind

from .make import (
    VIRUS,
    FakeScanner,
    make_locked_pdf,
    make_pdf,
    make_picture,
    make_picture_bomb,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
LAN = Actor(id=31, name="Lò Thị Lan", kind=ActorKind.CITIZEN)
NOTE = "Tôi xin gửi kèm giấy tờ.".encode()


@pytest.fixture
def scanner(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(files.scanners, "fake", FakeScanner)
    settings.FILES_SCANNER = "fake"


def keep(name: str = "ghi chú.txt", content: bytes = NOTE) -> StoredFile:
    return files.keep_file(name, io.BytesIO(content), by=LAN, at=NOW)


def kept_on_disk(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_kept_file_is_read_back_as_it_was() -> None:
    stored = keep()

    with files.open_file(stored) as content:
        assert content.read() == NOTE


def test_without_a_scanner_the_file_says_so() -> None:
    stored = keep()

    assert (stored.get_scan_state_display(), stored.scanned_at) == ("Chưa quét vi-rút", None)


@pytest.mark.usefixtures("scanner")
def test_a_scanned_file_says_when() -> None:
    stored = keep()

    assert (stored.scan_state, stored.scanned_at) == (files.ScanState.CLEAN, NOW)


@pytest.mark.usefixtures("scanner")
def test_a_virus_is_refused_and_leaves_only_a_trace(files_folder: Path) -> None:
    with pytest.raises(files.VirusFound):
        keep("xấu.txt", VIRUS)

    trail = [(e.action, e.detail) for e in audit.trail_of("account:31")]
    assert (trail, StoredFile.objects.count(), kept_on_disk(files_folder)) == (
        [("files.virus_refused", {"ext": "txt"})],
        0,
        [],
    )


def test_the_same_content_is_kept_once_under_any_name(files_folder: Path) -> None:
    first = keep("một.txt")
    second = keep("hai.txt")

    assert (first.pk, kept_on_disk(files_folder)) == (second.pk, [first.sha256])


def test_a_pdf_is_counted_and_previewed() -> None:
    stored = keep("đơn.pdf", make_pdf(pages=3))

    preview = files.open_preview(stored)
    assert preview is not None
    with preview:
        head = preview.read()
    assert (stored.pages, head[:4], head[8:12], len(head) <= 30_000) == (3, b"RIFF", b"WEBP", True)


def test_of_messages_kept_together_one_purged_earlier_stops_no_other() -> None:
    def take(content: bytes) -> files.RawFile:
        return files.take_raw(io.BytesIO(content), "application/xml", most=100)

    [first] = files.keep_raws([take(b"<mat/>")], by=LAN, at=NOW)
    assert first is not None
    files.purge([first.pk], by=LAN, at=NOW)

    kept = files.keep_raws([take(b"<mat/>"), take(b"<thuong/>")], by=LAN, at=LATER)

    assert [one is not None for one in kept] == [False, True]


def test_what_nobody_lists_is_looked_at_without_being_drawn() -> None:
    content = io.BytesIO(make_pdf(pages=3))

    stored = files.keep_file("công văn.pdf", content, by=LAN, at=NOW, is_drawn=False)

    assert (stored.pages, files.open_preview(stored)) == (3, None)


def test_it_is_drawn_when_it_comes_again_where_it_is_listed() -> None:
    content = make_pdf(pages=3)
    files.keep_file("công văn.pdf", io.BytesIO(content), by=LAN, at=NOW, is_drawn=False)

    preview = files.open_preview(keep("giấy tờ.pdf", content))

    assert preview is not None
    with preview:
        assert preview.read()[:4] == b"RIFF"


def test_a_broken_picture_is_refused_where_nothing_is_drawn() -> None:
    content = io.BytesIO(make_picture()[:400])

    with pytest.raises(files.FileRefused, match="hỏng"):
        files.keep_file("ảnh.jpg", content, by=LAN, at=NOW, is_drawn=False)


def test_a_large_noisy_picture_still_has_a_small_preview() -> None:
    stored = keep("ảnh.jpg", make_picture(size=(3_000, 2_000)))

    preview = files.open_preview(stored)
    assert preview is not None
    with preview:
        assert 0 < len(preview.read()) <= 30_000


@pytest.mark.parametrize(
    ("name", "content", "because"),
    [
        ("bom.png", make_picture_bomb(), "kích thước"),
        ("khổ lạ.pdf", make_pdf().replace(b"300.0", b"99999"), "kích thước"),
        ("khóa.pdf", make_locked_pdf(), "mật khẩu"),
        ("rỗng.pdf", b"%PDF-1.7\nnothing\n%%EOF\n", "hỏng"),
        ("hỏng.jpg", make_picture()[:2_000], "hỏng"),
    ],
)
def test_what_nobody_could_open_is_refused(name: str, content: bytes, because: str) -> None:
    with pytest.raises(files.FileRefused, match=because):
        keep(name, content)


def test_a_file_over_the_limit_is_refused(settings: Settings, files_folder: Path) -> None:
    settings.FILES_MOST_BYTES = 10

    with pytest.raises(files.FileTooLarge, match="lớn quá"):
        keep()

    assert kept_on_disk(files_folder) == []


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(files.FileRefused, match="không có nội dung"):
        keep("trống.txt", b"")


def test_what_is_made_here_needs_no_scan() -> None:
    stored = files.keep_bytes(make_pdf(), "application/pdf", by=LAN, at=NOW)

    assert (stored.scan_state, stored.size) == (files.ScanState.MADE_HERE, len(make_pdf()))


def test_a_virus_found_later_locks_the_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = keep("xấu.txt", VIRUS)
    monkeypatch.setitem(files.scanners, "fake", FakeScanner)
    settings.FILES_SCANNER = "fake"

    files.rescan(at=LATER)

    stored.refresh_from_db()
    with pytest.raises(files.FileLocked):
        files.open_file(stored)
    assert [e.action for e in audit.trail_of(f"file:{stored.pk}")] == ["files.locked"]


def test_a_locked_content_cannot_come_in_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("xấu.txt", VIRUS)
    monkeypatch.setitem(files.scanners, "fake", FakeScanner)
    settings.FILES_SCANNER = "fake"
    files.rescan(at=LATER)
    settings.FILES_SCANNER = "none"

    with pytest.raises(files.VirusFound):
        keep("đổi tên.txt", VIRUS)


def test_what_could_not_be_scanned_is_scanned_once_there_is_a_scanner(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = keep()
    looked_at_without = files.rescan(at=NOW)
    monkeypatch.setitem(files.scanners, "fake", FakeScanner)
    settings.FILES_SCANNER = "fake"

    looked_at = files.rescan(at=LATER)

    stored.refresh_from_db()
    assert (looked_at_without, looked_at, stored.scan_state) == (0, 1, files.ScanState.CLEAN)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"size": 0}, "files_size_is_positive"),
        ({"sha256": "../../etc/passwd"}, "files_hash_is_a_hash"),
        ({"scan_state": "maybe"}, "files_scan_state_is_known"),
        ({"scan_state": "clean"}, "files_scanned_means_a_moment"),
    ],
)
def test_the_database_refuses_odd_files(change: dict[str, object], constraint: str) -> None:
    stored = keep()

    with pytest.raises(IntegrityError, match=constraint):
        StoredFile.objects.filter(pk=stored.pk).update(**change)


def test_what_nobody_took_is_swept_with_its_bytes(
    files_folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    upload = files.begin_upload("ghi chú.txt", len(NOTE), by=LAN, at=NOW)
    files.take_part(upload.token, 0, NOTE, by=LAN, at=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        swept = files.sweep(at=LATER)

    assert (swept, StoredFile.objects.count(), kept_on_disk(files_folder)) == (1, 0, [])


def test_a_content_that_somebody_holds_is_not_swept(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for token_of in (LAN, Actor(id=32, name="Vàng A Dũng", kind=ActorKind.CITIZEN)):
        at = NOW if token_of is LAN else LATER
        upload = files.begin_upload("ghi chú.txt", len(NOTE), by=token_of, at=at)
        files.take_part(upload.token, 0, NOTE, by=token_of, at=at)

    with django_capture_on_commit_callbacks(execute=True):
        swept = files.sweep(at=LATER)

    held = StoredFile.objects.get()
    with files.open_file(held) as content:
        assert (swept, content.read()) == (1, NOTE)
