"""What was drafted in Word reaches its owner as a signed PDF, never as the draft itself."""

import io
import unicodedata

import pytest
from django.test import Client
from pypdf import PdfReader

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import (
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    open_step,
)
from motcua.foundation.files import api as files
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.papers.tests.make import make_template

from .test_following import HOUR, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> Commune:
    return make_all()


@pytest.fixture
def account() -> Account:
    return make_account(username="lan", full_name="Lò Thị Lan")


def signed(commune: Commune, account: Account) -> str:
    """Return the code of a dossier whose outcome Mai wrote in Word and Hoa signed."""
    code = received(commune, account)
    content = make_template("Xác nhận bà Lan. Số: [số, ký hiệu]. Ký: [người ký]")
    stored = files.keep_bytes(content, dossiers.WORD, by=commune.mai, at=MONDAY)
    proposal = dossiers.Proposal(file_id=stored.pk, file_name="du-thao.docx")
    at = MONDAY + HOUR
    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=at, proposal=proposal)
    dossiers.complete_step(code, open_step(code).seq, by=commune.hoa, at=at)
    dossiers.decide(code, open_step(code).seq, by=commune.hoa, at=at)
    return code


def test_a_result_written_in_word_is_handed_out_as_signed(
    client: Client, commune: Commune, account: Account
) -> None:
    code = signed(commune, account)
    (outcome,) = dossiers.whole(get_dossier(code)).outcomes
    client.force_login(account)

    answer = client.get(f"/ho-so/{code}/ket-qua/{outcome.seq}/")

    assert answer.headers["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(b"".join(answer))).pages]
    said = unicodedata.normalize("NFC", " ".join(" ".join(pages).split()))
    assert f"Số: {outcome.number}. Ký: {outcome.signed_by_name}" in said
