"""What each kind of document needs: who signs in which order, how strongly, from when."""

from collections.abc import Sequence
from datetime import date, datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.policies import PolicyForm
from motcua.channels.backoffice.frame import SIGNING, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import SigningPolicy
from motcua.foundation.trust import api as trust
from motcua.lib.clock import local_day, now

MOST = 500
_PAST, _NOW, _LATER = ("Đã thôi", "neutral"), ("Đang áp dụng", "ok"), ("Sẽ áp dụng", "info")
Row = tuple[SigningPolicy, str, tuple[str, str]]


@require_GET
@needs(*SIGNING, everywhere=True)
def policies(request: ActorRequest) -> HttpResponse:
    """Say what counts now in plain sentences, and what counted and will count.

    Costs: one statement.
    """
    today = local_day(now())
    rows = [described(one, today) for one in signing.policies_on_record(limit=MOST)]
    context = {
        "title": "Chính sách ký số",
        "living": [row for row in rows if row[2] != _PAST],
        "past": [row for row in rows if row[2] == _PAST],
        "missing": missing(rows),
    }
    return page(request, "policies", context, current="policies")


def described(one: SigningPolicy, today: date) -> Row:
    """Return a policy with its sentence and how it stands."""
    sentence = signing.policy_words(signing.policy_info(one), whose(one))
    if one.valid_from > today:
        return one, sentence, _LATER
    return one, sentence, _NOW if one.holds_on(today) else _PAST


def whose(one: SigningPolicy) -> str:
    """Return in words of which agency and procedure a policy speaks."""
    agency = trust.agency_name(one.agency_id) if one.agency_id else ""
    of_agency = f"của {agency or 'một cơ quan không còn'}" if one.agency_id else "của mọi cơ quan"
    return f"{of_agency}, thủ tục {one.procedure_code}" if one.procedure_code else of_agency


def missing(rows: Sequence[Row]) -> list[str]:
    """Return the kinds of document for which nothing counts now: they are signed on paper."""
    found = {one.document_kind for one, _, standing in rows if standing == _NOW}
    return [kind.label for kind in signing.ORDERS if kind not in found]


@asks(*SIGNING, everywhere=True)
def add(request: ActorRequest) -> HttpResponse:
    """Put a policy in force from a day on."""
    today = local_day(now())
    form = PolicyForm(request.POST or None, today=today, initial={"valid_from": today})

    def act(at: datetime) -> str:
        signing.set_policy(form.given(), by=request.actor, at=at)
        return reverse("backoffice:policies")

    sheet = Sheet(
        "Đặt chính sách ký số",
        "Áp dụng",
        "Đã đặt chính sách ký số.",
        intro="Chính sách hẹp nhất được dùng: của cơ quan và thủ tục, của thủ tục, của cơ quan, "
        "rồi của tất cả. Văn bản đang ký dở giữ chính sách của ngày bắt đầu ký.",
    )
    crumbs = [("Chính sách ký số", reverse("backoffice:policies"))]
    way = Way(reverse("backoffice:policies"), crumbs, "policies")
    return asked(request, form, act, sheet, way)


@asks(*SIGNING, everywhere=True)
def end(request: ActorRequest, policy_id: int) -> HttpResponse:
    """Let a policy count to the end of today."""
    if request.method == "POST":

        def act(at: datetime) -> str:
            signing.end_policy(policy_id, by=request.actor, at=at)
            return reverse("backoffice:policies")

        return done(request, act, "Đã thôi áp dụng chính sách.")
    one = signing.get_policy(policy_id)
    context = {
        "title": "Thôi áp dụng chính sách",
        "question": described(one, local_day(now()))[1],
        "consequence": "Chính sách này thôi áp dụng từ ngày mai. Nếu không còn chính sách khác, "
        "văn bản loại này không được ký số nữa.",
        "button": "Thôi áp dụng",
        "back": reverse("backoffice:policies"),
        "crumbs": [("Chính sách ký số", reverse("backoffice:policies"))],
    }
    return page(request, "confirm", context, current="policies")
