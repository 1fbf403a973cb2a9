"""A state secret is recognised by its mark and never kept; ordinary words are let through."""

import io
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.files.models import StoredFile, Upload
from motcua.foundation.files.rules import mark_in_name, mark_in_words
from motcua.lib.actor import Actor, ActorKind

from .make import make_picture

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LAN = Actor(id=31, name="Lò Thị Lan", kind=ActorKind.CITIZEN)


def keep(name: str, content: bytes) -> StoredFile:
    return files.keep_file(name, io.BytesIO(content), by=LAN, at=NOW)


def word_file(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("ỦY BAN NHÂN DÂN\nMẬT\nSố: 12/BC-UBND", "MẬT"),
        ("Số: 12/BC-UBND\tTỐI MẬT\tĐiện Biên", "TỐI MẬT"),
        ("ỦY BAN NHÂN DÂN TỈNH     TUYỆT MẬT", "TUYỆT MẬT"),
        ("[MẬT]", "MẬT"),
        ("MA\u0302\u0323T", "MẬT"),
        ("T Ố I  M Ậ T".replace("  ", " "), "TỐI MẬT"),
        ("Độ mật: Tuyệt mật", "TUYỆT MẬT"),
        ("tèi mËt", "TỐI MẬT"),
        ("TUYEÄT MAÄT", "TUYỆT MẬT"),
        ("QUY CHẾ BẢO MẬT", ""),
        ("QUY CHẾ BẢO VỆ BÍ\nMẬT\nNHÀ NƯỚC", ""),
        ("MẬT\nĐỘ DÂN SỐ NĂM 2025", ""),
        ("MẬT ĐỘ DÂN SỐ", ""),
        ("Mật khẩu đăng nhập\nMẬT KHẨU", ""),
        ("a) Tuyệt mật;\nb) Tối mật;\nc) Mật.", ""),
        ("Danh mục bí mật nhà nước độ TỐI MẬT", ""),
        ("Độ mật: Không", ""),
        ("MAT", ""),
    ],
)
def test_a_mark_stands_alone_on_the_first_page(page: str, mark: str) -> None:
    assert mark_in_words(page) == mark


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("12-BC MẬT.pdf", "MẬT"),
        ("BC_12_mật.pdf", "MẬT"),
        ("báo cáo - tối mật.pdf", "TỐI MẬT"),
        ("Kế hoạch TUYỆT MẬT 2026.docx", "TUYỆT MẬT"),
        ("bao cao (MAT).pdf", "MẬT"),
        ("bảo mật.pdf", ""),
        ("bảo-mật.pdf", ""),
        ("Quy chế BẢO MẬT.pdf", ""),
        ("mật độ dân số.xlsx", ""),
        ("mật-khẩu wifi.pdf", ""),
        ("TOI MAT GIAY TO.pdf", ""),
        ("mat bang tang 1.pdf", ""),
        ("QUY ĐỊNH ĐÓNG DẤU TỐI MẬT.pdf", ""),
    ],
)
def test_a_mark_stands_alone_in_a_name(name: str, mark: str) -> None:
    assert mark_in_name(name) == mark


@pytest.mark.django_db
def test_a_word_file_with_the_stamp_is_stopped_and_nothing_of_it_is_kept(
    files_folder: Path,
) -> None:
    with pytest.raises(files.SecretFile, match="sổ văn bản mật"):
        keep("bao cao.docx", word_file("UBND TỈNH", "TỐI MẬT", "Số: 01/BC"))

    assert [path for path in files_folder.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()
    traced = audit.trail_of(f"account:{LAN.id}")
    assert [(one.action, one.detail) for one in traced] == [
        ("files.secret_refused", {"ext": "docx"})
    ]


@pytest.mark.django_db
def test_a_word_file_about_secrecy_is_taken() -> None:
    content = word_file("QUY CHẾ", "Bảo vệ bí mật nhà nước, bảo mật thông tin")

    assert keep("quy che bao mat.docx", content).pages == 0


@pytest.mark.django_db
def test_an_upload_with_a_mark_in_its_name_does_not_even_begin() -> None:
    with pytest.raises(files.SecretFile):
        files.begin_upload("bao cao (TUYET MAT).pdf", 100, by=LAN, at=NOW)

    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_a_purged_content_is_gone_and_known_if_it_comes_again(
    files_folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    content = make_picture()
    stored = keep("quét.jpg", content)

    with django_capture_on_commit_callbacks(execute=True):
        gone = [files.purge([stored.pk], by=LAN, at=NOW) for _ in range(2)]

    stored.refresh_from_db()
    assert (gone, stored.has_preview) == ([1, 0], False)
    assert list(files_folder.rglob(f"{stored.sha256}*")) == []
    with pytest.raises(files.FileLocked, match="bí mật nhà nước"):
        files.open_file(stored)
    with pytest.raises(files.SecretFile), transaction.atomic():
        keep("ảnh khác.jpg", content)
