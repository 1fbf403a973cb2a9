from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.casework.procedures.tests.make import make_procedure
from motcua.casework.reasons import api as reasons
from motcua.casework.reasons.api import (
    LibraryFilter,
    ReasonKind,
    ReasonUse,
    ReasonVersion,
    StandardReason,
    Subject,
    Suggestion,
    WordsIn,
)
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency, root_of
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed, NotFound

from .make import DAY, KEEPER, MONDAY, make_reason

pytestmark = pytest.mark.django_db
CODE = "1.004873"


def offered(
    procedure_id: int = 0, *, agency_ids: tuple[int, ...] = (), missing: tuple[str, ...] = ()
) -> list[Suggestion]:
    return reasons.suggestions(
        ReasonKind.SUPPLEMENT,
        procedure_id=procedure_id,
        agency_ids=agency_ids,
        missing=missing,
        on=DAY,
    )


def keeper_of(agency: organisation.Agency) -> Actor:
    powers = {str(Power.KEEP_REASONS): frozenset({root_of(agency).pk})}
    return Actor(id=911, name="Cà Văn Minh", agency_id=agency.pk, powers=powers)


def used(one: Suggestion, written: str, *, code: str = "H18-1", procedure_id: int = 0) -> None:
    @work.story
    def told() -> None:
        subject = Subject(code, 3, procedure_id)
        given = [(one, one.text)]
        reasons.note_uses(ReasonKind.SUPPLEMENT, subject, given, written, by=KEEPER, at=MONDAY)

    told()


def test_what_is_missing_comes_first_then_the_procedures_then_the_agencys() -> None:
    procedure, agency = make_procedure(), make_agency()
    organisation.forget_tree()
    make_reason("Của tỉnh")
    make_reason("Của cơ quan", agency_id=agency.pk)
    make_reason("Của thủ tục", procedure_code=CODE)
    make_reason("Thiếu tờ khai", procedure_code=CODE, paper_code="to-khai")

    found = offered(procedure.pk, agency_ids=(agency.pk,), missing=("to-khai",))

    assert [one.title for one in found] == [
        "Thiếu tờ khai",
        "Của thủ tục",
        "Của cơ quan",
        "Của tỉnh",
    ]


def test_what_is_of_others_or_for_another_act_is_not_offered() -> None:
    make_procedure()
    agency = make_agency()
    organisation.forget_tree()
    make_reason("Cơ quan khác", agency_id=agency.pk)
    make_reason("Thủ tục khác", procedure_code=CODE)
    make_reason("Xin lỗi", kind=ReasonKind.APOLOGY)

    assert offered() == []


def test_the_words_of_the_day_are_offered_and_the_earlier_ones_stay() -> None:
    reason = make_reason()
    words = WordsIn("Thiếu tờ khai", "Đề nghị nộp tờ khai.", "", DAY + timedelta(days=1))

    reasons.say_otherwise(reason.pk, words, by=KEEPER, at=MONDAY)

    assert [one.text for one in offered()] == ["Hồ sơ {ma_ho_so} còn thiếu: {giay_to}."]
    versions = reasons.versions_of(reason.pk)
    assert [(one.number, one.valid_to) for one in versions] == [(2, None), (1, DAY)]


def test_words_in_force_are_not_written_over() -> None:
    reason = make_reason()
    words = WordsIn("Khác", "Khác.", "", date(2026, 1, 1))

    with pytest.raises(BadInput, match="phải từ sau ngày 01/01/2026"):
        reasons.say_otherwise(reason.pk, words, by=KEEPER, at=MONDAY)
    version = ReasonVersion.objects.get()
    version.pk, version.number = None, 2
    with pytest.raises(IntegrityError, match="one_version_at_a_time"), transaction.atomic():
        ReasonVersion.objects.bulk_create([version])


def test_a_retired_reason_is_offered_no_more_and_stays_on_record() -> None:
    reason = make_reason()

    reasons.retire_reason(reason.pk, by=KEEPER, at=MONDAY)

    assert offered() == []
    only = LibraryFilter(retired=True)
    assert [one.reason for one in reasons.library_for(KEEPER, DAY, only=only)] == [reason]
    reasons.take_up_reason(reason.pk, by=KEEPER, at=MONDAY)
    assert len(offered()) == 1


def test_uses_are_counted_with_those_in_other_words() -> None:
    make_reason()
    (one,) = offered()
    used(one, one.text)
    used(one, "Lời khác", code="H18-2")

    (row,) = reasons.library_for(KEEPER, DAY)

    assert (row.uses, row.changed, offered()[0].uses) == (2, 1, 2)
    kept = ReasonUse.objects.latest("pk")
    assert (kept.offered, kept.written, kept.is_changed) == (one.text, "Lời khác", True)


def test_leaders_see_which_reason_is_given_most_by_procedure() -> None:
    procedure = make_procedure()
    for title in ("Hay gặp", "Ít gặp"):
        make_reason(title)
    often = {one.title: one for one in offered()}
    for code in ("H18-1", "H18-1", "H18-2"):
        used(often["Hay gặp"], "…", code=code, procedure_id=procedure.pk)
    used(often["Ít gặp"], "…", procedure_id=procedure.pk)

    found = reasons.most_given(DAY, DAY, agency_ids=[3])

    assert [(one.title, one.uses, one.subjects) for one in found] == [
        ("Hay gặp", 3, 2),
        ("Ít gặp", 1, 1),
    ]
    assert reasons.most_given(DAY, DAY, agency_ids=[4]) == []


def test_each_keeps_the_own_library() -> None:
    agency = make_agency()
    organisation.forget_tree()
    minh = keeper_of(agency)
    of_province = make_reason()

    mine = make_reason("Của phường", by=minh, agency_id=agency.pk)

    with pytest.raises(NotAllowed):
        make_reason("Của tỉnh", by=minh)
    with pytest.raises(NotFound):
        reasons.retire_reason(of_province.pk, by=minh, at=MONDAY)
    assert [one.reason for one in reasons.library_for(minh, DAY)] == [mine]
    nobody = Actor(id=5, name="Quàng Thị Mai")
    with pytest.raises(NotAllowed):
        reasons.library_for(nobody, DAY)


def test_a_paper_is_one_of_the_procedures() -> None:
    make_procedure()

    with pytest.raises(BadInput, match="không có giấy tờ"):
        make_reason(procedure_code=CODE, paper_code="giay-la")
    with pytest.raises(BadInput, match="Chọn thủ tục trước"):
        make_reason(paper_code="to-khai")
    assert not StandardReason.objects.exists()


def test_a_reason_says_something_and_knows_its_places() -> None:
    words = WordsIn("Tên", "Lời", "", DAY)
    for change in (
        {"title": " "},
        {"text": " "},
        {"text": "{la_gi}"},
        {"valid_to": date(2020, 1, 1)},
    ):
        with pytest.raises(BadInput):
            reasons.add_reason(
                reasons.Place(ReasonKind.REFUSAL), replace(words, **change), by=KEEPER, at=MONDAY
            )
