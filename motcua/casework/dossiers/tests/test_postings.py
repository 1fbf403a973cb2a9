"""What is posted stays up as long as its step says, and comes down with it."""

from datetime import date, timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import DossierStep, Objection, Posting
from motcua.casework.dossiers.operations import objecting
from motcua.casework.dossiers.operations.rebasing import (
    RebasingIn,
    begin_rebasing,
    go_on_rebasing,
)
from motcua.casework.dossiers.queries.fieldwork import field_work
from motcua.casework.dossiers.queries.minutes_papers import _of_posting
from motcua.casework.dossiers.queries.rebasing import Choice
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR, TEXT, make_procedure

from .make import MONDAY, Commune, get_dossier, make_commune, make_received, open_step
from .test_shifting import apply, off
from .test_supplements import closing

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
WAS = """code: tham-dinh, name: Thẩm định, duty: justice, role: handler,
     budget: {{amount: 8, unit: working_hour}}"""
NOW = """code: tham-dinh, name: Niêm yết, kind: posting, duty: justice, role: handler,
     budget: {{amount: 5, unit: working_day}}"""
SAYS = 'postings: {{tham-dinh: {{title: "Hồ sơ của {{applicant}}", body: ["Mã {{code}}"]}}}}\n'
POSTED = TEXT.replace(WAS, NOW).replace("process:\n", f"{SAYS}process:\n")
field = dossiers.field
SAID = field.ObjectionIn("Thửa đất ấy của nhà tôi.", "Cà Văn Inh", "Bản Co Mị")


def posted() -> tuple[Commune, str]:
    """Return a dossier whose step posts for five working days, of a promise of three."""
    make_procedure(text=POSTED)
    commune = make_commune()
    return commune, make_received(commune)


def posting_of(code: str) -> Posting:
    return Posting.objects.get(dossier__code=code)


def rebase(code: str, text: str, **step_map: str) -> None:
    """Move the dossier onto this text, with these steps in place of others."""
    procedure = get_dossier(code).procedure_version_id
    version = procedures.save_draft(
        text.format(code="1.004873"), by=EDITOR, at=MONDAY, valid_from=TUESDAY.date()
    )
    procedures.publish_version(version.pk, by=EDITOR, at=MONDAY)
    mapping = {old.replace("_", "-"): new for old, new in step_map.items()}
    choice = Choice(procedure, version.pk)
    given = RebasingIn(choice, "12/QĐ-UBND", date(2026, 3, 3), "Luật mới", mapping)
    begin_rebasing("1.004873", given, by=EDITOR, at=TUESDAY)
    go_on_rebasing(at=TUESDAY)


def test_a_changed_calendar_moves_the_posting_with_its_own_step() -> None:
    _, code = posted()
    assert (open_step(code).due_at, posting_of(code).until_at) == (closing(9), closing(9))

    apply(off(4))

    assert get_dossier(code).due_at == closing(6)
    assert (open_step(code).due_at, posting_of(code).until_at) == (closing(10), closing(10))


def test_nobody_objects_to_what_ended_a_moment_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    commune, code = posted()
    seen = Posting.objects.select_related("dossier").get(dossier__code=code)
    dossiers.complete_step(
        code, open_step(code).seq, by=commune.mai, at=closing(9), comment="Không có ý kiến."
    )
    monkeypatch.setattr(objecting, "_posting", lambda _key: seen)

    with pytest.raises(dossiers.DossierError, match="đã hết"):
        field.object_to(seen.key, SAID, by=commune.binh, at=closing(9))

    assert not Objection.objects.exists()


def test_an_objection_sent_twice_is_there_once() -> None:
    commune, code = posted()
    key = posting_of(code).key

    for text in (SAID.text, SAID.text, "Ranh giới cũng sai nữa."):
        field.object_to(key, SAID._replace(text=text), by=commune.binh, at=TUESDAY)

    assert Objection.objects.count() == 2


def test_minutes_do_not_say_that_an_unanswered_objection_was_unfounded() -> None:
    commune, code = posted()
    field.object_to(posting_of(code).key, SAID, by=commune.binh, at=TUESDAY)
    dossiers.stop(code, "Người nộp đã mất", "Điều 17", by=commune.hoa, at=TUESDAY)

    dossier = get_dossier(code)
    minutes = _of_posting(dossier, posting_of(code), field_work(dossier))

    assert [row[3] for table in minutes.tables for row in table.rows] == ["Chưa trả lời"]


def test_what_a_replaced_step_posted_comes_down() -> None:
    _, code = posted()

    rebase(code, TEXT.replace("tham-dinh", "xem-xet"), tham_dinh="xem-xet")

    assert open_step(code).code == "xem-xet"
    assert posting_of(code).ended_at == TUESDAY


def test_a_step_put_in_place_of_another_posts_what_it_says() -> None:
    make_procedure()
    code = make_received(make_commune())

    rebase(code, POSTED.replace("tham-dinh", "niem-yet"), tham_dinh="niem-yet")

    dossier, posting = get_dossier(code), posting_of(code)
    assert (open_step(code).code, dossier.sub_state) == ("niem-yet", "posted")
    assert (posting.title, posting.until_at) == ("Hồ sơ của Lò Thị Lan", open_step(code).due_at)


def test_one_step_does_not_stand_for_two_that_are_open() -> None:
    second = "  - {{code: do-dac, name: Đo đạc, duty: justice, role: handler, after: []}}\n"
    make_procedure(
        text=TEXT.replace("process:\n", "process:\n" + second).replace(
            "code: tham-dinh, name: Thẩm định,", "code: tham-dinh, name: Thẩm định, after: [],"
        )
    )
    code = make_received(make_commune())
    assert DossierStep.objects.filter(dossier__code=code, closed_at=None).count() == 2

    rebase(code, TEXT.replace("tham-dinh", "xem-xet"), tham_dinh="xem-xet", do_dac="xem-xet")

    still = DossierStep.objects.filter(dossier__code=code, closed_at=None)
    assert {one.code for one in still} == {"tham-dinh", "do-dac"}
