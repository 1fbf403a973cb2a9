"""A message described in JSON, and what is said where it does not fit."""

from typing import Any

import pytest

from motcua.casework.exchange.choices import BusinessKind
from motcua.casework.exchange.rules.edxml.contents import Content, content_of
from motcua.casework.exchange.rules.edxml.messages import Hop, Organ, StaffInfo
from motcua.casework.exchange.rules.edxml.spec import message_from
from motcua.lib.errors import BadInput

from .messages import NOW, PDF, make_status

SENDER = {"code": "H18.5", "name": "Sở Nội vụ"}
STATUS = {
    "message": "status",
    "sender": {"code": "H18.101", "name": "UBND xã Mường Phăng"},
    "about": {
        "organ": "H18.5",
        "code": "0123/SNV-CCHC",
        "issued_on": "2026-10-01",
        "document_id": "H18.5,2026/10/01,0123/SNV-CCHC",
    },
    "code": "03",
    "description": "Đã vào sổ",
}


def spec(**changes: Any) -> dict[str, Any]:
    return {
        "message": "document",
        "sender": SENDER,
        "receivers": [{"code": "H18.101", "name": "UBND xã Mường Phăng"}],
        "number": "0123",
        "notation": "SNV-CCHC",
        "place": "Điện Biên",
        "issued_on": "2026-10-01",
        "kind": {"number": 18, "name": "Công văn"},
        "subject": "V/v báo cáo",
        "attachments": [{"file": "0123.pdf", "name": "0123.pdf"}],
        **changes,
    }


def opened(name: str) -> Content:
    assert name == "0123.pdf"
    return content_of(PDF)


def built(values: object) -> Any:
    return message_from(values, open_file=opened, at=NOW)


def test_a_document_is_built_and_what_follows_is_filled_in() -> None:
    message = built(spec())

    assert message.document_id == "H18.5,2026/10/01,0123/SNV-CCHC"
    assert message.hops == (Hop("H18.5", NOW),)
    assert [(one.content_id, one.content.read()) for one in message.attachments] == [("cid:1", PDF)]


def test_a_business_is_built_with_its_parts() -> None:
    update = {
        "changes_receivers": True,
        "receivers": [{"organ": "H18.102", "is_added": True}],
    }
    business = {"kind": "update", "reason": "Thêm nơi nhận", "update": update}

    made = built(spec(business=business)).business

    assert (made.kind, made.update.receivers[0].organ) == (BusinessKind.UPDATE, "H18.102")


def test_a_status_is_built_as_of_now() -> None:
    assert built(STATUS) == make_status(
        sender=Organ("H18.101", "UBND xã Mường Phăng"),
        description="Đã vào sổ",
        staff=StaffInfo(),
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subject": 5}, "“subject” phải là một chuỗi chữ."),
        ({"kind": "Công văn"}, "“kind” phải là một đối tượng JSON."),
        ({"kind": {"number": 18}}, "Thiếu mục “kind.name”."),
        ({"receivers": {"code": "H18.101"}}, "“receivers” phải là một danh sách."),
        ({"receivers": [{"mã": "H18"}]}, "Không có mục “receivers[0].mã”."),
        (
            {"issued_on": "2026-02-30"},
            "“issued_on” phải là một ngày có thật, dạng 2026-10-01.",
        ),
        (
            {"hops": [{"organ": "H18", "at": "hôm nay"}]},
            "“hops[0].at” phải là một thời điểm có thật, dạng 2026-10-01T09:15:00.",
        ),
        (
            {"business": {"kind": "undo"}},
            "“business.kind” phải là một trong: new, recall, update, replace.",
        ),
        ({"steering": "2"}, "“steering” phải là một số."),
        (
            {"other": {"is_directive": 1}},
            "“other.is_directive” phải là true hoặc false.",
        ),
        ({"trich_yeu": ""}, "Không có mục “trich_yeu”."),
    ],
)
def test_what_does_not_fit_is_said_with_its_place(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput) as refused:
        built(spec(**changes))

    assert str(refused.value) == words


@pytest.mark.parametrize("values", [[], "x", {"message": "letter"}, None])
def test_what_is_no_description_is_refused(values: object) -> None:
    with pytest.raises(BadInput, match="“document” hoặc “status”"):
        built(values)
