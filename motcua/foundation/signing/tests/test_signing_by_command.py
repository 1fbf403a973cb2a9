"""`./run motcua sign FILE --as ACCOUNT`: a PDF or XML file, and what is said where it cannot be."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from lxml import etree
from pytest_django import Settings

from motcua.foundation.signing.models import SigningRequest, Turn
from motcua.foundation.signing.operations.examining import world_at
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Report
from motcua.foundation.trust.api import Certificate
from motcua.lib.clock import now

from .make import make_drafted, make_leader
from .xml_corpus import RECEIPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    make_leader()
    path = tmp_path / "to.pdf"
    path.write_bytes(make_drafted())
    return path


def sign(source: Path, *words: str) -> str:
    said = io.StringIO()
    call_command("sign", str(source), "--as", "hoa", *words, stdout=said)
    return said.getvalue()


def examined(path: Path) -> Report:
    return examine_file(path.read_bytes(), world_at(now()))


def test_a_pdf_is_signed_beside_the_first_file(pdf: Path) -> None:
    target = pdf.with_name("to-da-ky.pdf")

    said = sign(pdf)

    assert said == f"Đã ký: {target}\n"
    assert [one.signer for one in examined(target).signatures] == ["Nguyễn Thị Hoa"]


def test_an_xml_file_is_signed_whole(tmp_path: Path) -> None:
    make_leader()
    source, target = tmp_path / "bien-lai.xml", tmp_path / "ra.xml"
    source.write_text(RECEIPT, encoding="utf-8")

    sign(source, "--out", str(target))

    (one,) = examined(target).signatures
    assert (one.signer, one.level, one.covers) == ("Nguyễn Thị Hoa", "XAdES B-B", "toàn bộ tệp")
    assert etree.parse(target).getroot().tag == etree.fromstring(RECEIPT).tag


def test_where_the_key_does_not_sign_nothing_is_left_behind(
    pdf: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.SIGNING_KEYS_DIR = str(tmp_path / "nowhere")

    with pytest.raises(CommandError, match="Không tìm thấy khóa"):
        sign(pdf)

    assert SigningRequest.objects.get().state == "withdrawn"
    assert Turn.objects.get().state == "dropped"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["to.pdf"]


def test_a_token_of_ones_own_does_not_sign_by_command(pdf: Path) -> None:
    Certificate.objects.filter(holder_kind="officer").update(way="agent")

    with pytest.raises(CommandError, match="khóa trên máy chủ"):
        sign(pdf)

    assert not SigningRequest.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"tho", "PDF hoặc XML"), (b"<a><b></a>", "bị hỏng"), (None, "No such file")],
)
def test_a_file_that_cannot_be_signed_is_told(pdf: Path, content: bytes | None, said: str) -> None:
    source = pdf.with_name("khac.xml")
    if content is not None:
        source.write_bytes(content)

    with pytest.raises(CommandError, match=said):
        sign(source)


def test_who_is_not_known_is_told(pdf: Path) -> None:
    with pytest.raises(CommandError, match="ai-do"):
        call_command("sign", str(pdf), "--as", "ai-do")
