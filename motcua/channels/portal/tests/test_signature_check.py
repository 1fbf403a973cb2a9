"""What anybody learns of the signatures of a file that they hold."""

import io
import re
from threading import Timer

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import dumps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from motcua.channels.portal.views import signatures
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import (
    fill_report_queue,
    make_province,
    make_sealed_paper,
    reports_kept,
    seal_reports,
)
from motcua.foundation.trust.tests.make import MONDAY, make_trusted_world
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db
ADDRESS = "/kiem-tra-chu-ky/"


def send(client: Client, content: bytes, name: str = "giay.pdf") -> tuple[int, str]:
    sent = SimpleUploadedFile(name, content, content_type="application/pdf")
    answer = client.post(ADDRESS, {"tep": sent})
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def test_the_page_asks_for_a_file(client: Client) -> None:
    answer = client.get(ADDRESS)

    assert answer.status_code == 200
    assert 'type="file"' in answer.content.decode()


def test_a_sealed_paper_tells_who_signed_and_whom_to_believe(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_trusted_world()
    monkeypatch.setattr("motcua.channels.portal.views.signatures.now", lambda: MONDAY)

    _, text = send(client, make_sealed_paper())

    for words in (
        "Hợp lệ",
        "Nguyễn Thị Hoa – Người có thẩm quyền",
        "UBND xã Mường Phăng – Con dấu của cơ quan",
        "Chuỗi chứng thư dẫn đến gốc tin cậy “Gốc thử nghiệm”.",
        "TOTAL-PASSED",
        "Ô “so”: điền “15”.",
    ):
        assert words in text


def test_a_cut_file_is_told_as_unreadable_and_not_as_unsigned(client: Client) -> None:
    _, text = send(client, make_sealed_paper()[:-2000])

    assert "Có chữ ký nhưng không đọc được" in text
    assert "Không có chữ ký số" not in text


def test_a_signature_apart_is_examined_with_the_file_it_speaks_of(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[object] = []

    def examine(content: bytes, *, at: object, beside: bytes | None) -> signing.Report:  # noqa: ARG001 -- called by these names
        handed.extend((content, beside))
        return signing.Report("00", 2, signing.Verdict(signing.Indication.UNSIGNED, "", "Không."))

    monkeypatch.setattr(signing, "examine", examine)
    parts = {"tep": b"<chu-ky/>", "tep-goc": b"<bien-lai/>"}

    client.post(
        ADDRESS, {name: SimpleUploadedFile(f"{name}.xml", one) for name, one in parts.items()}
    )

    assert handed == [b"<chu-ky/>", b"<bien-lai/>"]


def kept_in(page: str) -> str:
    found = re.search(r'name="ket-qua" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_what_was_shown_is_saved_as_a_paper(client: Client) -> None:
    _, page = send(client, make_sealed_paper()[:-2000])

    answer = client.post(f"{ADDRESS}bien-ban/", {"ket-qua": kept_in(page)})

    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages)
    assert "BIÊN BẢN KIỂM TRA CHỮ KÝ SỐ" in text
    assert "Có chữ ký nhưng không đọc được" in text


def save(client: Client) -> str:
    """Have a result kept where the province's seal signs such papers; return where one waits."""
    _, page = send(client, make_sealed_paper()[:-2000])
    answer = client.post(f"{ADDRESS}bien-ban/", {"ket-qua": kept_in(page)})
    return answer.headers["Location"]


def test_a_paper_that_is_to_be_sealed_is_waited_for_on_a_page_of_its_own(client: Client) -> None:
    make_province(has_seal=True)
    address = save(client)

    waiting = client.get(address)
    seal_reports(at=now())
    done = client.get(address).content.decode()
    paper = client.get(f"{address}tai-ve/")

    assert 'hx-trigger="load delay:1s"' in waiting.content.decode()
    assert waiting.headers["Cache-Control"] == "private, no-store"
    assert ("Đã đóng dấu" in done, "hx-trigger" in done) == (True, False)
    found = PdfReader(io.BytesIO(paper.content)).get_fields() or {}
    assert found["SIG_ORG"]["/V"]["/Type"] == "/Sig"


def test_the_seal_signs_nothing_that_a_stranger_made_up(client: Client) -> None:
    make_province(has_seal=True)
    forged = dumps({"report": {}, "name": "x", "at": MONDAY.isoformat()}, salt="another")

    answer = client.post(f"{ADDRESS}bien-ban/", {"ket-qua": forged})

    assert (answer.status_code, reports_kept()) == (422, 0)


def test_while_many_wait_for_the_seal_the_result_stays_on_the_page(client: Client) -> None:
    make_province(has_seal=True)
    fill_report_queue()
    _, page = send(client, make_sealed_paper()[:-2000])

    answer = client.post(f"{ADDRESS}bien-ban/", {"ket-qua": kept_in(page)})

    text = answer.content.decode()
    assert (answer.status_code, "xin bấm lưu lại sau ít phút" in text) == (503, True)
    assert "Có chữ ký nhưng không đọc được" in text


def test_a_report_that_is_no_longer_kept_is_said_to_be_gone(client: Client) -> None:
    answers = [client.get(f"{ADDRESS}bien-ban/{name}") for name in ("la/", "la/tai-ve/")]

    assert [one.status_code for one in answers] == [404, 404]
    assert "hãy kiểm tra lại tệp rồi lưu" in answers[0].content.decode()


def test_where_no_seal_signs_reports_the_page_says_so_before_one_saves(client: Client) -> None:
    _, text = send(client, make_sealed_paper()[:-2000])

    assert "Biên bản lưu ở đây không có chữ ký số: tỉnh chưa đặt chính sách" in text


def test_no_paper_is_made_of_a_result_that_is_not_ours(client: Client) -> None:
    _, page = send(client, make_sealed_paper()[:-2000])

    answer = client.post(f"{ADDRESS}bien-ban/", {"ket-qua": kept_in(page)[:-1] + "_"})

    assert answer.status_code == 422
    assert "Hãy kiểm tra lại tệp" in answer.content.decode()


def test_words_out_of_a_file_cannot_become_part_of_the_page(client: Client) -> None:
    _, text = send(client, b"%PDF-1.7 nothing", name="<script>alert(1)</script>.pdf")

    assert "<script>alert" not in text


def test_without_a_file_the_page_says_what_to_do(client: Client) -> None:
    answer = client.post(ADDRESS, {})

    assert answer.status_code == 422
    assert "Hãy chọn tệp PDF hoặc XML cần kiểm tra." in answer.content.decode()


def test_a_crowd_is_asked_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> signing.Report:
        raise signing.ExaminersBusy("Đang bận")

    monkeypatch.setattr(signing, "examine", busy)

    assert send(client, b"%PDF-1.7")[0] == 503


def test_an_empty_file_is_told_as_such(client: Client) -> None:
    status, text = send(client, b"")

    assert (status, "Tệp này trống (0 byte)" in text) == (422, True)


def test_a_file_larger_than_what_is_taken_is_told_and_not_read(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILES_MOST_BYTES = 100
    monkeypatch.delattr(signing, "examine")

    status, text = send(client, b"%PDF-1.7" + b" " * 100)

    assert (status, "Tệp này lớn quá mức nhận; hãy chọn tệp nhỏ hơn." in text) == (422, True)


def test_one_network_may_ask_ten_times_in_ten_minutes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict = signing.Verdict(signing.Indication.UNSIGNED, "", "Không có.")
    report = signing.Report("00", 2, verdict)
    monkeypatch.setattr(signing, "examine", lambda *_, **__: report)

    answers = [send(client, b"%PDF-1.7")[0] for _ in range(11)]

    assert answers == [200] * 10 + [429]


def taken_place() -> BaseDatabaseWrapper:
    """Return a connection that holds the place in which files are examined."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(1501, 1)")
    return other


def test_who_comes_while_another_file_is_examined_waits_for_his_turn(client: Client) -> None:
    other = taken_place()
    Timer(0.3, other.connection.close).start()

    status, _ = send(client, b"%PDF-1.7")

    assert status == 200


def test_while_another_file_takes_long_the_site_stays_free_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "PATIENCE_S", 0.2)
    other = taken_place()

    status, text = send(client, b"%PDF-1.7")
    other.close()

    assert (status, "xin thử lại sau ít giây" in text) == (503, True)
