"""The table of a day's receipts for the tax authority; ranges of numbers; who collects."""

from datetime import datetime
from typing import cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.contracts import api as contracts
from motcua.casework.receipts import api as receipts
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.receipts import (
    BodyForm,
    ByContractForm,
    CloseForm,
    DelegationForm,
    SentForm,
    SeriesForm,
)
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.fields import KitForm, RadioField, SelectField
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local_day, now
from motcua.lib.text import whole_number

from .receipts import KEEP, agency_of, day_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {"xlsx": (receipts.table_xlsx, _XLSX), "xml": (receipts.table_xml, "application/xml")}


@require_GET
@needs(KEEP)
def table(request: ActorRequest) -> HttpResponse:
    """Show what is to be sent for a day, and what was sent. Costs: six statements."""
    agency_id, name, mine = agency_of(request)
    on = day_of(request)
    shown = receipts.table_of_day(agency_id, on)
    context = {
        "title": "Bảng 01/TH-BLĐT",
        "agency_id": agency_id,
        "agency": name,
        "agencies": mine,
        "on": on,
        "table": shown.table,
        "sent": shown.sent,
        "form": SentForm(initial={"mark": shown.mark}),
        "mark": shown.mark,
        "crumbs": [("Biên lai", reverse("backoffice:receipts"))],
    }
    return page(request, "receipt_table", context, current="receipt_table")


@require_GET
@needs(KEEP)
def table_file(request: ActorRequest, kind: str) -> HttpResponse:
    """Answer with a table as a spreadsheet or XML: the next of a day, or one that was sent."""
    if kind not in _KINDS:
        raise Http404
    agency_id, _, _ = agency_of(request)
    on, table_id = day_of(request), whole_number(request.GET.get("bang", ""))
    if table_id is None:
        made = receipts.table_of_day(agency_id, on).table
    else:
        made = receipts.sent_table(table_id, agency_id)
    write, media = _KINDS[kind]
    answer = HttpResponse(write(made), content_type=media)
    which = f"-bo-sung-{made.supplement}" if made.supplement else ""
    name = f"01-TH-BLDT-{made.on:%Y-%m-%d}{which}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@needs(KEEP)
def send_table(request: ActorRequest) -> HttpResponse:
    """Mark the table of a day as sent."""
    agency_id, _, _ = agency_of(request)
    on, form = day_of(request), SentForm(request.POST)
    query = urlencode({"co_quan": f"{agency_id}", "ngay": f"{on:%d/%m/%Y}"})
    back = f"{reverse('backoffice:receipt_table')}?{query}"
    if not form.is_valid():
        return redirect(back)
    values = form.cleaned_data
    given = receipts.SentIn(agency_id, on, values["mark"], values["words"])

    def act(at: datetime) -> str:
        receipts.mark_sent(given, by=request.actor, at=at)
        return back

    return done(request, act, f"Đã ghi bảng ngày {on:%d/%m/%Y} là đã gửi.")


@require_GET
@needs(KEEP)
def series(request: ActorRequest) -> HttpResponse:
    """List ranges of numbers, who collects, who collects for them. Costs: four statements."""
    mine = dict(receipts.agencies_kept_by(request.actor))
    today = local_day(now())
    year = whole_number(request.GET.get("nam", "")) or today.year
    context = {
        "title": "Dãy biên lai",
        "year": year,
        "years": [today.year - 1, today.year, today.year + 1],
        "rows": receipts.series_of(list(mine), year=year),
        "bodies": receipts.bodies_of(list(mine)),
        "delegations": receipts.delegations_of(list(mine)),
        "forms": receipts.form_rules(),
        "today": today,
    }
    return page(request, "receipt_series", context, current="receipt_series")


def _way() -> Way:
    back = reverse("backoffice:receipt_series")
    return Way(back, [("Dãy biên lai", back)], "receipt_series")


def _back(_: object) -> str:
    return reverse("backoffice:receipt_series")


def select_of(form: KitForm, name: str) -> SelectField:
    """Return a field of the form that offers a choice."""
    return cast("SelectField", form.fields[name])


def _with_agencies(form: KitForm, request: ActorRequest) -> None:
    """Offer the agencies whose receipts the actor keeps."""
    mine = receipts.agencies_kept_by(request.actor)
    select_of(form, "agency").choices = [(f"{key}", name) for key, name in mine]


@asks(KEEP)
def add_series(request: ActorRequest) -> HttpResponse:
    """Register a range of numbers."""
    today = local_day(now())
    initial = {"year": today.year, "form": "EBL01", "symbol": f"{today:%y}TAA"}
    form = SeriesForm(request.POST or None, initial=initial)
    _with_agencies(form, request)
    kept = receipts.delegations_of([key for key, _ in receipts.agencies_kept_by(request.actor)])
    offered = [("", "Cơ quan tự lập"), *((f"{one.pk}", f"{one}") for one in kept)]
    select_of(form, "delegation").choices = offered

    def act(at: datetime) -> str:
        return _back(receipts.open_series(form.given(), by=request.actor, at=at))

    sheet = Sheet(
        "Mở dãy biên lai",
        "Mở dãy",
        "Đã mở dãy biên lai; biên lai đang chờ số được cấp trong vài phút.",
        intro="Số được cấp liên tục theo thứ tự lập; hết dãy thì tự sang dãy mở sau của cùng loại."
        " Sang năm mới dãy tự mở tiếp với ký hiệu của năm, bắt đầu lại từ số đầu.",
    )
    return asked(request, form, act, sheet, _way())


@asks(KEEP)
def close_series(request: ActorRequest, series_id: int) -> HttpResponse:
    """Give no more numbers of a range, once that is confirmed."""
    found = receipts.get_series(series_id)
    if found.agency_id not in dict(receipts.agencies_kept_by(request.actor)):
        raise Http404
    form = CloseForm(request.POST or None)

    def act(at: datetime) -> str:
        return _back(receipts.close_series(series_id, by=request.actor, at=at))

    sheet = Sheet(
        f"Đóng dãy {found} của {found.agency.name}",
        "Đóng dãy",
        "Đã đóng dãy biên lai; các số đã cấp giữ nguyên.",
        intro=f"Còn {found.left} số chưa cấp sẽ không dùng nữa và không mở lại được. Nếu không có"
        " dãy khác cùng loại, biên lai sẽ chờ cấp số.",
        warning=True,
    )
    return asked(request, form, act, sheet, _way())


@asks(KEEP)
def set_body(request: ActorRequest) -> HttpResponse:
    """Say what receipts tell of an agency."""
    form = BodyForm(request.POST or None, initial={"valid_from": local_day(now())})
    _with_agencies(form, request)

    def act(at: datetime) -> str:
        return _back(receipts.set_body(form.given(), by=request.actor, at=at))

    sheet = Sheet(
        "Thông tin cơ quan thu",
        "Lưu thông tin",
        "Đã lưu; biên lai lập từ ngày áp dụng ghi thông tin mới.",
        intro="Tên, mã số thuế, địa chỉ in trên mọi biên lai của cơ quan.",
    )
    return asked(request, form, act, sheet, _way())


@asks(KEEP)
def delegate_by_contract(request: ActorRequest) -> HttpResponse:
    """Take over who issues receipts from the contract with who collects."""
    form = ByContractForm(request.POST or None)
    _with_agencies(form, request)
    known = contracts.delegates_known(local_day(now()))
    cast("RadioField", form.fields["channel"]).choices = [
        (channel.value, f"{channel.label}: {_notice_words(one)}") for channel, one in known
    ]

    def act(at: datetime) -> str:
        values = form.cleaned_data
        agency_id, channel = int(values["agency"]), values["channel"]
        made = receipts.delegate_by_contract(agency_id, channel, by=request.actor, at=at)
        return _back(made)

    sheet = Sheet(
        "Ghi ủy nhiệm theo hợp đồng thu hộ",
        "Ghi ủy nhiệm",
        "Đã ghi ủy nhiệm; hãy mở dãy số riêng cho bên nhận ủy nhiệm.",
        intro="Bên nhận, hợp đồng, ngày thông báo cơ quan thuế lấy từ hợp đồng thu hộ; hợp đồng kết"
        " thúc hoặc tạm dừng thì cơ quan lại tự lập biên lai."
        if known
        else "Chưa hợp đồng thu hộ nào có ủy nhiệm lập biên lai; hãy ghi ngày ủy nhiệm và thông báo"
        " cơ quan thuế vào hợp đồng trước.",
    )
    return asked(request, form, act, sheet, _way())


def _notice_words(one: contracts.Delegate) -> str:
    return (
        f"{one.name}, hợp đồng {one.contract_number}, từ {one.since:%d/%m/%Y}, thông báo cơ quan"
        f" thuế số {one.notice_number} ngày {one.notified_on:%d/%m/%Y}"
    )


@asks(KEEP)
def delegate(request: ActorRequest) -> HttpResponse:
    """Let somebody issue in an agency's name."""
    form = DelegationForm(request.POST or None)
    _with_agencies(form, request)

    def act(at: datetime) -> str:
        return _back(receipts.delegate(form.given(), by=request.actor, at=at))

    sheet = Sheet(
        "Ủy nhiệm lập biên lai",
        "Ghi ủy nhiệm",
        "Đã ghi ủy nhiệm; hãy mở dãy số riêng cho bên nhận ủy nhiệm.",
        intro="Khoản thu qua kênh này từ ngày ủy nhiệm được lập biên lai ghi tên cơ quan ủy nhiệm"
        " và tên, địa chỉ bên nhận ủy nhiệm, theo dãy số riêng.",
    )
    return asked(request, form, act, sheet, _way())
