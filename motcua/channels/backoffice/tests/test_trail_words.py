"""Whatever the rooms write into the trail has words for people."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from motcua.casework.agendas import api as agendas
from motcua.casework.documents import api as documents
from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.receipts import api as receipts
from motcua.casework.tasks import api as tasks
from motcua.casework.workfiles import api as workfiles
from motcua.channels.backoffice import trail_words

ROOMS = Path(__file__).parents[3]
CODE = re.compile(r'(?:audit\.record|_changed|_told|_note|_noted|_record)\(\s*"([a-z]+\.[a-z_]+)"')
SIGNING = re.compile(r'\btell\(\s*request,\s*"([a-z_]+)"')
TRACE = re.compile(r'\b_?trace\(\s*"([a-z_]+)"')
TRACING = ("exchange", "workfiles")
SUBJECT = re.compile(r'f"([a-z_]+):\{')


def sources() -> Iterator[str]:
    for floor in ("foundation", "casework"):
        for path in (ROOMS / floor).rglob("*.py"):
            text = path.read_text()
            if "tests" not in path.parts and ("audit." in text or "signing" in path.parts):
                yield text


def test_every_action_that_a_room_records_has_words() -> None:
    recorded = {code for text in sources() for code in CODE.findall(text)}

    assert len(recorded) > 40
    assert recorded - trail_words.ACTIONS.keys() == set()


def test_every_act_of_signing_has_words() -> None:
    acts = {f"signing.{act}" for text in sources() for act in SIGNING.findall(text)}

    assert len(acts) > 5
    assert acts - trail_words.ACTIONS.keys() == set()


def test_every_act_that_a_room_names_shortly_has_words() -> None:
    acts = {
        f"{room}.{act}"
        for room in TRACING
        for path in (ROOMS / "casework" / room / "operations").rglob("*.py")
        for act in TRACE.findall(path.read_text())
    }

    assert len(acts) > 8
    assert acts - trail_words.ACTIONS.keys() == set()


def test_every_act_on_an_order_or_a_receipt_has_words() -> None:
    acts = {f"payments.{act}" for act in payments.OrderAct}
    acts |= {f"receipts.{act}" for act in receipts.Act}

    assert acts - trail_words.ACTIONS.keys() == set()


@pytest.mark.parametrize("room", [documents, dossiers, tasks, workfiles])
def test_every_act_of_a_room_has_words(room: ModuleType) -> None:
    code = room.__name__.split(".")[-2]

    shown = {trail_words.action_words(f"{code}.{act}") for act in room.Act}

    assert shown == {act.label for act in room.Act}


def test_every_act_of_the_agenda_has_words() -> None:
    shown = {trail_words.action_words(f"agendas.{act}") for act in agendas.Act}

    assert shown == {f"Lịch công tác: {act.label.lower()}" for act in agendas.Act}


def test_every_kind_of_subject_has_words() -> None:
    named = {kind for text in sources() for kind in SUBJECT.findall(text)}

    assert named - trail_words.SUBJECTS.keys() == set()


def test_a_subject_is_shown_with_its_code() -> None:
    shown = [trail_words.subject_words(one) for one in ("dossier:H18.101-261119-0003", "odd thing")]

    assert shown == ["Hồ sơ H18.101-261119-0003", "odd thing"]


def test_what_is_known_besides_is_said_in_words_and_what_is_empty_is_left_out() -> None:
    kept = {"kind": "seal", "agency": None, "required": False, "turns": ["leader", "seal"]}

    assert trail_words.detail_words(kept) == [
        ("loại", "seal"),
        ("bắt buộc", "không"),
        ("các lượt ký", "leader, seal"),
    ]
