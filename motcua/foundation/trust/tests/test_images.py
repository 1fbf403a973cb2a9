"""Pictures of signing are measured, approved by a second person, and hold for their days."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.models import F

from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ImageKind
from motcua.foundation.trust.models import SignatureImage
from motcua.foundation.trust.rules.pictures import check_size, read_picture
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed

from .make import BLUE, MONDAY, QUANG, RED, SEN, make_drawing, make_seal_picture

WHITE = (255, 255, 255, 255)
TODAY = local_day(MONDAY)


def test_a_red_seal_on_nothing_is_taken_and_measured() -> None:
    facts = read_picture(make_drawing(), ImageKind.SEAL)

    assert (facts.width_px, facts.height_px, facts.ink_percent) == (600, 600, 100)


def test_what_else_the_file_carried_stays_behind() -> None:
    content = make_drawing()
    with_text = content[:-12] + b"\0\0\0\x0ctEXtAuthor\0Lan\0\0\0\0" + content[-12:]

    assert b"Author" not in read_picture(with_text, ImageKind.SEAL).png


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "PNG"),
        (b"\xff\xd8\xff\xe0 a photograph", "PNG"),
        (make_drawing()[:400], "hỏng"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "hỏng"),
        (make_drawing(paper=WHITE), "trong suốt"),
        (make_drawing(ink=(0, 0, 0, 0)), "trống"),
        (make_drawing(ink=BLUE), "màu đỏ"),
        (make_drawing(ink=(40, 40, 40, 255)), "màu đỏ"),
        (make_drawing(size=4100), "quá lớn"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 3_000_000, "nặng quá"),
    ],
)
def test_an_unfit_picture_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(trust.NotACertificate, match=says):
        read_picture(content, ImageKind.SEAL)


def test_a_handwriting_is_blue() -> None:
    with pytest.raises(trust.NotACertificate, match="màu xanh"):
        read_picture(make_drawing(ImageKind.HANDWRITING, ink=RED), ImageKind.HANDWRITING)


@pytest.mark.parametrize(
    ("width", "height", "says"), [(10, 10, "Chiều rộng"), (36, 30, "cao 36 mm"), (60, 60, "")]
)
def test_a_picture_suits_its_size_on_paper(width: int, height: int, says: str) -> None:
    facts = read_picture(make_drawing(size=480), ImageKind.SEAL)

    if not says:
        check_size(facts, ImageKind.SEAL, width, height)
        return
    with pytest.raises(trust.NotACertificate, match=says):
        check_size(facts, ImageKind.SEAL, width, height)


def test_a_coarse_picture_is_refused() -> None:
    facts = read_picture(make_drawing(size=200), ImageKind.SEAL)

    with pytest.raises(trust.NotACertificate, match="điểm mỗi inch"):
        check_size(facts, ImageKind.SEAL, 36, 36)


@pytest.mark.django_db
def test_a_picture_is_used_when_a_second_person_has_approved_it() -> None:
    image = make_seal_picture(7)
    before = trust.seal_picture_of(7, TODAY)

    trust.approve_image(image.pk, by=SEN, at=MONDAY)

    after = trust.seal_picture_of(7, TODAY)
    assert before is None
    assert after is not None
    assert (after.width_mm, after.height_mm) == (36, 36)


@pytest.mark.django_db
def test_nobody_approves_the_picture_he_brought() -> None:
    image = make_seal_picture(7)

    with pytest.raises(trust.SamePerson):
        trust.approve_image(image.pk, by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_the_database_refuses_one_person_for_both_of_a_picture() -> None:
    image = make_seal_picture(7)

    with pytest.raises(IntegrityError, match="image_approved_by_another"):
        SignatureImage.objects.filter(pk=image.pk).update(approved_by_id=F("kept_by_id"))


@pytest.mark.django_db
def test_a_new_picture_takes_the_place_of_the_one_before() -> None:
    for days in (0, 10):
        image = make_seal_picture(7, days=days)
        trust.approve_image(image.pk, by=SEN, at=MONDAY)

    days_of = SignatureImage.objects.order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(days_of) == [
        (TODAY, TODAY + timedelta(days=9)),
        (TODAY + timedelta(days=10), None),
    ]


@pytest.mark.django_db
def test_an_earlier_day_than_that_of_the_picture_in_use_is_refused() -> None:
    trust.approve_image(make_seal_picture(7, days=5).pk, by=SEN, at=MONDAY)
    early = make_seal_picture(7, days=1)

    with pytest.raises(trust.TrustError, match="từ ngày đó hoặc sau đó"):
        trust.approve_image(early.pk, by=SEN, at=MONDAY)


@pytest.mark.django_db
def test_a_dropped_picture_is_used_no_more_and_stays_on_record() -> None:
    image = make_seal_picture(7, days=-3)
    trust.approve_image(image.pk, by=SEN, at=MONDAY)

    trust.drop_image(image.pk, by=QUANG, at=MONDAY)

    assert trust.seal_picture_of(7, TODAY) is None
    assert trust.seal_picture_of(7, TODAY - timedelta(days=1)) is not None
    assert [one.pk for one in trust.images_before(None, limit=9)] == [image.pk]


@pytest.mark.django_db
def test_what_was_dropped_is_not_dropped_again() -> None:
    image = make_seal_picture(7)
    trust.drop_image(image.pk, by=QUANG, at=MONDAY)

    with pytest.raises(trust.TrustError, match="thôi dùng"):
        trust.drop_image(image.pk, by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_an_administrator_of_one_agency_brings_in_no_picture() -> None:
    xuan = Actor(id=9, name="Lò Thị Xuân", powers={"signing.administer": frozenset({7})})

    with pytest.raises(NotAllowed):
        make_seal_picture(7, by=xuan)


@pytest.mark.django_db
def test_a_handwriting_needs_its_officer() -> None:
    given = trust.ImageIn(ImageKind.HANDWRITING, b"", 40, 20, TODAY, agency_id=7)

    with pytest.raises(BadInput, match="người hoặc cơ quan"):
        trust.keep_image(replace(given), by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_a_picture_that_is_not_there_is_said_so() -> None:
    with pytest.raises(trust.NoSuchImage):
        trust.get_image(5)
