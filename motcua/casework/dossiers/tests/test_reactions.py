import json
from dataclasses import replace

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.reactions import applicants_hear, office_hears
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.foundation.notifications.api import Notice
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind

from .make import MONDAY, Commune, make_all, make_application, make_received, open_step
from .test_assigning import MAI, by, set_rules
from .test_promises import REASON
from .test_supplements import ITEMS, PAPERS, closing

NAME = "Cấp giấy xác nhận tình trạng hôn nhân"
pytestmark = pytest.mark.django_db


def make_lan() -> Actor:
    """Return Lan with an account of her own."""
    account = make_account(full_name="Lò Thị Lan", id=501)
    return Actor(id=account.pk, name="Lò Thị Lan", kind=ActorKind.CITIZEN)


def file_as(lan: Actor, commune: Commune) -> str:
    submitter = dossiers.SubmitterIn(name=lan.name, account_id=lan.id)
    application = make_application(commune, submitter=submitter)
    return dossiers.file_application(application, by=lan, at=MONDAY)


def work_off() -> None:
    """Do what the worker does with every fact so far that is not silent."""
    for row in work.fetch(_FACTS, ["dossiers.moved"]):
        fact = outbox.ReadFact(*(*row[:-1], json.loads(row[-1])))
        if not fact.is_silent:
            applicants_hear([fact])
            office_hears([fact])


_FACTS = (
    "SELECT id, topic, version, aggregate, aggregate_id, seq, at, by_id, is_silent, payload"
    " FROM outbox_fact WHERE topic = %s ORDER BY id"
)


def told(account_id: int) -> list[str]:
    work_off()
    notices = Notice.objects.filter(account_id=account_id).order_by("id")
    return list(notices.values_list("kind", flat=True))


def test_lan_hears_of_each_turn_of_her_dossier() -> None:
    commune, lan = make_all(), make_lan()
    code = file_as(lan, commune)
    dossiers.receive_dossier(code, by=commune.binh, at=MONDAY)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)
    dossiers.supply(code, PAPERS, by=lan, at=MONDAY)
    dossiers.apologise(code, closing(10), REASON, by=commune.hoa, at=MONDAY)
    for office in (commune.mai, commune.hoa):
        dossiers.complete_step(code, open_step(code).seq, by=office, at=MONDAY)
    dossiers.decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)
    dossiers.return_outcome(
        code, handed_to="Lò Thị Lan", handed_how="Căn cước", by=commune.binh, at=MONDAY
    )

    assert told(lan.id) == [
        "dossiers.filed",
        "dossiers.received",
        "dossiers.supplement",
        "dossiers.apology",
        "dossiers.resolved",
        "dossiers.returned",
    ]


def test_a_notice_says_what_when_and_where_to_look() -> None:
    commune, lan = make_all(), make_lan()
    code = file_as(lan, commune)
    dossiers.receive_dossier(code, by=commune.binh, at=MONDAY)
    work_off()

    notice = Notice.objects.get(kind="dossiers.received")

    assert (notice.subject, notice.body, notice.link) == (
        f"Hồ sơ {code} đã được tiếp nhận",
        f"Hồ sơ {code} ({NAME}) đã được tiếp nhận. Hẹn trả kết quả: 17:00 ngày 05/03/2026.",
        f"/ho-so/{code}/",
    )


def test_silent_acts_tell_nobody() -> None:
    commune, lan = make_all(), make_lan()

    code = file_as(replace(lan, is_silent=True), commune)
    dossiers.receive_dossier(code, by=replace(commune.binh, is_silent=True), at=MONDAY)

    assert told(lan.id) == []


def test_who_has_the_new_step_is_told_of_it() -> None:
    make_lan()
    make_mai()
    commune = make_all()
    set_rules(commune, by(dossiers.AssignmentWay.TURN, MAI))
    code = make_received(commune)
    work_off()

    notice = Notice.objects.get(account_id=MAI.id)

    assert (notice.kind, notice.link) == ("dossiers.work", f"/xu-ly/ho-so/{code}/")


def test_the_head_of_the_unit_is_told_of_work_nobody_has() -> None:
    make_lan()
    commune = make_all()
    head = make_head(commune.justice_id)
    make_received(commune)

    assert told(head) == ["dossiers.work"]


def make_mai() -> None:
    """Give Mai the account she acts by."""
    make_officer_account(MAI.name, username="mai", id=MAI.id)


def make_head(unit_id: int) -> int:
    """Return the account of a new head of the unit."""
    account = make_officer_account("Lường Văn Nam", username="nam", id=31)
    unit = Unit.objects.get(pk=unit_id)
    make_post(unit, PostRole.UNIT_HEAD, holder=account.officer)
    return account.pk


def test_questions_of_lan_reach_who_works_on_it() -> None:
    make_mai()
    commune, lan = make_all(), make_lan()
    code = file_as(lan, commune)
    dossiers.receive_dossier(code, by=commune.binh, at=MONDAY)
    dossiers.take_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)

    dossiers.write_message(code, "Bao giờ xong ạ?", by=lan, at=MONDAY)
    dossiers.write_message(code, "Thứ Năm.", by=commune.mai, at=MONDAY)

    work_off()
    about = Notice.objects.filter(kind__in=["dossiers.question", "dossiers.message"])
    assert list(about.order_by("id").values_list("account_id", "kind")) == [
        (MAI.id, "dossiers.question"),
        (lan.id, "dossiers.message"),
    ]


def test_a_question_nobody_works_on_yet_reaches_the_head_of_the_desk() -> None:
    commune, lan = make_all(), make_lan()
    head = make_head(commune.desk_id)
    code = file_as(lan, commune)

    dossiers.write_message(code, "Còn thiếu gì không ạ?", by=lan, at=MONDAY)

    assert told(head)[-1] == "dossiers.question"
