"""The seal of the collecting body: signs what waits, and nobody waits for it."""

import itertools
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from motcua.casework.receipts.choices import ReceiptState
from motcua.casework.receipts.models import Receipt, ReceiptMove
from motcua.casework.receipts.operations import sealing
from motcua.casework.receipts.operations.correcting import AdjustIn, adjust_receipt
from motcua.casework.receipts.operations.issuing import settle
from motcua.casework.receipts.operations.sealing import sign_again, sign_due, want_signatures
from motcua.casework.receipts.queries.papers import receipt_paper
from motcua.casework.receipts.queries.receipts import (
    count_late,
    find_receipt,
    signed_xml,
    troubles_of,
    xml_of,
)
from motcua.foundation.jobs import api as jobs
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import examined_here, seal_xml_here
from motcua.foundation.trust.tests.make import make_server_certificate, make_trusted_world
from motcua.lib.actor import SYSTEM

from .make import FEE, MINUTE, MONDAY, Place, line, make_order, make_place

pytestmark = pytest.mark.django_db
NAME = "UBND xã Mường Phăng"
LATER = MONDAY + 20 * MINUTE


@pytest.fixture(autouse=True)
def _signer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process be the signer, and examine without another process."""
    seal_xml_here()
    monkeypatch.setattr(signing, "examine", examined_here)


def make_sealed_place() -> Place:
    place = make_place()
    make_trusted_world(days=365)
    make_server_certificate(NAME, agency_id=place.agency_id)
    return place


def issue(place: Place, code: str = "TT26-1") -> Receipt:
    return settle(make_order(place, code, line(FEE, 104_000)), by=SYSTEM, at=MONDAY)[0]


def check(content: bytes, folder: Path) -> tuple[int, str]:
    """Return the exit code of `receipts check`, and what it says."""
    path, out = folder / "bien-lai.xml", StringIO()
    path.write_bytes(content)
    try:
        call_command("receipts_check", path, stdout=out)
    except SystemExit as ended:
        return int(f"{ended.code}"), out.getvalue()
    return 0, out.getvalue()


def test_the_seal_signs_all_that_waits_and_the_files_are_in_order(tmp_path: Path) -> None:
    place = make_sealed_place()
    codes = [issue(place, f"TT26-{n}").code for n in range(3)]

    done = sign_due(at=MONDAY)

    report = examined_here(signed_xml(Receipt.objects.get(code=codes[0])), at=LATER)
    assert (done, report.verdict.indication) == (3, signing.Indication.PASSED)
    assert [(one.signer, one.level) for one in report.signatures] == [(NAME, "XAdES B-B")]
    assert not Receipt.objects.filter(next_sign_at__isnull=False).exists()
    content = signed_xml(Receipt.objects.get(code=codes[2]))
    assert check(content, tmp_path)[0] == 0


def test_a_receipt_changed_after_signing_is_found_out(tmp_path: Path) -> None:
    place = make_sealed_place()
    code = issue(place).code
    sign_due(at=MONDAY)
    content = signed_xml(Receipt.objects.get(code=code))

    ended, said = check(content.replace("Lò Thị Lan".encode(), "Cà Văn Dũng".encode()), tmp_path)

    assert (ended, "Lỗi: Chữ ký số:" in said) == (1, True)


def test_an_unsigned_file_is_not_in_order(tmp_path: Path) -> None:
    receipt = issue(make_place())

    ended, said = check(xml_of(receipt), tmp_path)

    assert (ended, said.splitlines()[1:]) == (1, ["  Lỗi: Chưa có chữ ký số của cơ quan thu."])


def test_without_a_seal_the_receipt_counts_and_is_signed_later() -> None:
    place = make_place()
    receipt = issue(place)
    before = sign_due(at=MONDAY)
    receipt.refresh_from_db()
    troubles, late = troubles_of(place.agency_id, LATER), count_late(LATER)

    make_trusted_world(days=365)
    make_server_certificate(NAME, agency_id=place.agency_id)
    sign_again(agency_id=place.agency_id, at=LATER)
    after = sign_due(at=LATER)

    assert (before, receipt.state, receipt.number) == (0, ReceiptState.ISSUED, 1)
    assert late == (0, 1)
    assert receipt.next_sign_at == MONDAY + timedelta(seconds=10)
    assert (troubles.unsigned, troubles.why_unsigned[:40]) == (
        1,
        "Cơ quan chưa có chứng thư con dấu dùng đ",
    )
    assert (after, troubles_of(place.agency_id, LATER).unsigned) == (1, 0)
    assert count_late(LATER) == (0, 0)


def test_what_is_adjusted_while_the_seal_is_asked_is_signed_too() -> None:
    place = make_sealed_place()
    receipt = issue(place)
    claimed = sealing._claim(MONDAY)  # noqa: SLF001 -- to stand between claim and seal
    adjust_receipt(receipt.code, AdjustIn("Giảm", -1, "Sai"), by=place.oanh, at=MONDAY)

    assert sealing._sign(place.agency_id, claimed, at=MONDAY) == 1  # noqa: SLF001 -- as above
    receipt.refresh_from_db()
    assert receipt.version == ReceiptMove.objects.filter(receipt=receipt).count()


def test_what_was_signed_is_not_signed_again() -> None:
    place = make_sealed_place()
    issue(place)

    assert [sign_due(at=MONDAY), sign_due(at=LATER)] == [1, 0]


def test_the_display_says_the_amount_in_words_and_who_signed() -> None:
    place = make_sealed_place()
    issue(place)
    before = receipt_paper(Receipt.objects.get())
    sign_due(at=MONDAY)

    after = receipt_paper(Receipt.objects.get())

    assert (before.signed_at, after.signed_at, after.signed_by) == (None, MONDAY, NAME)
    assert (after.form_symbol, after.symbol, after.receipt_number, after.words) == (
        "EBL01",
        "26TAA",
        "1",
        "Một trăm linh bốn nghìn đồng",
    )


def test_an_ended_receipt_is_marked_across() -> None:
    place = make_place()
    issue(place)
    Receipt.objects.update(state=ReceiptState.CANCELLED)

    assert receipt_paper(Receipt.objects.get()).mark == "ĐÃ HỦY"


def test_a_receipt_is_found_however_its_code_is_typed() -> None:
    code = issue(make_place()).code

    found = find_receipt(f" {code[:4].lower()}-{code[4:8]} {code[8:]} ")

    assert found is not None
    assert found.code == code


def test_the_worker_wakes_the_signer_which_signs_in_its_round() -> None:
    place = make_sealed_place()
    jobs.run_due(at=MONDAY, runner=jobs.SIGNER)
    issue(place)

    want_signatures(at=LATER)
    is_called = jobs.is_job_due(LATER, runner=jobs.SIGNER)
    jobs.run_due(at=LATER, runner=jobs.SIGNER)

    assert (is_called, Receipt.objects.get().signed_at) == (True, LATER)


def test_what_was_sealed_stays_when_the_signer_breaks_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = make_sealed_place()
    jobs.run_due(at=MONDAY, runner=jobs.SIGNER)
    seal, asked = signing.xml_sealer(), itertools.count()

    def seal_once(*args: Any, **given: Any) -> signing.SealedXml:
        if next(asked):
            raise RuntimeError
        return seal(*args, **given)

    monkeypatch.setattr(sealing, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(signing, "xml_sealer", lambda: seal_once)
    issue(place)
    issue(place, "TT26-2")
    want_signatures(at=LATER)
    jobs.run_due(at=LATER, runner=jobs.SIGNER)

    assert Receipt.objects.filter(signed_at__isnull=False).count() == 1
