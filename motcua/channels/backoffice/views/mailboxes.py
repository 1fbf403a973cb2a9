"""The mailboxes of registries: which agency has one, where it is, and whether it can be read."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.mailboxes import api as boxes
from motcua.casework.mailboxes.api import BoxKind, Mailbox, MailboxIn
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.forms.mailboxes import MailboxForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs, units_of
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation

_SHOWN = ("address", "kind", "host", "port", "user", "folder", "trusted", "is_on")


@require_GET
@needs(Power.EDIT_ORGANISATION)
def mailboxes(request: ActorRequest) -> HttpResponse:
    """List the agencies in which the actor may set a mailbox. Costs: one statement."""
    kept, own = boxes.mailboxes(), units_of(request.actor, Power.EDIT_ORGANISATION)
    agencies = [
        one
        for one in organisation.tree().agencies()
        if one.code and (own is None or one.root_unit_id in own)
    ]
    rows = sorted(((one, kept.get(one.id)) for one in agencies), key=lambda row: row[0].name)
    first = [row for row in rows if row[1] is not None]
    rest = [row for row in rows if row[1] is None]
    context = {"title": "Hộp thư văn thư", "rows": [*first, *rest]}
    return page(request, "mailboxes", context, current="mailboxes")


@require_http_methods(["GET", "POST"])
@needs(Power.EDIT_ORGANISATION)
def mailbox(request: ActorRequest, code: str) -> HttpResponseBase:
    """Say where an agency's mailbox is."""
    agency = organisation.get_agency(code)
    box = boxes.mailbox_of(agency.pk)
    form = MailboxForm(request.POST or None, initial=_initial(box))

    def act(at: datetime) -> str:
        boxes.set_mailbox(agency.pk, _wanted(form), by=request.actor, at=at)
        return reverse("backoffice:mailboxes")

    back = reverse("backoffice:mailboxes")
    kept = " Mật khẩu đang giữ (đã mã hóa); chỉ ghi khi đổi." if box and box.secret else ""
    sheet = Sheet(
        f"Hộp thư văn thư: {agency.name}",
        "Lưu hộp thư",
        "Đã lưu hộp thư; bấm “Thử đọc” để kiểm tra.",
        intro="Thư mới được đọc mỗi phút và chờ văn thư xem; không thư nào tự vào sổ. Kết nối "
        f"IMAP luôn mã hóa và kiểm tra chứng thư máy chủ.{kept}",
    )
    return asked(request, form, act, sheet, Way(back, [("Hộp thư văn thư", back)], "mailboxes"))


def _initial(box: Mailbox | None) -> dict[str, object]:
    if box is None:
        return {"kind": BoxKind.IMAP, "is_on": True, "port": 993, "folder": "INBOX"}
    return {name: getattr(box, name) for name in _SHOWN}


def _wanted(form: MailboxForm) -> MailboxIn:
    data = form.cleaned_data
    plain = ("address", "host", "user", "secret", "trusted", "is_on")
    return MailboxIn(
        kind=BoxKind(data["kind"]),
        port=data["port"] or 993,
        folder=data["folder"] or "INBOX",
        **{name: data[name] for name in plain},
    )


@require_POST
@needs(Power.EDIT_ORGANISATION)
def try_mailbox(request: ActorRequest, code: str) -> HttpResponse:
    """Open the mailbox now and say how it went; nothing is read."""
    agency = organisation.get_agency(code)
    try:
        found = boxes.try_mailbox(agency.pk, by=request.actor)
    except boxes.BoxAway as error:
        messages.error(request, f"{agency.name}: {error}")
    else:
        messages.success(request, f"{agency.name}: đọc được hộp thư, {found} thư mới đang chờ.")
    return redirect("backoffice:mailboxes")
