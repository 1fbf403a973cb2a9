"""Packs in the browser: exported, looked at part by part, made a draft, never published by it."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.packs import api as packs
from motcua.casework.packs.tests.make import CODE, TODAY, changed, make_pack, zipped
from motcua.casework.procedures import api as procedures
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole

from .people import page_of, seat, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/thu-tuc/goi/"


@pytest.fixture
def files() -> dict[str, bytes]:
    procedures.forget_kept()
    return changed(make_pack(), "procedure.yaml", "Xin giấy", "Xin lại giấy")


def send(client: Client, content: bytes) -> str:
    """Send an archive; return where it leads, or what the page says."""
    file = SimpleUploadedFile("goi.zip", content, "application/zip")
    answer = client.post(PAGE, {"file": file, "request_key": str(uuid4())})
    return answer.headers.get("Location") or answer.content.decode()


def sent(client: Client, files: dict[str, bytes]) -> str:
    return send(client, packs.write_zip({CODE: files}))


def mark(client: Client, where: str) -> str:
    return client.get(where).content.decode().split('name="seen" value="')[1].split('"')[0]


def drafted(client: Client, where: str) -> str:
    values = {"seen": mark(client, where), "valid_from": "01/02/2026", "request_key": str(uuid4())}
    return client.post(where, values).headers["Location"]


def test_a_pack_is_exported_and_comes_back_as_the_same(quan: Client, files: object) -> None:  # noqa: ARG001 -- lets it stand here
    answer = quan.get(f"/quan-tri/thu-tuc/{CODE}/goi/")

    where = send(quan, answer.content)

    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Không có gì khác." in quan.get(where).content.decode()


def test_differences_are_shown_and_become_a_draft(quan: Client, files: dict[str, bytes]) -> None:
    where = sent(quan, files)
    shown = quan.get(where).content.decode()

    assert "Xin lại giấy xác nhận độc thân" in shown
    assert "Không có chữ ký" in shown
    drafted(quan, where)
    version = procedures.get_version(CODE, 2)
    assert (version.state, f"{version.valid_from}") == ("draft", "2026-02-01")
    assert "Xem bản thảo" in quan.get(where).content.decode()
    running = procedures.find_in_force(CODE, TODAY)
    assert running is not None
    assert running.definition.plain_name == "Xin giấy xác nhận độc thân"


def test_a_template_of_a_pack_is_tried_and_put_in_use_by_hand(
    quan: Client, files: dict[str, bytes]
) -> None:
    where = drafted(quan, sent(quan, files))

    answer = quan.post(f"{where}mau/xac-nhan/")

    assert answer.status_code == 200
    assert 'name="token"' in answer.content.decode()


def test_what_is_wrong_is_a_table_by_file_and_line(quan: Client, files: dict[str, bytes]) -> None:
    bad = {**files, "form.yaml": b"form: &a [*a]\n"}

    told = send(quan, packs.write_zip({CODE: bad}))

    assert "chưa có gì được nhập" in told
    assert "1.004873/form.yaml" in told
    assert "khác mã băm" in told
    assert "Chưa nhập gói nào" not in told
    assert not packs.ReceivedPack.objects.exists()


@pytest.mark.parametrize("content", [b"khong phai zip", zipped({"../a": b""})])
def test_what_is_no_pack_is_refused(quan: Client, content: bytes) -> None:
    assert "chưa có gì được nhập" in send(quan, content)


def test_a_pack_is_dropped_once(quan: Client, files: dict[str, bytes]) -> None:
    where = sent(quan, files)

    for _ in range(2):
        quan.post(f"{where}bo/", {"request_key": str(uuid4())})

    assert "Đã bỏ" in page_of(quan, "thu-tuc/goi/")


def test_who_edits_no_procedures_sees_no_packs(files: dict[str, bytes], quan: Client) -> None:
    where = sent(quan, files)
    agency = organisation.Agency.objects.first()
    assert agency is not None
    mai = signed_in(seat(agency, PostRole.HANDLER, "Quàng Thị Mai", "mai"))

    for path in (PAGE, where, f"{where}tep/", f"/quan-tri/thu-tuc/{CODE}/goi/"):
        assert mai.get(path).status_code in {403, 404}
    assert mai.post(f"{where}bo/").status_code in {403, 404}
    assert quan.get(f"{PAGE}999/").status_code == 404
