"""The report of an examination becomes a paper, sealed by itself where the policy says so."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from motcua.foundation.signing.operations.reporting import render_report, report_from
from motcua.foundation.signing.operations.sealing import report_pdf
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication
from motcua.foundation.trust.tests.make import (
    MONDAY,
    make_trusted_world,
)

from .corpus import make_sealed, refilled
from .make import PROVINCE, make_province
from .test_engine import make_world

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_the_paper_says_all_that_the_report_says() -> None:
    report = examine_file(refilled(), make_world())

    text = text_of(render_report(report, name="giấy.pdf", as_of=MONDAY, at=MONDAY))

    (_, seal) = report.signatures
    for words in (
        *(report.verdict.words, "CHANGED_AFTER_SIGNING", "giấy.pdf", report.sha256[:16]),
        *(seal.signer, seal.issuer, seal.serial, seal.then, seal.algorithm, seal.covers),
        *(*seal.changes, *seal.warnings, seal.trust.why, "09:00:00 02/03/2026"),
    ):
        assert words in text


def test_a_report_survives_the_way_through_a_page() -> None:
    report = examine_file(refilled(), make_world())

    assert report_from(report.plain()) == report


def test_the_seal_of_the_province_signs_the_report_by_itself() -> None:
    make_province(has_seal=True)
    report = examine_file(make_sealed(), make_world())

    pdf, trouble = report_pdf(report, name="giấy.pdf", as_of=MONDAY, at=MONDAY)

    found = examine_file(pdf, make_world())
    assert (found.verdict.indication, trouble) == (Indication.PASSED, "")
    assert [one.signer for one in found.signatures] == [PROVINCE]


def test_without_a_seal_the_report_comes_unsealed_and_says_why() -> None:
    make_province(has_seal=False)
    report = examine_file(make_sealed(), make_world())

    pdf, trouble = report_pdf(report, name="giấy.pdf", as_of=MONDAY, at=MONDAY)

    assert trouble == "Cơ quan chưa có chứng thư con dấu dùng được; hãy báo quản trị."
    assert examine_file(pdf, make_world()).verdict.indication == Indication.UNSIGNED


def test_the_command_writes_the_report(tmp_path: Path) -> None:
    make_trusted_world()
    source, target = tmp_path / "giay.pdf", tmp_path / "bien-ban.pdf"
    source.write_bytes(make_sealed())

    call_command("verify", str(source), "--at", "2026-03-02", "--report", str(target))

    assert "BIÊN BẢN KIỂM TRA CHỮ KÝ SỐ" in text_of(target.read_bytes())
