from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.foundation.audit import api as audit
from motcua.lib.errors import BadInput, NotAllowed

from .make import DUNG, LAN, MONDAY, get_dossier, make_all, make_commune, make_received

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def test_lan_asks_and_mai_answers_in_one_thread() -> None:
    commune = make_all()
    code = make_received(commune)

    dossiers.write_message(code, " Bao giờ xong ạ? ", by=LAN, at=MONDAY)
    dossiers.write_message(code, "Thứ Năm, thưa bà.", by=commune.mai, at=LATER)

    thread = dossiers.whole(get_dossier(code)).messages
    assert [(m.side, m.by_name, m.text) for m in thread] == [
        ("citizen", "Lò Thị Lan", "Bao giờ xong ạ?"),
        ("office", "Quàng Thị Mai", "Thứ Năm, thưa bà."),
    ]


def test_reading_marks_what_the_other_side_wrote() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.write_message(code, "Bao giờ xong ạ?", by=LAN, at=MONDAY)

    read = [dossiers.read_messages(code, by=by, at=LATER) for by in (LAN, commune.mai, commune.mai)]

    assert read == [0, 1, 0]


@pytest.mark.parametrize("text", ["  ", "a" * 4001])
def test_an_empty_or_endless_message_is_refused(text: str) -> None:
    code = make_received(make_all())

    with pytest.raises(BadInput, match="4000"):
        dossiers.write_message(code, text, by=LAN, at=MONDAY)


def test_who_may_not_see_it_cannot_write() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)

    for by in (DUNG, other.mai):
        with pytest.raises(dossiers.NoSuchDossier):
            dossiers.write_message(code, "Xin chào", by=by, at=MONDAY)


def test_who_only_reads_cannot_write() -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(NotAllowed):
        dossiers.write_message(code, "Xin chào", by=replace(commune.hoa, powers={}), at=MONDAY)


def test_opening_a_dossier_leaves_a_trace_of_everybody_but_its_owner() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)
    dossiers.open_dossier(code, by=LAN, at=MONDAY)
    dossiers.open_dossier(code, by=commune.mai, at=LATER, purpose="appraise")
    with pytest.raises(dossiers.NoSuchDossier):
        dossiers.open_dossier(code, by=other.mai, at=LATER)

    seen = [(entry.actor_name, entry.purpose) for entry in dossiers.accesses_of(LAN, code)]

    assert seen == [("Quàng Thị Mai", "dossiers.appraise")]
    assert audit.accesses_of(f"dossier:{code}")[0].actor_title == "Công chức"
