from datetime import timedelta
from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import Consultation, Visit
from motcua.casework.dossiers.operations import confirming
from motcua.foundation.files import api as files
from motcua.lib.errors import BadInput, NotAllowed, NotFound

from .make import MONDAY, Commune, get_dossier, make_all, make_commune, make_filed, make_received

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
QUESTION = "Bà Lan đã đăng ký kết hôn tại xã chưa?"
SILENT = (
    "kind: approval, duty: justice",
    "kind: consultation, silence_is_consent: true, duty: justice",
)


def make_other() -> Commune:
    return make_commune("H18.102", "UBND xã Nà Tấu", first=11)


def ask(code: str, commune: Commune, **whom: Any) -> int:
    """Let Mai ask, and return the number of the question."""
    dossiers.consult(code, question=QUESTION, due_at=TUESDAY, by=commune.mai, at=MONDAY, **whom)
    return Consultation.objects.filter(dossier__code=code).latest("seq").seq


def test_a_unit_that_is_asked_sees_the_dossier_and_answers() -> None:
    commune, other = make_all(), make_other()
    code = make_received(commune)
    seq = ask(code, commune, unit_id=other.justice_id)
    assert dossiers.get_dossier_for(other.mai, code).code == code

    dossiers.answer_consultation(
        code, seq, agrees=True, answer="Chưa đăng ký", by=other.mai, at=MONDAY
    )

    asked = Consultation.objects.get(dossier__code=code)
    assert (asked.agrees, asked.answer, asked.answered_by_name) == (
        True,
        "Chưa đăng ký",
        "Quàng Thị Mai",
    )


def test_several_are_asked_at_the_same_time() -> None:
    commune, other = make_all(), make_other()
    code = make_received(commune)

    ask(code, commune, unit_id=other.justice_id)
    ask(code, commune, outside_body="Công an tỉnh")

    whole = dossiers.whole(get_dossier(code))
    assert [c.outside_body for c in whole.consultations] == ["", "Công an tỉnh"]


def test_who_asked_an_outside_body_notes_its_answer() -> None:
    commune = make_all()
    code = make_received(commune)
    seq = ask(code, commune, outside_body="Công an tỉnh")

    dossiers.answer_consultation(
        code, seq, agrees=False, answer="Không có dữ liệu", by=commune.mai, at=TUESDAY
    )

    assert Consultation.objects.get(dossier__code=code).agrees is False


def test_only_the_unit_that_was_asked_answers_and_only_once() -> None:
    commune, other = make_all(), make_other()
    code = make_received(commune)
    seq = ask(code, commune, unit_id=other.justice_id)
    with pytest.raises(NotAllowed):
        dossiers.answer_consultation(
            code, seq, agrees=True, answer="Được", by=commune.mai, at=MONDAY
        )
    with pytest.raises(BadInput, match="nội dung trả lời"):
        dossiers.answer_consultation(code, seq, agrees=True, answer=" ", by=other.mai, at=MONDAY)
    dossiers.answer_consultation(code, seq, agrees=True, answer="Được", by=other.hoa, at=MONDAY)

    with pytest.raises(dossiers.AlreadyAnswered, match="Nguyễn Thị Hoa"):
        dossiers.answer_consultation(
            code, seq, agrees=False, answer="Không", by=other.mai, at=MONDAY
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": " ", "unit_id": 1},
        {"due_at": MONDAY, "unit_id": 1},
        {},
        {"unit_id": 1, "outside_body": "Công an tỉnh"},
    ],
)
def test_a_question_needs_words_a_time_and_one_to_answer(wrong: dict[str, Any]) -> None:
    commune = make_all()
    code = make_received(commune)
    facts: dict[str, Any] = {"question": QUESTION, "due_at": TUESDAY, **wrong}

    with pytest.raises(BadInput):
        dossiers.consult(code, by=commune.mai, at=MONDAY, **facts)


def test_nobody_of_another_commune_asks_or_visits() -> None:
    commune, other = make_all(), make_other()
    code = make_received(commune)

    with pytest.raises(NotAllowed):
        dossiers.consult(
            code, question=QUESTION, due_at=TUESDAY, outside_body="X", by=other.mai, at=MONDAY
        )
    with pytest.raises(NotAllowed):
        dossiers.field.plan_visit(code, TUESDAY, "Bản Co Mị", by=other.mai, at=MONDAY)


def test_nothing_is_asked_about_what_is_not_at_work() -> None:
    commune = make_all()
    code = make_filed(commune)

    with pytest.raises(dossiers.DossierError, match="không phải đang xử lý"):
        ask(code, commune, outside_body="Công an tỉnh")


def test_silence_is_no_consent_unless_the_version_says_so() -> None:
    commune = make_all()
    code = make_received(commune)
    ask(code, commune, outside_body="Công an tỉnh")

    closed = dossiers.close_silent(at=TUESDAY + timedelta(seconds=1))

    assert (closed, Consultation.objects.get(dossier__code=code).answered_at) == (0, None)


def test_silence_is_consent_where_the_version_says_so() -> None:
    commune = make_all(text_change=SILENT)
    code = make_received(commune)
    step = dossiers.whole(get_dossier(code)).open_steps[0]
    dossiers.complete_step(code, step.seq, by=commune.mai, at=MONDAY)
    ask(code, commune, outside_body="Công an tỉnh")
    at = TUESDAY + timedelta(seconds=1)

    closed = [dossiers.close_silent(at=at), dossiers.close_silent(at=at)]

    asked = Consultation.objects.get(dossier__code=code)
    assert (closed, asked.agrees, asked.answered_by_name) == ([1, 0], True, "Hệ thống")


def test_a_silent_step_ends_by_itself_when_its_time_is_over() -> None:
    commune = make_all(text_change=SILENT)
    code = make_received(commune)
    step = dossiers.whole(get_dossier(code)).open_steps[0]
    dossiers.complete_step(code, step.seq, by=commune.mai, at=MONDAY)
    ask(code, commune, outside_body="Công an tỉnh")

    dossiers.close_silent(at=MONDAY + timedelta(days=4))

    steps = dossiers.whole(get_dossier(code)).steps
    assert [(s.code, s.result) for s in steps] == [
        ("tham-dinh", "done"),
        ("duyet", "silent"),
        ("ky", ""),
    ]


def test_nobody_consents_by_silence_who_was_not_asked() -> None:
    commune = make_all(text_change=SILENT)
    code = make_received(commune)
    step = dossiers.whole(get_dossier(code)).open_steps[0]
    dossiers.complete_step(code, step.seq, by=commune.mai, at=MONDAY)

    closed = dossiers.close_silent(at=MONDAY + timedelta(days=4))

    assert (closed, [s.code for s in dossiers.whole(get_dossier(code)).open_steps]) == (
        0,
        ["duyet"],
    )


def test_what_cannot_be_closed_does_not_keep_others_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commune = make_all(text_change=SILENT)
    never_asked, code = make_received(commune), make_received(commune)
    for one in (never_asked, code):
        step = dossiers.whole(get_dossier(one)).open_steps[0]
        dossiers.complete_step(one, step.seq, by=commune.mai, at=MONDAY)
    ask(code, commune, outside_body="Công an tỉnh")
    monkeypatch.setattr(confirming, "_AT_ONCE", 1)

    dossiers.close_silent(at=MONDAY + timedelta(days=4))

    opened = [dossiers.whole(get_dossier(one)).open_steps[0].code for one in (never_asked, code)]
    assert opened == ["duyet", "ky"]


def test_a_visit_is_planned_and_its_minutes_recorded_once() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.field.plan_visit(code, TUESDAY, "Bản Co Mị", "Trưởng bản", by=commune.mai, at=MONDAY)
    seq = Visit.objects.get(dossier__code=code).seq
    with pytest.raises(BadInput, match="kết quả kiểm tra"):
        dossiers.field.record_visit(code, seq, " ", by=commune.mai, at=TUESDAY)

    dossiers.field.record_visit(code, seq, "Đúng như khai", by=commune.mai, at=TUESDAY)

    visit = Visit.objects.get(dossier__code=code)
    assert (visit.planned_at, visit.done_at, visit.minutes) == (TUESDAY, TUESDAY, "Đúng như khai")
    with pytest.raises(dossiers.AlreadyAnswered):
        dossiers.field.record_visit(code, seq, "Khác", by=commune.mai, at=TUESDAY)


@pytest.mark.parametrize(("planned_at", "place"), [(MONDAY, "Bản Co Mị"), (TUESDAY, " ")])
def test_a_visit_needs_a_place_and_a_coming_moment(planned_at: Any, place: str) -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(BadInput):
        dossiers.field.plan_visit(code, planned_at, place, by=commune.mai, at=MONDAY)


def test_what_is_not_in_the_dossier_is_not_found() -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(NotFound):
        dossiers.field.record_visit(code, 77, "Đúng", by=commune.mai, at=MONDAY)


def test_pictures_are_kept_with_the_minutes_of_their_visit() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.field.plan_visit(code, TUESDAY, "Bản Co Mị", by=commune.mai, at=MONDAY)
    seq = Visit.objects.get(dossier__code=code).seq
    stored = files.keep_bytes(b"jpeg", "image/jpeg", by=commune.mai, at=TUESDAY)
    photos = [
        dossiers.field.PhotoIn(stored.pk, "nha.jpg"),
        dossiers.field.PhotoIn(stored.pk, "dat.jpg"),
    ]

    dossiers.field.record_visit(code, seq, "Đúng", by=commune.mai, at=TUESDAY, photos=photos)

    kept = dossiers.whole(get_dossier(code)).photos
    assert [(photo.visit_seq, photo.file_name) for photo in kept] == [
        (seq, "nha.jpg"),
        (seq, "dat.jpg"),
    ]


def test_a_visit_has_no_more_pictures_than_anybody_looks_at() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.field.plan_visit(code, TUESDAY, "Bản Co Mị", by=commune.mai, at=MONDAY)
    seq = Visit.objects.get(dossier__code=code).seq
    photos = [dossiers.field.PhotoIn(1, "nha.jpg")] * 21

    with pytest.raises(BadInput, match="tối đa 20 ảnh"):
        dossiers.field.record_visit(code, seq, "Đúng", by=commune.mai, at=TUESDAY, photos=photos)


FOLLOWS = "return_to: tham-dinh}}\n"
WAITING = """  - {{code: cho, name: Chờ, kind: timer, duty: justice, role: handler,
     budget: {{amount: 15, unit: calendar_day}}}}
"""
SIGNING = "  - {{code: ky,"
TIMED = (FOLLOWS + SIGNING, FOLLOWS + WAITING + SIGNING)


def wait_begun() -> tuple[Commune, str]:
    """Return a dossier of which the next step only waits: fifteen days, more than was promised."""
    commune = make_all(text_change=TIMED)
    code = make_received(commune)
    for person in (commune.mai, commune.hoa):
        step = dossiers.whole(get_dossier(code)).open_steps[0]
        dossiers.complete_step(code, step.seq, by=person, at=MONDAY)
    return commune, code


def test_a_step_that_only_waits_ends_by_itself_when_its_time_is_over() -> None:
    _, code = wait_begun()

    early = dossiers.close_silent(at=MONDAY + timedelta(days=14))
    closed = dossiers.close_silent(at=MONDAY + timedelta(days=16))

    steps = dossiers.whole(get_dossier(code)).steps
    assert [early, closed, *[(s.code, s.result) for s in steps][2:]] == [
        *(0, 1),
        ("cho", "done"),
        ("ky", ""),
    ]


def test_nobody_cuts_short_a_step_that_only_waits() -> None:
    commune, code = wait_begun()
    step = dossiers.whole(get_dossier(code)).open_steps[0]

    with pytest.raises(dossiers.StepNotOpen, match="tự xong khi chờ đủ thời gian"):
        dossiers.complete_step(code, step.seq, by=commune.mai, at=MONDAY)
