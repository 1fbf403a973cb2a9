"""Work outside the office: appointments, pictures, findings, names under minutes, postings."""

from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import (
    Dossier,
    DossierMove,
    MinutesSignature,
    Posting,
    Visit,
    VisitPhoto,
)
from motcua.casework.dossiers.operations.posting import covered
from motcua.foundation.files import api as files
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, Commune, make_all, make_received, make_work_beside, open_step

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
field = dossiers.field


def visit_begun() -> tuple[Commune, str, int]:
    """Return a dossier of which a visit is to be made, and the visit."""
    commune = make_all()
    code = make_received(commune)
    field.plan_visit(code, TUESDAY, "Bản Co Mị", by=commune.mai, at=MONDAY)
    return commune, code, Visit.objects.get(dossier__code=code).seq


def photo(commune: Commune, content: bytes = b"jpeg") -> field.PhotoIn:
    stored = files.keep_bytes(content, "image/jpeg", by=commune.mai, at=TUESDAY)
    return field.PhotoIn(stored.pk, "nha.jpg")


def test_the_applicant_is_told_when_and_where() -> None:
    _, code, _ = visit_begun()

    move = DossierMove.objects.filter(dossier__code=code, act="plan_visit").get()
    assert move.note == "Bản Co Mị, lúc 09:00 ngày 03/03/2026"


def test_a_picture_sent_twice_is_there_once() -> None:
    commune, code, seq = visit_begun()
    one, other = photo(commune), photo(commune, b"khac")

    new = [
        field.add_visit_photo(code, seq, each, by=commune.mai, at=TUESDAY)
        for each in (one, one, other)
    ]

    assert new == [True, False, True]
    assert VisitPhoto.objects.filter(dossier__code=code).count() == 2


def test_after_the_minutes_no_picture_comes_any_more() -> None:
    commune, code, seq = visit_begun()
    field.record_visit(code, seq, "Đúng", by=commune.mai, at=TUESDAY)

    with pytest.raises(dossiers.AlreadyAnswered):
        field.add_visit_photo(code, seq, photo(commune), by=commune.mai, at=TUESDAY)


def test_who_works_on_another_step_does_nothing_in_this_visit() -> None:
    commune, code, seq = visit_begun()
    other = make_work_beside(commune, code)
    own = field.SignatureIn(field.SignerRole.OFFICER, "")

    with pytest.raises(NotAllowed):
        field.add_visit_photo(code, seq, photo(commune), by=other, at=TUESDAY)
    with pytest.raises(NotAllowed):
        field.record_visit(code, seq, "Không thấy gì", by=other, at=TUESDAY)
    field.record_visit(code, seq, "Đúng", by=commune.mai, at=TUESDAY)
    with pytest.raises(NotAllowed):
        field.sign_minutes(code, seq, own, by=other, at=TUESDAY)


def test_who_refuses_to_sign_needs_a_witness() -> None:
    commune, code, seq = visit_begun()
    field.record_visit(code, seq, "Đúng", by=commune.mai, at=TUESDAY)
    refusing = field.SignatureIn(field.SignerRole.APPLICANT, "Lò Thị Lan", field.SigningWay.REFUSED)
    with pytest.raises(BadInput, match="làm chứng"):
        field.sign_minutes(code, seq, refusing, by=commune.mai, at=TUESDAY)

    witnessed = refusing._replace(witness="Vì Văn Mặt", reason="Không đồng ý")
    field.sign_minutes(code, seq, witnessed, by=commune.mai, at=TUESDAY)

    kept = MinutesSignature.objects.get(dossier__code=code)
    assert (kept.witness, kept.reason) == ("Vì Văn Mặt", "Không đồng ý")


def test_minutes_are_signed_after_they_are_written_and_once() -> None:
    commune, code, seq = visit_begun()
    own = field.SignatureIn(field.SignerRole.OFFICER, "")
    with pytest.raises(dossiers.DossierError, match="ghi biên bản trước"):
        field.sign_minutes(code, seq, own, by=commune.mai, at=TUESDAY)
    field.record_visit(code, seq, "Đúng", by=commune.mai, at=TUESDAY)

    field.sign_minutes(code, seq, own, by=commune.mai, at=TUESDAY)

    with pytest.raises(dossiers.AlreadyAnswered):
        field.sign_minutes(code, seq, own, by=commune.mai, at=TUESDAY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Số định danh 011305000001", "Số định danh ••••••••••••"),
        ("CMND 040 123 456", "CMND •••••••••••"),
        ("Thửa 211, tờ 15, 120 m²", "Thửa 211, tờ 15, 120 m²"),
    ],
)
def test_no_number_that_could_be_a_persons_is_posted(text: str, shown: str) -> None:
    assert covered(text) == shown


def test_nothing_is_posted_where_the_version_posts_nothing() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)

    assert Posting.objects.count() == 0
    assert Dossier.objects.get(code=code).sub_state == ""
