"""How handwritings and seals look on paper: brought in by one, approved by another."""

from datetime import datetime

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.signing import ImageForm
from motcua.channels.backoffice.frame import SIGNING, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ImageState
from motcua.lib.clock import local_day, now

ROWS = 30
_LONGEST = 12
_TONES = {
    ImageState.PROPOSED: "soon",
    ImageState.APPROVED: "ok",
    ImageState.DROPPED: "neutral",
}


@require_GET
@needs(*SIGNING, everywhere=True)
def images(request: ActorRequest) -> HttpResponse:
    """Show the pictures, those brought in last first.

    Costs: two statements.
    """
    asked_for = request.GET.get("before", "")
    is_place = asked_for.isdecimal() and len(asked_for) <= _LONGEST
    before = int(asked_for) if is_place else None
    found = trust.images_before(before, limit=ROWS + 1)
    shown = found[:ROWS]
    context = {
        "title": "Hình chữ ký, con dấu",
        "rows": [
            (row.image, row.holder, what_can(request, row.image)) for row in trust.with_names(shown)
        ],
        "tones": _TONES,
        "older": shown[-1].pk if len(found) > ROWS else 0,
        "is_later": before is not None,
    }
    return page(request, "images", context, current="images")


def what_can(request: ActorRequest, image: trust.SignatureImage) -> tuple[bool, bool]:
    """Return whether this person may approve the picture, and whether it may be dropped."""
    is_proposed = image.state == ImageState.PROPOSED
    is_alive = image.state != ImageState.DROPPED and image.is_ahead_of(local_day(now()))
    return is_proposed and image.kept_by_id != request.actor.id, is_alive


@asks(*SIGNING, everywhere=True)
def add(request: ActorRequest) -> HttpResponse:
    """Bring in a picture; it is measured before it is taken."""
    first = {"valid_from": local_day(now())}
    form = ImageForm(request.POST or None, request.FILES or None, initial=first)

    def act(at: datetime) -> str:
        trust.keep_image(form.given(), by=request.actor, at=at)
        return reverse("backoffice:images")

    sheet = Sheet(
        "Thêm hình chữ ký, con dấu",
        "Thêm hình",
        "Đã thêm hình. Một quản trị viên khác cần xem và duyệt.",
        intro="Hình in trong ô ký của văn bản. Cỡ là cỡ thật trên giấy.",
        files=True,
    )
    crumbs = [("Hình chữ ký, con dấu", reverse("backoffice:images"))]
    return asked(request, form, act, sheet, Way(reverse("backoffice:images"), crumbs, "images"))


@require_GET
@needs(*SIGNING, everywhere=True)
def picture(request: ActorRequest, image_id: int) -> HttpResponseBase:  # noqa: ARG001 -- a view takes a request
    """Show the picture itself."""
    found = trust.get_image(image_id)
    return file_response(found.file, f"hinh-{image_id}.png", inline=True)


@require_POST
@needs(*SIGNING, everywhere=True)
def approve(request: ActorRequest, image_id: int) -> HttpResponse:
    """Use a picture from its day on, as the second person."""

    def act(at: datetime) -> str:
        trust.approve_image(image_id, by=request.actor, at=at)
        return reverse("backoffice:images")

    return done(request, act, "Đã duyệt hình.")


@require_POST
@needs(*SIGNING, everywhere=True)
def drop(request: ActorRequest, image_id: int) -> HttpResponse:
    """Use a picture no more."""

    def act(at: datetime) -> str:
        trust.drop_image(image_id, by=request.actor, at=at)
        return reverse("backoffice:images")

    return done(request, act, "Đã thôi dùng hình.")
