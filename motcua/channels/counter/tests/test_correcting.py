"""A mistaken reception: corrected until hand-over by the head, afterwards stopped and redone."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.casework.dossiers.api import Dossier, Status, whole
from motcua.casework.dossiers.tests.make import get_dossier, make_received
from motcua.foundation.organisation.api import PostRole

from .make import Desk, make_desk, make_desk_officer, sign_in_dung

pytestmark = pytest.mark.django_db


def sign_in_lien(desk: Desk) -> Client:
    """Return the browser of Liên, the head of the desk."""
    client, head = Client(), PostRole.DESK_HEAD
    lien = make_desk_officer("Bạc Thị Liên", "lien", desk.commune.desk_id, role=head)
    client.force_login(lien)
    return client


def correction(desk: Desk, **changes: str) -> dict[str, str]:
    return {
        "applicant_name": "Lò Thị Lan",
        "applicant_kind": "citizen",
        "submitter_name": "Lò Thị Lan",
        "submitter_phone": "0912345678",
        "submitter_email": "",
        "submitter_address": "",
        "authority": "self",
        "case_code": "thuong",
        "agency_id": str(desk.commune.agency_id),
        "return_way": "counter",
        "return_address": "",
        "number_of_sets": "1",
        "reason": "Gõ nhầm họ tên",
        **changes,
    }


def correct(code: str) -> str:
    return reverse("counter:correct", args=[code])


def test_the_head_corrects_a_name_and_a_new_slip_is_issued() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    sign_in_lien(desk).post(correct(code), correction(desk, applicant_name="Lò Thị Lam"))

    kept = whole(get_dossier(code))
    slips = [paper for paper in kept.issued if paper.form == "01"]
    assert (kept.dossier.applicant_name, len(slips)) == ("Lò Thị Lam", 2)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"reason": ""}, "Hãy nhập lý do sửa."),
        ({"applicant_name": ""}, "Hãy nhập chủ hồ sơ."),
        ({"number_of_sets": "0"}, "lớn hơn hoặc bằng với 1"),
        ({}, "Không có gì khác với thông tin đang có."),
    ],
)
def test_a_wrong_correction_changes_nothing(changes: dict[str, str], complaint: str) -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    answer = sign_in_lien(desk).post(correct(code), correction(desk, **changes))

    assert (complaint in answer.content.decode(), len(whole(get_dossier(code)).moves)) == (True, 2)


def test_an_officer_of_the_desk_corrects_nothing() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    assert desk.client.post(correct(code), correction(desk)).status_code == 403


def test_dung_does_not_know_of_it() -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_received(desk.commune)

    assert dung.post(correct(code), correction(desk)).status_code == 404


def test_receiving_anew_begins_with_everything_that_was_received() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    page = sign_in_lien(desk).get("/mot-cua/tiep-nhan/", {"redo": code}).content.decode()

    for words in ('value="Lò Thị Lan"', "Đăng ký kết hôn", "Tờ khai theo mẫu", f"Hồ sơ {code} sẽ"):
        assert words in page


def test_the_old_dossier_stops_and_both_point_at_each_other() -> None:
    desk = make_desk()
    code = make_received(desk.commune)
    form = desk.form(act="receive", redo=code, redo_reason="Nhầm thủ tục")

    sign_in_lien(desk).post("/mot-cua/tiep-nhan/", form)

    old, new = get_dossier(code), Dossier.objects.latest("id")
    assert (old.status, old.replaced_by_id, new.replaces_id) == (Status.STOPPED, new.pk, old.pk)


def test_receiving_anew_needs_a_reason() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    answer = sign_in_lien(desk).post("/mot-cua/tiep-nhan/", desk.form(act="receive", redo=code))

    assert "Hãy ghi lý do dừng hồ sơ cũ" in answer.content.decode()


def test_an_officer_of_the_desk_receives_nothing_anew() -> None:
    desk = make_desk()
    code = make_received(desk.commune)
    form = desk.form(act="receive", redo=code, redo_reason="Nhầm thủ tục")

    answer = desk.client.post("/mot-cua/tiep-nhan/", form)

    assert (answer.status_code, get_dossier(code).status) == (403, Status.RECEIVED)
