"""The own dossiers: the list, one of them whole, its papers, its thread."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from markupsafe import Markup

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.procedures import api as procedures
from motcua.casework.ratings import api as ratings
from motcua.casework.receipts import api as receipts
from motcua.channels.kit.agents import PAY, RECEIVE, for_agents
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal import one_dossier
from motcua.channels.portal.desks import nearest_desk
from motcua.channels.portal.drafting import require_citizen
from motcua.channels.portal.forms import MessageForm
from motcua.channels.portal.tracking import promise_of, stand_of, timeline_of
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.paging import decode
from motcua.lib.qr import qr_svg

ON_PHONE = 20
# Browsers show a PDF with a viewer of their own.
_SHOWN_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"


@shows_errors("portal:home")
def own_dossiers(request: ActorRequest) -> HttpResponse:
    """List the own dossiers, the newest first."""
    require_citizen(request.actor)
    page = dossiers.dossiers_for(
        request.actor, after=decode(request.GET.get("tu", "")), limit=ON_PHONE
    )
    rows = [
        {
            "dossier": dossier,
            "name": name_of(dossier),
            "stand": stand_of(dossier),
            "promise": promise_of(dossier),
            "filed_by": one_dossier.colleague_of(dossier, request.actor),
        }
        for dossier in page.rows
    ]
    context = {
        "rows": rows,
        "is_member": bool(request.actor.powers.get(people.ACT)),
        "has_prepared": bool(dossiers.prompts_for(request.actor)),
        "is_confirmed": is_confirmed(request.actor.person_id),
        "desk": nearest_desk(request, now()),
        "next": page.next.encode() if page.next else None,
        "previous": page.previous.encode() if page.previous else None,
    }
    return render(request, "portal/dossiers.html", context)


def is_confirmed(person_id: int | None) -> bool:
    """Say whether a desk has seen who this is; helpers are officers and need not be seen."""
    return person_id is None or people.get_person(person_id).confirmed_at is not None


def name_of(dossier: dossiers.Dossier) -> str:
    """Return what the procedure is called by people."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    return definition.plain_name or definition.name


def own(request: ActorRequest, code: str) -> dossiers.Dossier:
    """Return the own dossier. Raises: NotFound."""
    return one_dossier.own(request.actor, dossiers.get_dossier_for(request.actor, code))


@for_agents()
@shows_errors("portal:dossiers")
def dossier(request: ActorRequest, code: str) -> HttpResponse:
    """Show one dossier whole."""
    return show_dossier(request, own(request, code), MessageForm())


def show_dossier(request: ActorRequest, found: dossiers.Dossier, form: MessageForm) -> HttpResponse:
    """Return the page of a dossier; what the office wrote counts as read from now on."""
    whole = dossiers.whole(found)
    is_owners = request.actor.agent is None
    if is_owners and any(m.side == dossiers.Side.OFFICE and not m.read_at for m in whole.messages):
        dossiers.read_messages(found.code, by=request.actor, at=now())
    wanted, items = one_dossier.asked_for(whole)
    rating = ratings.find_rating(found.pk)
    is_filer = found.submitter_account_id == request.actor.id
    context = {
        "dossier": found,
        "name": name_of(found),
        "is_owners": is_owners,
        "stand": stand_of(found),
        "promise": promise_of(found),
        "reason": dossiers.due_reason(found),
        "timeline": timeline_of(whole),
        "downloads": one_dossier.downloads_of(whole, now(), by=request.actor),
        "renewable": one_dossier.renewable_of(whole, now()) if is_owners else [],
        "on_paper": one_dossier.on_paper_of(whole),
        "papers": one_dossier.papers_of(whole),
        "receipts": receipts.receipts_about(found.code),
        "thread": one_dossier.thread_of(whole),
        "form": form,
        "wanted": wanted,
        "items": items,
        "can_supply": one_dossier.can_supply(found),
        "can_confirm": is_owners and one_dossier.must_confirm(found),
        **money_of(whole, request.actor),
        "dues": payments.obligations_of(dossiers.subject_of(found.code)),
        "can_withdraw": is_owners and one_dossier.can_withdraw(found, request.actor),
        "can_rate": is_owners and is_filer and rating is None and ratings.can_rate(found),
        "filed_by": one_dossier.colleague_of(found, request.actor),
        "rating": rating,
        "definition": whole.definition,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/dossier.html", context, status=status)


def money_of(whole: dossiers.WholeDossier, by: Actor) -> dict[str, object]:
    """Return the orders of a dossier, and what may be paid before anybody asks for it.

    Who acts for the owner sees them only if the owner lets him pay.
    """
    if by.agent is not None and not by.agent.may_pay:
        return {"orders": [], "ahead": [], "ahead_vnd": 0, "pays_first": False}
    orders = payments.orders_of(dossiers.subject_of(whole.dossier.code))
    waits = any(one.state in payments.PAYABLE for one in orders)
    ahead = [] if waits else one_dossier.due_online(whole)
    return {
        "orders": orders,
        "ahead": ahead,
        "ahead_vnd": sum(one.amount_vnd for one in ahead),
        "pays_first": any(one.line.collected == "at_filing" for one in ahead),
    }


@for_agents(PAY)
@require_POST
@shows_errors("portal:dossier")
def pay_ahead(request: ActorRequest, code: str) -> HttpResponse:
    """Make the order for what is due, and go to where it is paid."""
    order = dossiers.pay_ahead(own(request, code).code, by=request.actor, at=now())
    return redirect("portal:pay", order.token)


@for_agents()
@shows_errors("portal:dossiers")
def filed(request: ActorRequest, code: str) -> HttpResponse:
    """Show the receipt of a dossier just filed: its code, and what happens next."""
    found = own(request, code)
    address = request.build_absolute_uri(reverse("portal:progress", args=[code]))
    context = {
        "dossier": found,
        **money_of(dossiers.whole(found), request.actor),
        "name": name_of(found),
        "promise": promise_of(found),
        "receipt": reverse("portal:latest_slip", args=[code, dossiers.IssuedForm.FILED]),
        "qr": Markup(qr_svg(address)),  # noqa: S704 -- drawn by us
    }
    return render(request, "portal/filed.html", context)


@for_agents()
@require_POST
@shows_errors("portal:dossier")
def write(request: ActorRequest, code: str) -> HttpResponse:
    """Send a message to the office."""
    found = own(request, code)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show_dossier(request, found, form)
    dossiers.write_message(code, form.cleaned_data["text"], by=request.actor, at=now())
    messages.success(request, _("Đã gửi tới cơ quan đang giữ hồ sơ %(code)s.", code=code))
    return redirect(reverse("portal:dossier", args=[code]) + "#trao-doi")


@for_agents()
@shows_errors("portal:dossiers")
def slip(request: ActorRequest, code: str, form: str, seq: int = 0) -> HttpResponse:
    """Hand out an official paper of the own dossier as PDF."""
    found = own(request, code)
    if form == dossiers.IssuedForm.PROGRESS:
        raise Http404(_("Hồ sơ này không có giấy ấy."))
    content = dossiers.paper_pdf(request.actor, found.code, form, seq)
    return _pdf(content, f"{found.code}-{form}.pdf")


@for_agents()
@shows_errors("portal:dossiers")
def reference(request: ActorRequest, code: str, form: str, seq: int = 0) -> HttpResponse:
    """Hand out what an official paper of the own dossier says in English, for reference."""
    content = dossiers.reference_pdf(request.actor, own(request, code).code, form, seq)
    return _pdf(content, f"{code}-{form}-en.pdf")


@for_agents(RECEIVE)
@shows_errors("portal:dossiers")
def outcome(request: ActorRequest, code: str, seq: int) -> HttpResponse:
    """Hand out a result of the own dossier as PDF: signed, or the draft that waits for a word."""
    found = own(request, code)
    whole = dossiers.whole(found)
    is_asked = one_dossier.must_confirm(found)
    result = next((one for one in whole.outcomes if one.seq == seq), None)
    if result is None or not (result.decided_at or is_asked):
        raise Http404(_("Hồ sơ chưa có kết quả này."))
    return _pdf(dossiers.outcome_pdf(request.actor, code, seq), f"{code}-ket-qua-{seq}.pdf")


@for_agents()
@shows_errors("portal:dossiers")
def paper(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Show a paper the owner has handed in."""
    handed_in = dossiers.find_paper(own(request, code), seq)
    if handed_in is None or handed_in.file is None:
        raise Http404(_("Hồ sơ không có tệp này."))
    return file_response(handed_in.file, handed_in.file_name, inline=True)


@shows_errors("portal:dossiers")
def looks(request: ActorRequest, code: str) -> HttpResponse:
    """Show who has opened the own dossier."""
    found = own(request, code)
    rows = one_dossier.looks_in_words(dossiers.accesses_of(request.actor, code))
    return render(request, "portal/looks.html", {"dossier": found, "rows": rows})


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": _SHOWN_PDF,
        },
    )
