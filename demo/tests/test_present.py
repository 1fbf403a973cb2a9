"""Everybody one can sign in as finds work, each at the stage that was meant."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from demo import accounts
from demo.cast import Cast, founder, gather
from demo.present import SCENES, Stage, begin_drafts, set_scenes
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import CopyKind, Dossier, DossierStep, Status
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

from .provinces import AT

NOW = datetime(2026, 9, 21, 10, 0, tzinfo=HANOI)
WORKING = ("hanh", "thang", "nga", "minh", "huong", "hoa", "long", "oanh")


def _actor(login: str) -> Actor:
    account = identity.find_account(login)
    assert account is not None
    return access.actor_now(account.pk, at=NOW).actor


@pytest.fixture(scope="module")
def set_up(cast: Cast) -> Iterator[list[str]]:
    """Open accounts and set the scenes; yield their codes, and take all back after these tests."""
    assert cast.seats
    with transaction.atomic():
        accounts.open_accounts(by=founder(), at=AT)
        yield list(set_scenes(gather(NOW), NOW))
        transaction.set_rollback(True)


def test_everybody_finds_work_and_a_second_filling_adds_none(set_up: list[str]) -> None:
    begin_drafts(NOW)
    begin_drafts(NOW)

    open_steps = DossierStep.objects.filter(closed_at=None, dossier__origin__startswith="now-")
    hands = {(step.unit_id, step.role) for step in open_steps}
    without = [
        login for login in WORKING if not any(unit in _actor(login).unit_ids for unit, _ in hands)
    ]
    asked = sum(scene.stage == Stage.ASKED for scene in SCENES)
    statuses = Dossier.objects.filter(code__in=set_up).values_list("status", flat=True)
    assert without == []
    assert len(dossiers.drafts_for(_actor(accounts.LAN.email))) == 1
    assert [list(statuses).count(one) for one in (Status.AWAITING_APPLICANT, Status.RESOLVED)] == [
        asked,
        4,
    ]
    assert list(set_scenes(gather(NOW), NOW)) == []


def electronic_papers() -> list[Any]:
    """Return the electronic papers of all scenes, each with its file."""
    found = []
    for dossier in Dossier.objects.filter(origin__startswith="now-"):
        papers = [one for one in dossiers.whole(dossier).papers if one.kind == CopyKind.ELECTRONIC]
        found += [dossiers.find_paper(dossier, one.seq) for one in papers]
    return found


@pytest.mark.usefixtures("set_up")
def test_an_officer_who_opens_a_paper_of_a_scene_sees_one_page_kept_once() -> None:
    papers = electronic_papers()

    houses = dossiers.Dossier.objects.filter(procedure__code="1.013225")
    drawings = [
        one.file_id for one in papers if one.spec_code == "ban-ve" and one.dossier in houses
    ]
    assert {one.file and (one.file.pages, one.file.has_preview) for one in papers} == {(1, True)}
    assert (len(drawings) > 1, len(set(drawings))) == (True, 1)
