"""Whether the engine can put fields into a document is asked before anybody waits for it."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdf
import pytest

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.errors import NOT_STANDARD
from motcua.foundation.signing.operations.apart import fits_apart
from motcua.foundation.signing.rules.fitting import why_unfit

from .foreign import make_decision

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def with_wrong_table() -> bytes:
    """Return a decision whose table of objects is lost: viewers repair it, the engine does not."""
    pdf = make_decision()
    place = pdf.rindex(b"startxref")
    return pdf[:place] + b"startxref\n7\n%%EOF\n"


def test_a_decision_fits_also_when_it_is_asked_apart() -> None:
    assert fits_apart(make_decision()) == ""


def test_what_is_no_pdf_does_not_fit() -> None:
    assert why_unfit(b"%PDF-1.7 nothing") == NOT_STANDARD


def test_what_has_a_password_does_not_fit() -> None:
    made = io.BytesIO()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_decision()))
    writer.encrypt("", "x", algorithm="AES-256")
    writer.write(made)

    assert why_unfit(made.getvalue()) == "Tệp PDF có mật khẩu, không ký được."


@pytest.mark.django_db
def test_a_file_with_small_faults_is_written_anew_and_keeps_its_words() -> None:
    assert why_unfit(with_wrong_table()) == NOT_STANDARD

    placed = signing.place_file(
        with_wrong_table(), ["Nguyễn Thị Hoa"], agency_id=1, notation="QĐ", at=AT
    )

    assert why_unfit(placed.content) == ""
    assert (placed.signer, placed.notation) == ("Nguyễn Thị Hoa", "QĐ-UBND")
