from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError
from pytest_django import Settings

from motcua.foundation.files import api as files
from motcua.foundation.files.models import Upload
from motcua.lib.actor import Actor, ActorKind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LAN = Actor(id=31, name="Lò Thị Lan", kind=ActorKind.CITIZEN)
DUNG = Actor(id=32, name="Vàng A Dũng", kind=ActorKind.CITIZEN)
NOTE = b"Kinh gui Uy ban nhan dan xa. " * 40


def begin(name: str = "đơn.txt", size: int = len(NOTE)) -> Upload:
    return files.begin_upload(name, size, by=LAN, at=NOW)


def test_a_file_sent_in_parts_arrives_whole() -> None:
    upload = begin()

    for offset in range(0, len(NOTE), 500):
        upload = files.take_part(upload.token, offset, NOTE[offset : offset + 500], by=LAN, at=NOW)

    assert upload.stored_file is not None
    with files.open_file(upload.stored_file) as content:
        assert content.read() == NOTE


def test_after_a_broken_line_the_sender_learns_where_to_go_on() -> None:
    upload = begin()
    files.append_part(upload.token, 0, NOTE[:700], by=LAN, at=NOW)

    asked = files.get_upload(upload.token, by=LAN, at=NOW + timedelta(hours=5))

    assert asked.offset == 700


@pytest.mark.parametrize("offset", [0, 300, 701, -1])
def test_a_part_at_the_wrong_place_is_refused_with_the_right_one(offset: int) -> None:
    upload = begin()
    files.append_part(upload.token, 0, NOTE[:700], by=LAN, at=NOW)

    with pytest.raises(files.OffsetDiffers) as refusal:
        files.append_part(upload.token, offset, b"x", by=LAN, at=NOW)

    assert refusal.value.offset == 700


def test_bytes_written_before_a_crash_are_written_over(files_folder: Path) -> None:
    upload = begin()
    (files_folder / "incoming").mkdir()
    (files_folder / "incoming" / f"upload-{upload.pk}").write_bytes(b"lost in a crash")

    done = files.take_part(upload.token, 0, NOTE, by=LAN, at=NOW)

    assert done.stored_file is not None
    with files.open_file(done.stored_file) as content:
        assert content.read() == NOTE


def test_more_bytes_than_announced_are_refused() -> None:
    upload = begin(size=10)

    with pytest.raises(files.FileRefused, match="dài hơn"):
        files.append_part(upload.token, 0, NOTE, by=LAN, at=NOW)


def test_finishing_twice_gives_the_same_file() -> None:
    upload = begin()
    done = files.take_part(upload.token, 0, NOTE, by=LAN, at=NOW)

    again = files.finish_upload(upload.token, by=LAN, at=NOW)

    assert again == done.stored_file


def test_an_unfinished_file_cannot_be_finished() -> None:
    upload = begin()
    files.append_part(upload.token, 0, NOTE[:100], by=LAN, at=NOW)

    with pytest.raises(files.OffsetDiffers):
        files.finish_upload(upload.token, by=LAN, at=NOW)


def test_nobody_else_finds_the_upload() -> None:
    upload = begin()

    with pytest.raises(files.UploadNotFound):
        files.append_part(upload.token, 0, NOTE, by=DUNG, at=NOW)


def test_applications_of_one_account_do_not_find_each_others_uploads() -> None:
    one, other = (replace(LAN, application_id=pk) for pk in (1, 2))
    token = files.begin_upload("đơn.txt", len(NOTE), by=one, at=NOW).token

    for somebody in (other, LAN):
        with pytest.raises(files.UploadNotFound):
            files.get_upload(token, by=somebody, at=NOW)
        with pytest.raises(files.UploadNotFound):
            files.take_part(token, 0, NOTE, by=somebody, at=NOW)
    assert files.take_part(token, 0, NOTE, by=one, at=NOW).is_complete


def test_an_expired_upload_is_gone() -> None:
    upload = begin()

    with pytest.raises(files.UploadNotFound):
        files.append_part(upload.token, 0, NOTE, by=LAN, at=NOW + timedelta(days=4))


def test_a_refused_file_takes_its_upload_with_it(files_folder: Path) -> None:
    upload = begin("đơn.pdf")

    with pytest.raises(files.ContentDiffers):
        files.take_part(upload.token, 0, NOTE, by=LAN, at=NOW)

    left = [path for path in files_folder.rglob("*") if path.is_file()]
    assert (Upload.objects.count(), left) == (0, [])


@pytest.mark.parametrize(
    ("name", "size", "error"),
    [
        ("đơn.exe", 10, files.FileRefused),
        ("đơn.pdf", 0, files.FileRefused),
        ("đơn.pdf", -5, files.FileRefused),
        ("đơn.pdf", 20_000_001, files.FileTooLarge),
    ],
)
def test_a_hopeless_upload_does_not_begin(
    name: str, size: int, error: type[files.FileRefused]
) -> None:
    with pytest.raises(error):
        begin(name, size)


def test_the_limit_is_said_before_choosing(settings: Settings) -> None:
    settings.FILES_MOST_BYTES = 5_000_000

    assert files.limits_text() == (
        "Mỗi tệp tối đa 5 MB; loại nhận: PDF, JPG, JPEG, PNG, DOCX, XLSX, P7S, XML, TXT, CSV."
    )


def test_one_account_cannot_fill_the_disk_with_unfinished_files() -> None:
    for _ in range(40):
        begin()

    with pytest.raises(files.TooManyUploads):
        begin()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"offset": len(NOTE) + 1}, "files_upload_grows_to_its_size"),
        ({"size": 0, "offset": 0}, "files_upload_grows_to_its_size"),
    ],
)
def test_the_database_refuses_odd_uploads(change: dict[str, int], constraint: str) -> None:
    upload = begin()

    with pytest.raises(IntegrityError, match=constraint):
        Upload.objects.filter(pk=upload.pk).update(**change)
