"""Policies of signing and the partners that are asked, on the screen."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.procedures.tests.make import make_procedure
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import make_crl, make_root, make_trusted_world
from motcua.lib.clock import local_day, now

from .people import page_of

pytestmark = pytest.mark.django_db
PAGE, SERVICES = "chinh-sach-ky/", "dich-vu-tin-cay/"
ORDER = "outcome:leader:seal"


def post(client: Client, path: str, **sent: object) -> Any:
    return client.post(f"/quan-tri/{path}", {"request_key": f"{uuid4()}", **sent})


def put(client: Client, **sent: object) -> Any:
    today = f"{local_day(now()):%d/%m/%Y}"
    typed = {"order": ORDER, "level": "B_LT", "valid_from": today, "basis": "QĐ 5/QĐ"}
    return post(client, f"{PAGE}them/", **(typed | sent))


@pytest.mark.parametrize(
    "path", [PAGE, f"{PAGE}them/", SERVICES, f"{SERVICES}them/", f"{SERVICES}thu-hoi/them/"]
)
def test_policies_are_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client, path: str
) -> None:
    pages = [page_of(person, path) for person in (quan, xuan, dung)]

    assert ["<h1" in pages[0], *pages[1:]] == [True, "403", "403"]


def test_without_a_policy_the_page_says_that_nothing_is_signed(quan: Client) -> None:
    assert "Kết quả giải quyết thủ tục hành chính: chưa có chính sách" in page_of(quan, PAGE)


def test_a_policy_is_said_in_a_sentence(quan: Client) -> None:
    answer = put(quan, is_required="on")

    page = page_of(quan, PAGE)
    assert answer.status_code == 302, answer.content.decode()
    assert "kết quả giải quyết thủ tục hành chính của mọi cơ quan" in page
    assert "kiểm tra được lâu dài (B-LT). Bắt buộc" in page
    assert "Kết quả giải quyết thủ tục hành chính: chưa có chính sách" not in page


def test_a_policy_of_one_agency_and_one_procedure_says_whose(
    quan: Client, province: organisation.Agency
) -> None:
    make_procedure()

    put(quan, agency=province.code, procedure="1.004873")

    assert f"của {province.name}, thủ tục 1.004873" in page_of(quan, PAGE)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"agency": "H00"}, "Không có cơ quan nào"),
        ({"procedure": "9.999999"}, "Không có thủ tục mang mã"),
        ({"valid_from": "1/1/2020"}, "từ hôm nay trở đi"),
        ({"order": "outcome:seal"}, "không"),
        ({"level": ""}, "Hãy chọn mức chữ ký"),
        ({"order": "verification_report:seal"}, "mới có mức: Cơ bản (B-B)"),
    ],
)
def test_a_wrong_policy_is_refused_in_words(
    quan: Client, sent: dict[str, object], says: str
) -> None:
    answer = put(quan, **sent)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_policy_ends_and_stays_in_the_history(quan: Client) -> None:
    put(quan)
    policy = signing.policies_on_record(limit=1)[0]
    path = f"{PAGE}{policy.pk}/thoi/"

    asked = page_of(quan, path)
    post(quan, path)

    policy.refresh_from_db()
    assert "thôi áp dụng từ ngày mai" in asked
    assert policy.valid_to == local_day(now())


def test_a_policy_of_the_past_stands_in_the_history(quan: Client) -> None:
    put(quan)
    before = local_day(now()) - timedelta(days=9)
    signing.SigningPolicy.objects.update(valid_from=before, valid_to=before)

    page = page_of(quan, PAGE)

    assert "Đã thôi áp dụng" in page
    assert f"đến hết {before:%d/%m/%Y}" in page


def add_service(client: Client, **sent: object) -> Any:
    typed = {
        "name": "Dấu thời gian Chính phủ",
        "code": "tsa-cp",
        "kind": "tsa",
        "url": "http://tsa.example.gov.vn/tsa",
        "timeout_s": "10",
    }
    return post(client, f"{SERVICES}them/", **(typed | sent))


def test_a_partner_is_entered_changed_and_stopped(quan: Client) -> None:
    assert add_service(quan).status_code == 302
    change = {"name": "Dấu thời gian", "url": "https://tsa.example.gov.vn/", "timeout_s": "20"}

    answer = post(quan, f"{SERVICES}tsa-cp/", **change)
    post(quan, f"{SERVICES}tsa-cp/dung/")

    assert answer.status_code == 302, answer.content.decode()
    row = trust.get_service("tsa-cp")
    assert (row.url, row.timeout_s, row.kind) == ("https://tsa.example.gov.vn/", 20, "tsa")
    assert "Thôi dùng" in page_of(quan, SERVICES)


@pytest.mark.parametrize(
    ("sent", "says"),
    [({"url": "tsa"}, "http://"), ({"timeout_s": "0"}, "1"), ({"code": "á"}, "không dấu")],
)
def test_a_partner_that_cannot_be_asked_is_refused(
    quan: Client, sent: dict[str, object], says: str
) -> None:
    answer = add_service(quan, **sent)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_how_it_went_with_a_partner_is_shown(quan: Client) -> None:
    add_service(quan)
    before = "Chưa hỏi lần nào" in page_of(quan, SERVICES)

    trust.note_service("tsa-cp", at=now(), error="Không trả lời đúng hẹn")
    failed = page_of(quan, SERVICES)
    trust.note_service("tsa-cp", at=now())

    assert (before, "Không trả lời đúng hẹn" in failed) == (True, True)
    assert "Trả lời tốt" in page_of(quan, SERVICES)


def test_lists_are_shown_with_their_age(quan: Client) -> None:
    make_trusted_world()

    page = page_of(quan, SERVICES)

    assert ("Gốc thử nghiệm" in page, "Quá hạn" in page, "ngày</td>" in page) == (True,) * 3


def test_lists_are_asked_for_at_once(quan: Client) -> None:
    answer = post(quan, f"{SERVICES}thu-hoi/tai-lai/")

    assert answer.status_code == 302


def test_without_a_stamper_the_page_says_what_that_means(quan: Client) -> None:
    before = page_of(quan, SERVICES)

    add_service(quan)

    after = page_of(quan, SERVICES)
    said = "Chưa có dịch vụ dấu thời gian"
    assert (said in before, said in after) == (True, False)


def test_a_list_is_brought_in_a_file(quan: Client) -> None:
    make_trusted_world()
    crl = make_crl(make_root(), days=900)

    answer = post(quan, f"{SERVICES}thu-hoi/them/", file=SimpleUploadedFile("goc.crl", crl))

    assert answer.status_code == 302


def test_a_list_of_a_stranger_is_refused(quan: Client) -> None:
    crl = make_crl(make_root("Kẻ lạ"))

    answer = post(quan, f"{SERVICES}thu-hoi/them/", file=SimpleUploadedFile("la.crl", crl))

    assert answer.status_code == 422
    assert "Không biết nơi" in answer.content.decode()
