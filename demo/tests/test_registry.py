"""The ward's registry lives: letters in every state, drafts at every stage; told once."""

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from demo import accounts
from demo.cast import Cast, founder, gather
from demo.directives import ORDER, RECALLED, WRONG, set_directives, set_neighbours
from demo.filing import DUE_IN, fill_work_files
from demo.letters import Fate, Pace, incoming, outgoing
from demo.mails import fill_mailbox
from demo.offices import BODIES
from demo.registry import fill_incoming
from demo.writing import fill_outgoing
from motcua.casework.documents.api import Direction, Document, StepFilter, steps_for
from motcua.casework.mailboxes import api as mailboxes
from motcua.casework.workfiles.api import WorkFile
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import HANOI, local_day

from .provinces import AT

NOW = datetime(2026, 9, 21, 10, 0, tzinfo=HANOI)


def test_the_stories_have_every_fate_and_every_pace() -> None:
    assert {one.fate for one in incoming()} == set(Fate)
    assert {one.pace for one in outgoing()} == set(Pace)
    assert 60 <= len(incoming()) + len(outgoing()) <= 120


@pytest.fixture(scope="module")
def players(cast: Cast) -> Cast:
    assert cast.seats
    accounts.open_accounts(by=founder(), at=AT)
    return gather(NOW)


SHARE = {Fate.LATE, Fate.RETURNED, Fate.REFUSED, Fate.TO_READ, Fate.FOR_CHAIR, Fate.ARRIVED}


def test_a_share_of_the_letters_lives_and_is_told_once(players: Cast) -> None:
    twice = [one for one in incoming() if one.subject.startswith("Thăm, tặng quà")]
    some = {one.fate: one for one in incoming() if one.fate in SHARE}
    letters = sorted({*twice, *some.values()}, key=incoming().index)
    counts = [fill_incoming(players, NOW, letters) for _ in range(2)]

    held = Document.objects.filter(direction=Direction.INCOMING)
    ordinals = list(held.filter(ordinal__isnull=False).order_by("registered_at"))
    assert counts == [len(letters), 0]
    assert [one.ordinal for one in ordinals] == list(range(1, len(ordinals) + 1))
    assert held.filter(state="linked").count() == 1
    hoa = players.at_post("H18.101.LD-01")
    waiting = steps_for(hoa, only=StepFilter(mine=True)).rows
    assert [one.subject for one in waiting] == [
        one.subject for one in letters if one.fate is Fate.FOR_CHAIR
    ]


def test_one_draft_of_each_pace_is_written_once(players: Cast) -> None:
    without = [one for one in reversed(outgoing()) if one.pace is not Pace.SEALING]
    drafts = list({one.pace: one for one in without}.values())
    counts = [fill_outgoing(players, NOW, drafts) for _ in range(2)]

    ward = organisation.tree().agency_by_code("H18.101")
    assert ward is not None
    written = Document.objects.filter(agency_id=ward.id, direction=Direction.OUTGOING)
    states = sorted(written.values_list("state", flat=True))
    assert counts == [len(drafts), 0]
    assert states == ["draft", "draft", "dropped", "issued", "issued", "submitted", "submitted"]


def test_the_province_sends_recalls_and_replaces(players: Cast) -> None:
    tree = organisation.tree()
    codes = ("H18.101", "H18.102", "H18.103", "H18.135")
    places = [one for code in codes if (one := tree.agency_by_code(code))]

    counts = [set_directives(players, NOW, places) for _ in range(2)]

    ward = Document.objects.filter(agency_id=places[0].id, direction=Direction.INCOMING)
    kinds = {one.subject: one.state for one in ward.exclude(envelope="")}
    assert counts == [3, 0]
    assert (kinds[ORDER], kinds[RECALLED], kinds[WRONG]) == ("directed", "registered", "replaced")
    van = players.at_post("H18.101.VP-03")
    waiting = steps_for(van, only=StepFilter(kinds=("recall",))).rows
    assert [one.subject for one in waiting] == [RECALLED]


def test_neighbours_write_in_their_own_layout(players: Cast) -> None:
    counts = [set_neighbours(players, NOW) for _ in range(2)]

    tree = organisation.tree()
    ids = [one.id for body in BODIES if (one := tree.agency_by_code(body.code))]
    issued = Document.objects.filter(agency_id__in=ids, direction=Direction.OUTGOING)
    assert counts == [4, 0]
    assert sorted(issued.values_list("profile", flat=True)) == [
        "front",
        "party",
        "peoples_council",
        "youth_union",
    ]


def test_work_files_are_filled_closed_due_and_handed_over(players: Cast) -> None:
    counts = [fill_work_files(players, NOW) for _ in range(2)]

    states = sorted(WorkFile.objects.values_list("state", flat=True))
    due = WorkFile.objects.get(state="closed").due_on
    assert counts == [len(states), 0]
    assert (states.count("open"), states[:1], states[1:2]) == (8, ["closed"], ["handed_over"])
    assert due == local_day(NOW) + DUE_IN


@pytest.mark.usefixtures("players")
def test_the_mailbox_of_the_registry_is_read_by_itself(settings: Settings, tmp_path: Path) -> None:
    settings.MAILBOX_DIR = str(tmp_path)
    first, again = fill_mailbox(NOW), fill_mailbox(NOW)
    taken = mailboxes.read_mailboxes(at=NOW)

    mails = mailboxes.MailMessage.objects.order_by("id")
    assert (first, again, taken) == (4, 0, 4)
    assert [one.sender for one in mails] == ["verified", *["unverified"] * 3]
    refused = mailboxes.MailFile.objects.filter(file=None).values_list("name", flat=True)
    assert list(refused) == ["hoa-don.exe"]
