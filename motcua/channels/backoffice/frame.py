"""What stands around every page of the backoffice: the way about, and who is working."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.channels.kit.areas import working_areas
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

from .guard import ADMIN_POWERS, holds

SIGNING = (Power.ADMINISTER_SIGNING,)
RECEIPTS = (Power.KEEP_RECEIPTS,)
TRUSTEES = (Power.PROPOSE_ANCHORS, Power.APPROVE_ANCHORS)


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the side navigation and who sees it."""

    word: str
    view: str
    key: str
    powers: Sequence[Power]
    everywhere: bool = False


SECTIONS: Sequence[tuple[str, Sequence[Section]]] = (
    (
        "Hệ thống",
        (
            Section("Tình trạng", "start", "start", ADMIN_POWERS),
            Section("Nhật ký", "trail", "trail", (Power.READ_AUDIT,), everywhere=True),
            Section("Sổ cam kết", "ledger", "ledger", (Power.READ_AUDIT,), everywhere=True),
            Section(
                "Chuyển dữ liệu cũ",
                "migrations",
                "migration",
                (Power.MIGRATE_DATA,),
                everywhere=True,
            ),
            Section(
                "Đối tác liên thông",
                "partners",
                "partners",
                (Power.EDIT_ORGANISATION,),
                everywhere=True,
            ),
            Section(
                "Ứng dụng kết nối",
                "clients",
                "clients",
                (Power.ADMINISTER_IDENTITY,),
                everywhere=True,
            ),
            Section(
                "Báo tin hệ thống khác",
                "webhooks",
                "webhooks",
                (Power.ADMINISTER_IDENTITY,),
                everywhere=True,
            ),
        ),
    ),
    (
        "Ký số",
        (
            Section("Gốc tin cậy", "anchors", "anchors", TRUSTEES, everywhere=True),
            Section("Chứng thư số", "certificates", "certificates", SIGNING, everywhere=True),
            Section("Hình chữ ký, con dấu", "images", "images", SIGNING, everywhere=True),
            Section("Chính sách ký số", "policies", "policies", SIGNING, everywhere=True),
            Section("Thẩm quyền ký", "rights", "rights", SIGNING, everywhere=True),
            Section("Dịch vụ, thu hồi", "trust_services", "services", SIGNING, everywhere=True),
        ),
    ),
    (
        "Biên lai",
        (
            Section("Biên lai trong ngày", "receipts", "receipts", RECEIPTS),
            Section("Bảng gửi cơ quan thuế", "receipt_table", "receipt_table", RECEIPTS),
            Section("Dãy biên lai", "receipt_series", "receipt_series", RECEIPTS),
        ),
    ),
    (
        "Tổ chức",
        (
            Section("Cơ quan, đơn vị", "tree", "tree", (Power.EDIT_ORGANISATION,)),
            Section("Cán bộ", "officers", "officers", (Power.EDIT_ORGANISATION,)),
            Section(
                "Biệt phái về một cửa", "secondments", "secondments", (Power.EDIT_ORGANISATION,)
            ),
            Section("Hộp thư văn thư", "mailboxes", "mailboxes", (Power.EDIT_ORGANISATION,)),
            Section("Nhập từ bảng tính", "import_staff", "import", (Power.EDIT_ORGANISATION,)),
        ),
    ),
    (
        "Tài khoản, quyền",
        (
            Section("Tài khoản", "accounts", "accounts", (Power.ADMINISTER_IDENTITY,)),
            Section("Ủy quyền", "delegations", "delegations", (Power.ADMINISTER_IDENTITY,)),
            Section("Ai có quyền gì", "powers", "powers", (Power.ADMINISTER_IDENTITY,)),
        ),
    ),
    (
        "Tiền",
        (
            Section("Đơn nộp tiền", "orders", "orders", (Power.READ_PAYMENTS,)),
            Section(
                "Tài khoản nhận tiền",
                "beneficiaries",
                "beneficiaries",
                (Power.CONFIGURE_PAYMENTS,),
                everywhere=True,
            ),
        ),
    ),
    (
        "Nội dung",
        (
            Section(
                "Thủ tục",
                "procedures",
                "procedures",
                (Power.EDIT_PROCEDURES, Power.PUBLISH_PROCEDURES),
                everywhere=True,
            ),
            Section(
                "Bản tiếng Anh",
                "translations",
                "translations",
                (Power.EDIT_PROCEDURES,),
                everywhere=True,
            ),
            Section(
                "Mức thu phí, lệ phí",
                "fee_tables",
                "fee_tables",
                (Power.EDIT_PROCEDURES, Power.PUBLISH_PROCEDURES),
                everywhere=True,
            ),
            Section("Hợp đồng thu hộ", "contracts", "contracts", (Power.MANAGE_CONTRACTS,)),
            Section("Ai làm việc gì", "duties", "duties", (Power.EDIT_ORGANISATION,)),
            Section(
                "Lịch làm việc", "calendars", "calendars", (Power.EDIT_CALENDARS,), everywhere=True
            ),
            Section("Lý do mẫu", "standard_reasons", "standard_reasons", (Power.KEEP_REASONS,)),
            Section(
                "Lời thông báo", "texts", "texts", (Power.PUBLISH_PROCEDURES,), everywhere=True
            ),
            Section(
                "Danh mục dùng chung",
                "lists",
                "lists",
                (Power.PUBLISH_PROCEDURES,),
                everywhere=True,
            ),
        ),
    ),
)


def page(
    request: ActorRequest,
    template: str,
    context: Mapping[str, object],
    *,
    current: str,
    status: int = 200,
) -> HttpResponse:
    """Return the page inside the frame of the backoffice."""
    around = {
        "side": side(request.actor),
        "areas": working_areas(request.actor, here="backoffice"),
        "current": current,
        "actor": request.actor,
    }
    return render(request, f"backoffice/{template}.html", {**around, **context}, status=status)


def form_page(
    request: ActorRequest,
    form: KitForm,
    context: Mapping[str, Any],
    *,
    current: str,
    template: str = "form",
) -> HttpResponse:
    """Return the page of one form: `title`, `back`, `button`, and perhaps `intro`, `warning`."""
    plain = {"intro": "", "warning": False, "files": False, "crumbs": (), "seen": ""}
    return page(
        request,
        template,
        {**plain, "form": form, **context},
        current=current,
        status=422 if form.errors else 200,
    )


def side(actor: Actor) -> list[tuple[str, str, str]]:
    """Return the pages open to the actor, under their headings."""
    items: list[tuple[str, str, str]] = []
    for heading, sections in SECTIONS:
        mine = [one for one in sections if holds(actor, *one.powers, everywhere=one.everywhere)]
        if mine:
            items.append((heading, "", ""))
            items += [(one.word, reverse(f"backoffice:{one.view}"), one.key) for one in mine]
    return items
