import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.foundation.files import api as files
from motcua.foundation.files.models import StoredFile
from motcua.lib.actor import Actor, ActorKind

from .make import make_pdf, make_picture

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LAN = Actor(id=31, name="Lò Thị Lan", kind=ActorKind.CITIZEN)


def keep(name: str, content: bytes) -> StoredFile:
    return files.keep_file(name, io.BytesIO(content), by=LAN, at=NOW)


def test_the_words_of_a_text_are_read(files_folder: Path) -> None:
    stored = keep("ghi chú.txt", "Kế hoạch\nchuyển đổi số".encode())

    assert files.read_text(stored) == ["Kế hoạch\nchuyển đổi số"]
    assert list((files_folder / "incoming").iterdir()) == []


def test_a_scanned_page_has_no_words_but_is_a_page() -> None:
    assert files.read_text(keep("quét.pdf", make_pdf(pages=2))) == ["", ""]


def test_a_picture_is_not_read() -> None:
    assert files.read_text(keep("ảnh.jpg", make_picture())) == []


def test_a_file_that_nobody_can_read_has_no_pages(files_folder: Path) -> None:
    stored = keep("quét.pdf", make_pdf())
    (path,) = (one for one in files_folder.rglob(stored.sha256))
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 torn")

    assert files.read_text(stored) == []
