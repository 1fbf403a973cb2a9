"""What the QR mark of a signed paper tells to anybody."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency
from motcua.foundation.signing import api as signing
from motcua.lib.clock import local_day, now

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 the sealed paper"
TOKEN = "a-token-nobody-guesses"  # noqa: S105 -- stands on a paper of the tests


def make_issued(**changes: object) -> signing.SignedPaper:
    agency = make_agency("H18.101", "UBND xã Mường Phăng")
    organisation.forget_tree()
    values: dict[str, object] = {
        "token": TOKEN,
        "document_kind": "outcome",
        "agency_id": agency.pk,
        "title": "Giấy xác nhận tình trạng hôn nhân",
        "number": "15/G15-HT",
        "issued_on": date(2026, 3, 2),
        "sha256": sha256(PDF).hexdigest(),
        "state": "in_force",
    }
    return signing.SignedPaper.objects.create(**(values | changes))


def make_changed(state: str, number: str, *, successor_token: str = "") -> None:
    """Let a decision of the first of April change the paper."""
    decision = {
        "state": state,
        "basis_number": number,
        "basis_on": date(2026, 4, 1),
        "successor_token": successor_token,
    }
    paper = make_issued(**decision)
    signing.PaperChange.objects.create(
        paper=paper, seq=1, reason="Cấp nhầm người", by_id=1, by_name="Hoa", at=now(), **decision
    )


def look(client: Client, token: str = TOKEN) -> str:
    answer = client.get(f"/giay/{token}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_sees_that_the_paper_is_real_and_in_force(client: Client) -> None:
    make_issued()

    text = look(client)

    for words in ("Đang có hiệu lực", "UBND xã Mường Phăng", "15/G15-HT", "02/03/2026"):
        assert words in text


def test_a_paper_whose_time_is_over_says_so(client: Client) -> None:
    make_issued(valid_until=local_day(now()) - timedelta(days=1))

    assert "Đã hết thời hạn" in look(client)


def test_a_revoked_paper_names_the_decision(client: Client) -> None:
    make_changed("revoked", "7/QĐ-UBND")

    text = look(client)

    assert "Đã bị thu hồi theo quyết định số 7/QĐ-UBND ngày 01/04/2026." in text
    assert "Cấp nhầm người" not in text


def test_a_replaced_paper_leads_to_the_one_that_counts(client: Client) -> None:
    make_changed("replaced", "8/QĐ-UBND", successor_token="another-mark")  # noqa: S106 -- a mark

    assert 'href="/giay/another-mark/"' in look(client)


def test_an_unknown_mark_is_told_with_a_warning(client: Client) -> None:
    answer = client.get("/giay/nothing-like-it/")

    assert answer.status_code == 404
    assert "Không có giấy nào đã ban hành" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [(PDF, "đúng là bản đã ban hành"), (PDF + b"x", "khác với bản đã ban hành")],
)
def test_a_copy_is_compared_byte_for_byte(client: Client, content: bytes, words: str) -> None:
    make_issued()
    copy = SimpleUploadedFile("giay.pdf", content, content_type="application/pdf")

    answer = client.post(f"/giay/{TOKEN}/", {"copy": copy})

    assert words in answer.content.decode()


def test_guessing_marks_is_stopped_for_a_while(client: Client) -> None:
    answers = [client.get(f"/giay/guess-{i}/").status_code for i in range(62)]

    assert answers[-1] == 429
