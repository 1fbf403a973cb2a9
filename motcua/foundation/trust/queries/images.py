"""Pictures of signing, in force and on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.trust.choices import ImageKind, ImageState
from motcua.foundation.trust.errors import NoSuchImage
from motcua.foundation.trust.models import SignatureImage
from motcua.lib.dated import holding_on

from .inventory import agency_name


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture with its real size."""

    sha256: str
    width_mm: int
    height_mm: int
    png: bytes = field(repr=False)


def handwriting_of(officer_id: int, on: date) -> Picture | None:
    """Return how an officer signs by hand, if that is kept. Costs: one query and one file."""
    return _picture(kind=ImageKind.HANDWRITING, officer_id=officer_id, on=on)


def seal_picture_of(agency_id: int, on: date) -> Picture | None:
    """Return what an agency's seal looks like, if that is kept. Costs: one query and one file."""
    return _picture(kind=ImageKind.SEAL, agency_id=agency_id, on=on)


def _picture(*, on: date, **whose: object) -> Picture | None:
    used = SignatureImage.objects.filter(holding_on(on), state=ImageState.APPROVED, **whose)
    found = used.select_related("file").first()
    if found is None:
        return None
    with files.open_file(found.file) as content:
        png = content.read()
    return Picture(found.file.sha256, found.width_mm, found.height_mm, png)


def images_before(image_id: int | None, *, limit: int) -> Sequence[SignatureImage]:
    """Return pictures, those brought in last first, before one of them if it is given.

    Costs: one query.
    """
    rows = SignatureImage.objects.select_related("file")
    if image_id is not None:
        rows = rows.filter(pk__lt=image_id)
    return list(rows.order_by("-pk")[:limit])


def get_image(image_id: int) -> SignatureImage:
    """Return one picture. Raises: NoSuchImage."""
    found = SignatureImage.objects.select_related("file").filter(pk=image_id).first()
    if found is None:
        raise NoSuchImage("Không có hình này.")
    return found


@dataclass(frozen=True, slots=True)
class ImageRow:
    """One picture with the name of whose it is today."""

    image: SignatureImage
    holder: str


def with_names(images: Sequence[SignatureImage]) -> Sequence[ImageRow]:
    """Return pictures with the names of their holders. Costs: one query."""
    ids = {one.officer_id for one in images if one.officer_id is not None}
    found = organisation.Officer.objects.filter(pk__in=ids)
    officers = dict(found.values_list("pk", "full_name")) if ids else {}
    return [ImageRow(one, _holder(one, officers)) for one in images]


def _holder(one: SignatureImage, officers: Mapping[int, str]) -> str:
    if one.officer_id is not None:
        return officers.get(one.officer_id, "")
    return agency_name(one.agency_id) if one.agency_id is not None else ""
