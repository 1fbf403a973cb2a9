"""Accounts into which the money of agencies goes."""

from datetime import datetime

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.payments import api as payments
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.forms.beneficiaries import (
    GATEWAYS,
    BeneficiaryForm,
    EndBeneficiaryForm,
)
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now


@require_GET
@needs(Power.CONFIGURE_PAYMENTS, everywhere=True)
def beneficiaries(request: ActorRequest) -> HttpResponse:
    """List the accounts, and which of them counts today. Costs: one statement."""
    today, tree = local_day(now()), organisation.tree()
    rows = [
        (
            one,
            tree.agency(one.agency_id).name,
            one.valid_from <= today and (one.valid_to is None or one.valid_to >= today),
        )
        for one in payments.beneficiaries_for(request.actor)
    ]
    context = {"title": "Tài khoản nhận tiền", "rows": rows}
    return page(request, "beneficiaries", context, current="beneficiaries")


@require_http_methods(["GET", "POST"])
@needs(Power.CONFIGURE_PAYMENTS, everywhere=True)
def end_beneficiary(request: ActorRequest, number: int) -> HttpResponseBase:
    """Let no more money go to an account after a day; orders can be paid elsewhere then."""
    rows = [one for one in payments.beneficiaries_for(request.actor) if one.pk == number]
    if not rows:
        raise payments.BadBeneficiary("Không có tài khoản này.")
    form = EndBeneficiaryForm(request.POST or None, initial={"valid_to": local_day(now())})

    def act(at: datetime) -> str:
        day = form.cleaned_data["valid_to"]
        payments.end_beneficiary(number, day, by=request.actor, at=at)
        return reverse("backoffice:beneficiaries")

    back = reverse("backoffice:beneficiaries")
    sheet = Sheet(
        f"Thôi dùng tài khoản {rows[0].number}",
        "Thôi dùng",
        "Đã ghi ngày thôi dùng tài khoản.",
        intro=f"{rows[0].name}, {rows[0].bank_name}. Sau ngày này mã VietQR và cổng thanh toán"
        " không chuyển tiền vào đây nữa; tiền tới muộn vẫn được ghi nhận.",
    )
    return asked(
        request, form, act, sheet, Way(back, [("Tài khoản nhận tiền", back)], "beneficiaries")
    )


@require_http_methods(["GET", "POST"])
@needs(Power.CONFIGURE_PAYMENTS, everywhere=True)
def add_beneficiary(request: ActorRequest) -> HttpResponseBase:
    """Let money go to an account from a day on; the one before ends the day before."""
    form = BeneficiaryForm(request.POST or None, initial={"valid_from": local_day(now())})
    agencies = [one for one in organisation.tree().agencies() if one.code and one.is_living]
    by_code = {one.code: one for one in agencies}
    form.offer_agencies(sorted(((one.code, one.name) for one in agencies), key=lambda x: x[1]))

    def act(at: datetime) -> str:
        data = form.cleaned_data
        given = payments.BeneficiaryIn(
            agency_id=by_code[data["agency"]].id,
            bank_bin=data["bank_bin"],
            bank_name=data["bank_name"],
            number=data["number"],
            name=data["name"],
            valid_from=data["valid_from"],
            procedure_code=data["procedure_code"],
            terminals={one: data[f"terminal_{one}"] for one in GATEWAYS},
        )
        payments.save_beneficiary(given, by=request.actor, at=at)
        return reverse("backoffice:beneficiaries")

    back = reverse("backoffice:beneficiaries")
    sheet = Sheet(
        "Thêm tài khoản nhận tiền",
        "Lưu tài khoản",
        "Đã lưu tài khoản.",
        intro="Mã VietQR và cổng thanh toán chuyển tiền vào tài khoản này; hãy đối chiếu với văn"
        " bản của ngân hàng hoặc kho bạc trước khi lưu.",
    )
    way = Way(back, [("Tài khoản nhận tiền", back)], "beneficiaries")
    return asked(request, form, act, sheet, way)
