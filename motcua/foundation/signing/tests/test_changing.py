"""A decision corrects, replaces or revokes an issued paper, and whoever scans it sees so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from motcua.foundation.access.api import Power
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import PaperChangeIn, PaperState
from motcua.foundation.signing.models import PaperChange, SignedPaper, SigningRequest
from motcua.foundation.signing.queries.papers import ChangeShown
from motcua.foundation.signing.rules.paper_states import CHANGES, check_change
from motcua.foundation.trust.tests.make import MONDAY
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import make_leader, make_request, run_signer

A_MINUTE = timedelta(minutes=1)
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
REVOKED = PaperChangeIn(PaperState.REVOKED, "12/QĐ-UBND", TODAY, "Cấp nhầm người")
CORRECTED = PaperChangeIn(PaperState.CORRECTED, "9/QĐ-UBND", TODAY, "Sai tên đệm")
UNKNOWN = "nobody-issued-it"
with_database = pytest.mark.django_db


def make_issued(hoa: Actor, *, owner: str = "test:1") -> SignedPaper:
    """Return a paper that Hoa signed and her agency sealed."""
    request = make_request(hoa, owner=owner)
    signing.begin_attempt(request.code, by=hoa, at=MONDAY)
    run_signer(MONDAY)
    signing.number_and_seal(request.code, by=hoa, at=MONDAY)
    run_signer(MONDAY)
    return SignedPaper.objects.get(request__owner=owner)


def make_revoker() -> Actor:
    """Return Hoa, who may change what her agency issued."""
    hoa = make_leader()
    powers = {**hoa.powers, Power.REVOKE_PAPERS: frozenset(hoa.unit_ids)}
    return replace(hoa, powers=powers)


def state_of(paper: SignedPaper, on: date = TODAY) -> PaperState:
    shown = signing.paper_by_token(paper.token, on=on)
    assert shown is not None
    return shown.state


@with_database
def test_a_revoked_paper_says_so_with_its_decision_and_not_why() -> None:
    hoa = make_revoker()
    paper = make_issued(hoa)

    signing.change_paper(paper.token, REVOKED, by=hoa, at=MONDAY + A_MINUTE)

    shown = signing.paper_by_token(paper.token, on=TODAY)
    assert shown is not None
    assert (shown.state, shown.is_in_force) == (PaperState.REVOKED, False)
    assert list(shown.changes) == [ChangeShown(PaperState.REVOKED, "12/QĐ-UBND", TODAY)]
    assert "nhầm người" not in str(shown)


@with_database
def test_a_corrected_paper_still_counts_and_may_be_corrected_again() -> None:
    hoa = make_revoker()
    paper = make_issued(hoa)

    for number in ("9/QĐ-UBND", "10/QĐ-UBND"):
        change = replace(CORRECTED, decision_number=number)
        signing.change_paper(paper.token, change, by=hoa, at=MONDAY + A_MINUTE)

    shown = signing.paper_by_token(paper.token, on=TODAY)
    assert shown is not None
    assert (shown.state, shown.is_in_force) == (PaperState.CORRECTED, True)
    assert [one.basis_number for one in shown.changes] == ["9/QĐ-UBND", "10/QĐ-UBND"]


@with_database
def test_a_replaced_paper_names_the_paper_that_counts_now() -> None:
    hoa = make_revoker()
    old, new = make_issued(hoa), make_issued(hoa, owner="test:2")
    change = PaperChangeIn(PaperState.REPLACED, "12/QĐ", TODAY, "Cấp lại", new.token)

    signing.change_paper(old.token, change, by=hoa, at=MONDAY + A_MINUTE)

    shown = signing.paper_by_token(old.token, on=TODAY)
    assert shown is not None
    assert (shown.state, shown.successor_token) == (PaperState.REPLACED, new.token)
    assert state_of(new) == PaperState.IN_FORCE


@with_database
def test_a_paper_is_over_once_it_was_revoked() -> None:
    hoa = make_revoker()
    paper = make_issued(hoa)
    signing.change_paper(paper.token, REVOKED, by=hoa, at=MONDAY + A_MINUTE)

    with pytest.raises(signing.PaperIsOver):
        signing.change_paper(paper.token, CORRECTED, by=hoa, at=MONDAY + A_MINUTE)


@with_database
def test_after_its_last_day_a_corrected_paper_is_expired_but_a_revoked_one_stays_revoked() -> None:
    hoa = make_revoker()
    papers = [make_issued(hoa, owner=f"test:{one}") for one in (1, 2)]
    SignedPaper.objects.update(valid_until=TODAY)
    for paper, change in zip(papers, (CORRECTED, REVOKED), strict=True):
        signing.change_paper(paper.token, change, by=hoa, at=MONDAY + A_MINUTE)

    found = [state_of(paper, TOMORROW) for paper in papers]

    assert found == [PaperState.EXPIRED, PaperState.REVOKED]


@with_database
def test_only_who_may_revoke_changes_a_paper() -> None:
    hoa = make_leader()
    paper = make_issued(hoa)

    with pytest.raises(NotAllowed):
        signing.change_paper(paper.token, REVOKED, by=hoa, at=MONDAY + A_MINUTE)


@with_database
@pytest.mark.parametrize(
    ("change", "field"),
    [
        (replace(REVOKED, decision_number=" "), "decision_number"),
        (replace(REVOKED, reason=""), "reason"),
        (replace(REVOKED, decided_on=TOMORROW), "decided_on"),
        (replace(REVOKED, decided_on=date(2026, 3, 1)), "decided_on"),
        (replace(REVOKED, state=PaperState.REPLACED), "successor"),
        (replace(REVOKED, successor_token=UNKNOWN), "successor"),
        (replace(REVOKED, state=PaperState.REPLACED, successor_token=UNKNOWN), "successor"),
    ],
)
def test_a_change_without_a_whole_decision_is_refused(change: PaperChangeIn, field: str) -> None:
    hoa = make_revoker()
    paper = make_issued(hoa)

    with pytest.raises(BadInput) as refused:
        signing.change_paper(paper.token, change, by=hoa, at=MONDAY + A_MINUTE)

    assert refused.value.field == field
    assert not PaperChange.objects.exists()


@with_database
def test_the_database_refuses_a_replacement_by_nothing() -> None:
    hoa = make_revoker()
    paper = make_issued(hoa)
    signing.change_paper(paper.token, REVOKED, by=hoa, at=MONDAY + A_MINUTE)

    with pytest.raises(IntegrityError, match="signing_replaced_by_another"):
        PaperChange.objects.update(state=PaperState.REPLACED)


@with_database
def test_the_room_that_asked_shows_who_signed_and_why_it_was_changed() -> None:
    hoa = make_revoker()
    paper = make_issued(hoa)
    signing.change_paper(paper.token, REVOKED, by=hoa, at=MONDAY + A_MINUTE)

    shown = signing.papers_of(["test:1", "test:9"], on=TODAY)["test:1"]

    assert [(one.role, one.name) for one in shown.signers] == [
        ("Ký ban hành", "Nguyễn Thị Hoa"),
        ("Cấp số, đóng dấu cơ quan", "UBND xã Mường Phăng"),
    ]
    assert shown.reasons == [
        "Đã bị thu hồi theo quyết định 12/QĐ-UBND ngày 02/03/2026: Cấp nhầm người"
    ]
    assert (shown.code, shown.can_change) == (SigningRequest.objects.get().code, False)


@pytest.mark.parametrize("current", list(PaperState))
@pytest.mark.parametrize("target", list(PaperState))
def test_whatever_is_not_in_the_table_is_refused(current: PaperState, target: PaperState) -> None:
    if target in CHANGES[current]:
        check_change(current, target)
        return

    with pytest.raises(signing.PaperIsOver):
        check_change(current, target)
