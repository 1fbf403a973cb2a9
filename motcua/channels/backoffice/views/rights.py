"""Who signs for which agency in which capacity, and who is away."""

from datetime import date, datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.rights import AbsenceForm, RightForm
from motcua.channels.backoffice.frame import SIGNING, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, SigningRight
from motcua.lib.clock import local_day, now

MOST = 500
_PAST, _NOW, _LATER = ("Đã hết", "neutral"), ("Đang có", "ok"), ("Sắp đến", "info")


class Shown(NamedTuple):
    """One right as a row of the page."""

    right: SigningRight
    agency: str
    holder: str
    printed: list[str]
    kinds: str
    basis: str
    standing: tuple[str, str]


@require_GET
@needs(*SIGNING, everywhere=True)
def rights(request: ActorRequest) -> HttpResponse:
    """List who may sign how, today, before and later, and who is away.

    Costs: five statements.
    """
    today = local_day(now())
    rows = signing.rights_on_record(limit=MOST)
    seats = organisation.seats_of_units({one.post.unit_id for one in rows}, today)
    holders = {seat.post_id: seat.officer_name for seat in seats}
    found = [shown(one, today, holders.get(one.post_id, "")) for one in rows]
    context = {
        "title": "Thẩm quyền ký",
        "living": [one for one in found if one.standing != _PAST],
        "past": [one for one in found if one.standing == _PAST],
        "absences": signing.absences_since(today, limit=MOST),
    }
    return page(request, "rights", context, current="rights")


def shown(right: SigningRight, today: date, holder: str) -> Shown:
    """Return a right with what is printed above the name, and how it stands."""
    block = signing.block_of(signing.right_info(right), holder)
    agency = organisation.name_of_agency(right.agency_id, on=today)
    kinds = "; ".join(DocumentKind(kind).label for kind in right.kinds) or "Mọi loại văn bản"
    day = f" ngày {right.basis_on:%d/%m/%Y}" if right.basis_on else ""
    standing = _NOW if right.holds_on(today) else _PAST
    if right.valid_from > today:
        standing = _LATER
    printed = [*block.lines, block.title]
    return Shown(right, agency, holder, printed, kinds, f"{right.basis_number}{day}", standing)


def way() -> Way:
    """Return where the forms stand."""
    back = reverse("backoffice:rights")
    return Way(back, [("Thẩm quyền ký", back)], "rights")


@asks(*SIGNING, everywhere=True)
def add(request: ActorRequest) -> HttpResponse:
    """Write down one right to sign."""
    form = RightForm(request.POST or None, initial={"valid_from": local_day(now())})

    def act(at: datetime) -> str:
        signing.give_right(form.given(), by=request.actor, at=at)
        return reverse("backoffice:rights")

    sheet = Sheet(
        "Ghi thẩm quyền ký",
        "Ghi thẩm quyền",
        "Đã ghi thẩm quyền ký.",
        intro="Cơ quan đã ghi thẩm quyền ký cho một loại văn bản thì chỉ người có tên trong đó ký "
        "được, và phần chữ ký in đúng tư cách: TM., KT., TL., TUQ., Q.",
    )
    return asked(request, form, act, sheet, way())


@asks(*SIGNING, everywhere=True)
def end(request: ActorRequest, right_id: int) -> HttpResponse:
    """Let a right count to the end of today."""
    if request.method == "POST":

        def act(at: datetime) -> str:
            signing.end_right(right_id, by=request.actor, at=at)
            return reverse("backoffice:rights")

        return done(request, act, "Đã kết thúc thẩm quyền ký.")
    one = shown(signing.get_right(right_id), local_day(now()), "")
    context = {
        "title": "Kết thúc thẩm quyền ký",
        "question": f"{one.agency}: {', '.join(one.printed)}; {one.kinds}.",
        "consequence": "Từ ngày mai người giữ vị trí này không ký với tư cách đó nữa. Văn bản đang "
        "chờ người ấy ký phải trình lại. Nếu là ký thừa lệnh (TL.), thẩm quyền của cấp phó ký thay "
        "người ấy cũng kết thúc.",
        "button": "Kết thúc",
        "back": reverse("backoffice:rights"),
        "crumbs": way().crumbs,
    }
    return page(request, "confirm", context, current="rights")


@asks(*SIGNING, everywhere=True)
def add_absence(request: ActorRequest) -> HttpResponse:
    """Write down that somebody is away."""
    today = local_day(now())
    form = AbsenceForm(request.POST or None, initial={"valid_from": today, "valid_to": today})

    def act(at: datetime) -> str:
        signing.note_absence(form.given(), by=request.actor, at=at)
        return reverse("backoffice:rights")

    sheet = Sheet(
        "Ghi vắng mặt",
        "Ghi vắng mặt",
        "Đã ghi vắng mặt; lượt ký trong những ngày đó chuyển cho người ký thay.",
        intro="Văn bản chưa ai ký được lập lại với chức danh của người ký thay. Văn bản đã ký nháy "
        "thì giữ nguyên, phải từ chối để trình lại.",
    )
    return asked(request, form, act, sheet, way())


@require_POST
@needs(*SIGNING, everywhere=True)
def end_absence(request: ActorRequest, absence_id: int) -> HttpResponse:
    """End an absence at once."""

    def act(at: datetime) -> str:
        signing.end_absence(absence_id, by=request.actor, at=at)
        return reverse("backoffice:rights")

    return done(request, act, "Đã kết thúc vắng mặt.")
