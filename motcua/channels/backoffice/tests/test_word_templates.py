"""Word templates on the screen: trying, using, replacing, ending, and hostile files."""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import make_procedure
from motcua.foundation.papers.tests.make import make_template
from motcua.lib.clock import now

from .people import page_of

pytestmark = pytest.mark.django_db
PAGE = "thu-tuc/1.004873/mau-word/"
ONE = f"{PAGE}xac-nhan/"
GOOD = make_template("Xác nhận {{ to_khai.ho_ten }}")


@pytest.fixture(autouse=True)
def _procedure() -> None:
    procedures.forget_kept()
    make_procedure()


def send(client: Client, content: bytes, name: str = "mau.docx") -> Any:
    """Try a file and return the answer."""
    sent = SimpleUploadedFile(name, content)
    return client.post(f"/quan-tri/{ONE}thu/", {"request_key": f"{uuid4()}", "file": sent})


def token_in(answer: Any) -> str:
    found = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert found is not None, answer.content.decode()
    return found[1]


def use(client: Client, token: str, **values: str) -> Any:
    typed = {"request_key": f"{uuid4()}", "token": token, "valid_from": f"{now():%d/%m/%Y}"}
    return client.post(f"/quan-tri/{ONE}dung/", {**typed, **values})


def put_in_use(client: Client, content: bytes = GOOD) -> None:
    assert use(client, token_in(send(client, content))).status_code == 302


def with_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return the good template with parts added."""
    file = BytesIO(GOOD)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("path", [PAGE, f"{ONE}thu/"])
def test_templates_are_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client, path: str
) -> None:
    pages = [page_of(person, path) for person in (quan, xuan, dung)]

    assert ["<h1" in pages[0], *pages[1:]] == [True, "403", "403"]


def test_a_template_is_tried_and_put_in_use(quan: Client) -> None:
    put_in_use(quan)

    page = page_of(quan, PAGE)

    assert ("mau.docx" in page, "Đang dùng" in page) == (True, True)


def test_nothing_is_in_use_after_a_trial(quan: Client) -> None:
    send(quan, GOOD)

    assert procedures.OutcomeTemplate.objects.count() == 0


def test_a_tried_template_is_shown_as_pdf(quan: Client) -> None:
    token = token_in(send(quan, GOOD))

    answer = quan.get(f"/quan-tri/{PAGE}ban-thu/{token}/")

    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_unknown_fields_are_listed(quan: Client) -> None:
    page = send(quan, make_template("{{ to_khai.la }} {{ abc }}")).content.decode()

    assert re.findall(r"<li><code>([^<]+)", page) == ["abc", "to_khai.la"]


def test_what_the_press_cannot_set_is_listed(quan: Client) -> None:
    page = send(quan, make_template("Lan", header="UBND")).content.decode()

    assert "<li>chữ ở đầu trang hoặc chân trang</li>" in page


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param(b"%PDF-1.7", "docx", id="another kind"),
        pytest.param(with_parts({"word/vbaProject.bin": b"x"}), "macro", id="macro"),
        pytest.param(with_parts({"word/embeddings/a.ole": b"x"}), "nhúng", id="object"),
        pytest.param(with_parts({"word/a.png": b"0" * 70_000_000}), "", id="bomb"),
        pytest.param(make_template("{{ ''.__class__.__mro__ }}"), "cú pháp", id="escape"),
        pytest.param(make_template("{% include 'x' %}"), "giá trị", id="include"),
        pytest.param(make_template("{{ x"), "cú pháp", id="broken"),
    ],
)
def test_a_hostile_file_is_refused_beside_its_field(
    quan: Client, content: bytes, complaint: str
) -> None:
    answer = send(quan, content)

    page = answer.content.decode()
    assert (answer.status_code, "govuk-error-message" in page, complaint in page) == (
        422,
        True,
        True,
    )


def test_a_file_that_was_never_tried_cannot_be_used(quan: Client) -> None:
    assert use(quan, "khong-co").status_code == 404


def test_an_agency_that_there_is_not_is_told_and_the_file_is_kept(quan: Client) -> None:
    token = token_in(send(quan, GOOD))

    answer = use(quan, token, agency="H99.1")

    page = answer.content.decode()
    assert (answer.status_code, "Không có cơ quan mang mã" in page, token in page) == (
        422,
        True,
        True,
    )


def test_a_template_is_replaced(quan: Client) -> None:
    put_in_use(quan)
    put_in_use(quan, make_template("Mới {{ ho_so.ma }}"))

    page = page_of(quan, PAGE)

    assert (page.count("Đang dùng"), page.count("Đã thay")) == (1, 1)


def test_a_template_can_be_taken_back_to_word(quan: Client) -> None:
    put_in_use(quan)

    answer: Any = quan.get(f"/quan-tri/{ONE}1/tep/")

    content = b"".join(answer.streaming_content)
    answer.close()
    assert content == GOOD


def test_a_template_in_use_is_shown_with_invented_answers(quan: Client) -> None:
    put_in_use(quan)

    assert quan.get(f"/quan-tri/{ONE}1/xem/").content[:5] == b"%PDF-"


def test_a_template_is_withdrawn(quan: Client) -> None:
    put_in_use(quan)

    quan.post(f"/quan-tri/{ONE}1/bo/", {"request_key": f"{uuid4()}"})

    page = page_of(quan, PAGE)
    assert ("Đã bỏ" in page, "Đang dùng" in page) == (True, False)


def test_the_fields_are_listed_with_their_meaning(quan: Client) -> None:
    page = page_of(quan, PAGE)

    assert ("{{ to_khai.ho_ten }}" in page, "Họ, chữ đệm, tên" in page) == (True, True)
