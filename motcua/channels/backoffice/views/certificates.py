"""Certificates of officers, agencies and authorities: find, register, suspend, end, hand out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.forms.signing import CertificateForm, FindCertificates, ReasonForm
from motcua.channels.backoffice.frame import SIGNING, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.backoffice.views.trust_services import age
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.spreadsheets import csv_lines
from motcua.channels.kit.words import stamp
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import CertificateState as S
from motcua.foundation.trust.api import KnownState as K
from motcua.lib.clock import local_day, now

ROWS = 50
_BETWEEN = "~"
_SOON, _ENDING = 30, 60
_TONES = {S.ACTIVE: "ok", S.SUSPENDED: "paused", S.REVOKED: "late", S.ENDED: "neutral"}
_KNOWN_TONES = {K.UNKNOWN: "info", K.GOOD: "ok", K.HELD: "paused", K.REVOKED: "late"}
_OLD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a certificate: its button, its state, its words."""

    word: str
    state: S
    button: str
    title: str
    consequence: str


CHANGES = (
    Change(
        "tam-dung",
        S.SUSPENDED,
        "Tạm dừng",
        "Tạm dừng chứng thư",
        "Chủ chứng thư không ký được cho đến khi dùng lại. Chữ ký đã có không bị ảnh hưởng.",
    ),
    Change("dung-lai", S.ACTIVE, "Dùng lại", "Dùng lại chứng thư", "Chủ chứng thư lại ký được."),
    Change(
        "thoi-dung",
        S.ENDED,
        "Thôi dùng",
        "Thôi dùng chứng thư",
        "Không ký được bằng chứng thư này nữa. Chữ ký đã có vẫn giữ nguyên giá trị.",
    ),
    Change(
        "thu-hoi",
        S.REVOKED,
        "Ghi nhận đã thu hồi",
        "Ghi nhận chứng thư đã bị thu hồi",
        "Từ lúc này, chữ ký bằng chứng thư này bị báo là không hợp lệ, trừ chữ ký có dấu thời gian "
        "chứng minh là có từ trước. Không đổi lại được.",
    ),
)


def address(sha256: str) -> str:
    return reverse("backoffice:certificate", args=[sha256])


def crumbs(found: trust.Certificate | None = None) -> list[tuple[str, str]]:
    """Return the way from the list to the certificate."""
    words = [("Chứng thư số", reverse("backoffice:certificates"))]
    return [*words, (found.subject_name, address(found.sha256))] if found else words


def left_of(one: trust.Certificate, at: datetime) -> tuple[str, str]:
    """Return in words how long a certificate lasts, and the tone of it."""
    days = trust.days_left(one.not_after, at)
    if days < 0:
        return "Đã hết hạn", "late"
    if days >= _ENDING:
        return "", ""
    return f"Còn {days} ngày", "late" if days < _SOON else "soon"


def known_of(one: trust.Certificate, at: datetime) -> tuple[str, str, str]:
    """Return what the authority said, the tone of it, and how old that is or why it is missing."""
    if one.asked_at is None:
        return "Chưa hỏi", "info", ""
    aged = f"{one.known_by.upper()}, {age(at - one.known_at)} trước" if one.known_at else ""
    why = one.ask_error if one.ask_error and not aged else ""
    tone = _KNOWN_TONES[K(one.known_state)]
    is_old = one.known_at is not None and at - one.known_at > _OLD
    return one.get_known_state_display(), "soon" if is_old and tone == "ok" else tone, aged or why


@require_GET
@needs(*SIGNING, everywhere=True)
def certificates(request: ActorRequest) -> HttpResponse:
    """List certificates, those that end first first.

    Costs: two statements.
    """
    form, at = FindCertificates(request.GET or None), now()
    found = trust.inventory(form.ask(), at=at, after=place_in(request), limit=ROWS + 1)
    rows = found[:ROWS]
    last = rows[-1].certificate if len(found) > ROWS else None
    context = {
        "title": "Chứng thư số",
        "form": form,
        "rows": [
            (row, *left_of(row.certificate, at), known_of(row.certificate, at)) for row in rows
        ],
        "tones": _TONES,
        "after": f"{last.not_after.isoformat()}{_BETWEEN}{last.pk}" if last else "",
        "is_later": "after" in request.GET,
        "is_asked": any(request.GET.get(name) for name in form.fields),
    }
    return page(request, "certificates", context, current="certificates")


def place_in(request: ActorRequest) -> tuple[datetime, int] | None:
    """Return after which row the page begins; an odd word begins anew."""
    moment, _, key = request.GET.get("after", "").partition(_BETWEEN)
    try:
        place = datetime.fromisoformat(moment.replace(" ", "+")), int(key)
    except ValueError:
        return None
    return place if place[0].tzinfo is not None else None


@asks(*SIGNING, everywhere=True)
def register(request: ActorRequest) -> HttpResponse:
    """Register a certificate from a file."""
    form = CertificateForm(request.POST or None, request.FILES or None)

    def act(at: datetime) -> str:
        return address(trust.register_certificate(form.given(), by=request.actor, at=at).sha256)

    sheet = Sheet("Đăng ký chứng thư số", "Đăng ký", "Đã đăng ký chứng thư số.", files=True)
    way = Way(reverse("backoffice:certificates"), crumbs(), "certificates")
    return asked(request, form, act, sheet, way)


@require_GET
@needs(*SIGNING, everywhere=True)
def certificate(request: ActorRequest, sha256: str) -> HttpResponse:
    """Show one certificate. Costs: two statements."""
    row, at = trust.get_certificate(sha256), now()
    found = row.certificate
    context = {
        "title": found.subject_name,
        "crumbs": crumbs(),
        "certificate": found,
        "holder": row.holder,
        "tone": _TONES[S(found.state)],
        "left": left_of(found, at),
        "known": known_of(found, at),
        "fingerprint": trust.fingerprint_words(found.sha256),
        "changes": [one for one in CHANGES if one.state in trust.MOVES[S(found.state)]],
    }
    return page(request, "certificate", context, current="certificates")


@asks(*SIGNING, everywhere=True)
def change(request: ActorRequest, sha256: str, change: str) -> HttpResponse:
    """Suspend a certificate, take it up again, end it, note that it was revoked."""
    wanted = next((one for one in CHANGES if one.word == change), None)
    if wanted is None:
        raise Http404
    found = trust.get_certificate(sha256).certificate
    form = ReasonForm(request.POST or None)

    def act(at: datetime) -> str:
        reason = form.cleaned_data["reason"]
        trust.set_certificate_state(sha256, wanted.state, reason, by=request.actor, at=at)
        return address(sha256)

    sheet = Sheet(
        f"{wanted.title}: {found.subject_name}",
        wanted.button,
        f"Chứng thư của {found.subject_name}: {wanted.state.label.lower()}.",
        intro=wanted.consequence,
        warning=wanted.state in (S.REVOKED, S.ENDED),
    )
    return asked(request, form, act, sheet, Way(address(sha256), crumbs(found), "certificates"))


@require_GET
@needs(*SIGNING, everywhere=True)
def export(request: ActorRequest) -> HttpResponseBase:
    """Stream the certificates that are looked for as a table for a spreadsheet."""
    at = now()
    name = f"chung-thu-so-{local_day(at):%Y%m%d}.csv"
    return StreamingHttpResponse(
        csv_lines(_rows(FindCertificates(request.GET or None).ask(), at)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
        status=HTTPStatus.OK,
    )


def _rows(ask: trust.InventoryAsk, at: datetime) -> Iterator[tuple[object, ...]]:
    yield (
        "Chủ thể",
        "Người giữ",
        "Loại",
        "Nơi cấp",
        "Số sê-ri",
        "Hiệu lực từ",
        "Hiệu lực đến",
        "Còn (ngày)",
        "Khóa ở đâu",
        "Khóa",
        "Tình trạng",
        "Nơi cấp nói",
        "Nơi cấp nói lúc",
        "Hỏi nơi cấp lúc",
        "Vì sao chưa biết",
        "Dấu vân tay SHA-256",
    )
    for row in trust.whole_inventory(ask, at=at):
        one = row.certificate
        yield (
            one.subject_name,
            row.holder,
            one.get_holder_kind_display(),
            one.issuer_name,
            one.serial,
            stamp(one.not_before),
            stamp(one.not_after),
            trust.days_left(one.not_after, at),
            one.get_way_display(),
            f"{one.key_kind.upper()} {one.key_bits}",
            one.get_state_display(),
            one.get_known_state_display(),
            stamp(one.known_at) if one.known_at else "",
            stamp(one.asked_at) if one.asked_at else "",
            one.ask_error,
            one.sha256,
        )
