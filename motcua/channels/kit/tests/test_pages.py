"""Error pages say a sentence, a reason and a way on."""

import re

import pytest
from django.test import Client, RequestFactory

from motcua.channels.kit import pages


def heading(body: bytes) -> list[str]:
    return re.findall(r"<h1[^>]*>([^<]+)</h1>", body.decode())


@pytest.mark.parametrize(
    ("page", "status", "title"),
    [
        ("400", 400, "Yêu cầu chưa đọc được"),
        ("403", 403, "Ông/bà chưa có quyền làm việc này"),
        ("404", 404, "Không tìm thấy trang này"),
        ("500", 500, "Hệ thống đang trục trặc"),
        ("503", 503, "Hệ thống đang khởi động lại"),
        ("csrf", 403, "Trang này đã mở quá lâu"),
    ],
)
def test_each_problem_has_its_page(client: Client, page: str, status: int, title: str) -> None:
    answer = client.get(f"/bo-giao-dien/{page}/")

    assert (answer.status_code, heading(answer.content)) == (status, [title])


def test_an_unknown_address_gets_our_page(client: Client) -> None:
    answer = client.get("/khong-co/")

    assert (answer.status_code, heading(answer.content)) == (404, ["Không tìm thấy trang này"])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Hồ sơ thuộc cơ quan khác.", "Hồ sơ thuộc cơ quan khác."),
        ("No Dossier matches the given query", "mặc định"),
        ("", "mặc định"),
    ],
)
def test_only_full_sentences_of_an_exception_are_shown(said: str, shown: str) -> None:
    assert pages.reason_of(Exception(said), "mặc định") == shown


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/truoc/", "http://testserver/truoc/"),
        ("http://testserver/day/", ""),
        ("https://example.org/x/", ""),
        ("", ""),
    ],
)
def test_the_way_back_is_ours_and_another_page(referer: str, back: str) -> None:
    request = RequestFactory().get("/day/", headers={"Referer": referer, "Host": "testserver"})

    assert pages.back(request) == back
