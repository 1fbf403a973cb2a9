"""An application in words, as its owner sees it before filing."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from motcua.casework.dossiers.api import Authority, Draft, PartyRole, ReturnWay
from motcua.casework.procedures.api import Definition, FilingChannel
from motcua.channels.kit import words
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.calendar import api as calendar
from motcua.lib.actor import Actor
from motcua.lib.tongue import sentence

_ROLES = {
    PartyRole.APPLICANT: sentence("Chủ hồ sơ"),
    PartyRole.SUBJECT: sentence("Người được nói tới"),
}


def people_in_words(kept: Mapping[str, Any], by: Actor) -> list[tuple[str, str]]:
    """Return who applies and who files, row by row; of an agent, that he files for the client."""
    rows = list(_people(kept))
    if by.agent is None or not kept.get("submitter", {}).get("name"):
        return rows
    authority = Authority.AGENT if by.agent.firm else Authority.HELPER
    acting = [(_("Người nộp"), by.agent.full_name), (_("Nộp với tư cách"), authority.label)]
    return [*acting, *rows[len(acting) :]]


def _people(kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    submitter = kept.get("submitter", {})
    if not submitter.get("name"):
        yield _("Người nộp"), _("Chưa ghi")
        return
    yield _("Người nộp"), submitter["name"]
    yield _("Nộp với tư cách"), Authority(submitter["authority"]).label
    if submitter.get("authority_until"):
        until = words.short_day(date.fromisoformat(submitter["authority_until"]))
        yield _("Ủy quyền có giá trị đến"), until
    for party in kept.get("parties", ()):
        yield _(_ROLES.get(party["role"], "")), _party(party)
    if submitter.get("helper_name"):
        yield _("Người giúp làm hồ sơ"), submitter["helper_name"]


def _party(party: Mapping[str, Any]) -> str:
    told = [party["full_name"]]
    if party.get("birth_date"):
        told.append(
            _("sinh ngày %(day)s", day=words.short_day(date.fromisoformat(party["birth_date"])))
        )
    if party.get("number_hint"):
        told.append(_("số định danh …%(hint)s", hint=party["number_hint"]))
    if party.get("note"):
        told.append(party["note"])
    return ", ".join(told)


def contact_in_words(draft: Draft) -> list[dict[str, str]]:
    """Return how to reach the applicant and how the outcome gets there, each row to change."""
    kept = draft.parties
    submitter = kept.get("submitter", {})
    way = ReturnWay(kept["return_way"]).label if kept.get("return_way") else _("Chưa chọn")
    rows = [
        (_("Số điện thoại"), submitter.get("phone", "")),
        (_("Thư điện tử"), submitter.get("email", "")),
        (_("Địa chỉ liên hệ"), submitter.get("address", "")),
        (_("Nhận kết quả"), way),
        (_("Địa chỉ nhận kết quả"), kept.get("return_address", "")),
    ]
    href = reverse("portal:draft_return", args=[draft.token])
    needed = {_("Số điện thoại"), _("Nhận kết quả")}
    return [
        {"key": key, "value": value or _("Chưa ghi"), "href": href}
        for key, value in rows
        if value or key in needed
    ]


def next_steps(draft: Draft, definition: Definition) -> list[dict[str, str]]:
    """Return what happens once it is filed."""
    check = definition.desk_check.get(FilingChannel.PORTAL)
    limit = definition.case(draft.case_code).limits.get(FilingChannel.PORTAL)
    first = _("Ông/bà nhận ngay mã hồ sơ và giấy xác nhận đã nộp.")
    second = _("Có gì thiếu, cơ quan báo cho ông/bà cùng lý do.")
    if check:
        second = _(
            "Trong %(limit)s; có gì thiếu, cơ quan báo cho ông/bà cùng lý do.",
            limit=calendar.in_words(check),
        )
    third = _("Giấy hẹn ghi rõ ngày giờ trả kết quả.")
    if limit:
        third = _(
            "Thời hạn %(limit)s; giấy hẹn ghi rõ ngày giờ trả kết quả.",
            limit=calendar.in_words(limit),
        )
    return [
        {"title": _("Nộp hồ sơ"), "text": first},
        {"title": _("Bộ phận một cửa kiểm tra"), "text": second},
        {"title": _("Tiếp nhận và giải quyết"), "text": third},
        {"title": _("Nhận kết quả"), "text": _("Theo cách ông/bà đã chọn.")},
    ]
