"""Bring in how handwritings and seals look: two people for every picture.

Source: docs/law/signatures.md
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.trust.choices import ImageKind, ImageState
from motcua.foundation.trust.errors import NoSuchImage, SamePerson, TrustError
from motcua.foundation.trust.models import SignatureImage
from motcua.foundation.trust.rules.pictures import check_size, read_picture
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
ONE_DAY = timedelta(days=1)
PNG = "image/png"


@dataclass(frozen=True, slots=True)
class ImageIn:
    """One picture of signing with its real size, to be used from a day on."""

    kind: ImageKind
    content: bytes
    width_mm: int
    height_mm: int
    valid_from: date
    officer_id: int | None = None
    agency_id: int | None = None


@work.story
def keep_image(given: ImageIn, *, by: Actor, at: datetime) -> SignatureImage:
    """Bring in how a handwriting or a seal looks; another administrator has to approve it.

    Raises: NotAllowed, NotACertificate that says what is wrong with the picture, BadInput.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    if (given.officer_id is None) == (given.kind == ImageKind.HANDWRITING):
        raise BadInput("Hãy chọn người hoặc cơ quan có hình này.", field="holder")
    facts = read_picture(given.content, given.kind)
    check_size(facts, given.kind, given.width_mm, given.height_mm)
    image = SignatureImage.objects.create(
        kind=given.kind,
        officer_id=given.officer_id,
        agency_id=given.agency_id,
        file=files.keep_bytes(facts.png, PNG, by=by, at=at),
        width_mm=given.width_mm,
        height_mm=given.height_mm,
        ink_percent=facts.ink_percent,
        valid_from=given.valid_from,
        state=ImageState.PROPOSED,
        kept_by_id=by.id,
        kept_by_name=by.name,
        kept_at=at,
    )
    _trace("trust.image_kept", image, by=by, at=at)
    return image


@work.story
def approve_image(image_id: int, *, by: Actor, at: datetime) -> SignatureImage:
    """Use a picture from its day on, in place of the one before; as the second person.

    Raises: NotAllowed, NoSuchImage, SamePerson, TrustError.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    image = _locked(image_id)
    if image.state != ImageState.PROPOSED:
        raise TrustError("Hình này không còn chờ duyệt.")
    if image.kept_by_id == by.id:
        raise SamePerson("Người đưa hình vào không được tự duyệt; cần một quản trị viên khác.")
    _make_room(image)
    image.state = ImageState.APPROVED
    image.approved_by_id, image.approved_by_name, image.approved_at = by.id, by.name, at
    image.save(update_fields=["state", "approved_by_id", "approved_by_name", "approved_at"])
    _trace("trust.image_approved", image, by=by, at=at)
    return image


def _make_room(image: SignatureImage) -> None:
    """End the picture in use the day before. Raises: TrustError if a later one is there."""
    others = SignatureImage.objects.filter(
        kind=image.kind,
        officer_id=image.officer_id,
        agency_id=image.agency_id,
        state=ImageState.APPROVED,
    )
    reaching = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=image.valid_from))
    if reaching.filter(valid_from__gte=image.valid_from).exists():
        raise TrustError("Đã có hình được dùng từ ngày đó hoặc sau đó; hãy đưa vào với ngày khác.")
    reaching.update(valid_to=image.valid_from - ONE_DAY)


@work.story
def drop_image(image_id: int, *, by: Actor, at: datetime) -> SignatureImage:
    """Use a picture no more from today on; one that was never used is dropped.

    Raises: NotAllowed, NoSuchImage, TrustError.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    image, today = _locked(image_id), local_day(at)
    if image.state == ImageState.DROPPED or not image.is_ahead_of(today):
        raise TrustError("Hình này đã thôi dùng từ trước.")
    if image.state == ImageState.APPROVED and image.valid_from < today:
        image.valid_to = today - ONE_DAY
    else:
        image.state = ImageState.DROPPED
    image.save(update_fields=["state", "valid_to"])
    _trace("trust.image_dropped", image, by=by, at=at)
    return image


def _locked(image_id: int) -> SignatureImage:
    found = SignatureImage.objects.select_for_update(of=("self",)).select_related("file")
    try:
        return found.get(pk=image_id)
    except SignatureImage.DoesNotExist as error:
        raise NoSuchImage("Không có hình này.") from error


def _trace(action: str, image: SignatureImage, *, by: Actor, at: datetime) -> None:
    detail = {"kind": image.kind, "officer": image.officer_id, "agency": image.agency_id}
    audit.record(action, f"image:{image.pk}", by=by, at=at, detail=detail)
