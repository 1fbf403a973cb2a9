"""Outcomes handed in as a file, filled in Word or drawn here are signed in every way alike."""

from pathlib import Path

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status
from motcua.casework.dossiers.tests.make import MONDAY, get_dossier, make_received, open_step
from motcua.casework.dossiers.tests.test_initialling import Office, make_office, whole_of
from motcua.casework.dossiers.tests.test_placed_outcomes import (
    content_of,
    drafted,
    passed_on,
    sealed,
)
from motcua.casework.dossiers.tests.test_signing import A_MINUTE
from motcua.casework.dossiers.tests.test_word_outcomes import add_template
from motcua.foundation.identity import api as identity
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import make_decision, run_signer, why_unfit
from motcua.foundation.signing.tests.returned import sign_by_command
from motcua.foundation.signing.tests.services import make_outside_certificate, sign_by_device
from motcua.foundation.trust.api import Way
from motcua.foundation.trust.tests.make import make_leaf

pytestmark = pytest.mark.django_db
DEVICE_S = "Nguyễn Thị Hoa (thiết bị)"


@pytest.fixture(autouse=True)
def _engine_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask in this process whether the engine can take a file; test_fitting asks another."""
    monkeypatch.setattr("motcua.foundation.signing.operations.placing.fits_apart", why_unfit)


def asked(office: Office, code: str, hand: str) -> str:
    """Let the draft go on to Hoa, who chooses a way; return the code of the request."""
    passed_on(office, code)
    dossiers.sign_outcome(code, open_step(code).seq, by=office.hoa, at=MONDAY, hand=hand)
    return whole_of(code).request.code


def token_of(office: Office) -> str:
    officer_id = identity.get_account(office.hoa.id).officer_id
    return make_outside_certificate(DEVICE_S, officer_id, way=Way.AGENT).sha256


def verdict_of(code: str) -> tuple[str, list[str], str]:
    report = signing.examine(content_of(code), at=MONDAY + 4 * A_MINUTE)
    signers = [one.signer for one in report.signatures]
    return str(get_dossier(code).status), signers[:1], str(report.verdict.indication)


def test_one_go_of_a_token_signs_what_was_handed_in_and_what_was_drawn() -> None:
    office = make_office()
    hand = token_of(office)
    handed_in = drafted(office, make_decision())
    drawn = make_received(office.scene.commune, at=MONDAY)
    requests = [asked(office, code, hand) for code in (handed_in, drawn)]
    run_signer(MONDAY)

    signed = sign_by_device(make_leaf(DEVICE_S), signing.underway_of(office.hoa))
    taken = signing.take_signatures(signed, by=office.hoa, at=MONDAY)
    for request in requests:
        sealed(office, request)

    passed = (Status.RESOLVED, [DEVICE_S], "TOTAL-PASSED")
    assert taken == 2
    assert [verdict_of(code) for code in (handed_in, drawn)] == [passed, passed]


def test_other_software_signs_what_was_filled_in_word(tmp_path: Path) -> None:
    office = make_office()
    add_template()
    hers = make_leaf("Nguyễn Thị Hoa", days=365)
    code = make_received(office.scene.commune, at=MONDAY)
    step, proposal = open_step(code).seq, dossiers.Proposal(from_template=True)
    dossiers.draft_outcome(code, step, proposal, comment="", by=office.mai, at=MONDAY)
    request = asked(office, code, signing.ELSEWHERE)
    run_signer(MONDAY)
    found = signing.find_request(request)
    assert found is not None

    back = sign_by_command(signing.document_of(found.request), hers, tmp_path)
    signing.take_upload(request, back, by=office.hoa, at=MONDAY)
    sealed(office, request)

    assert verdict_of(code) == (Status.RESOLVED, ["Nguyễn Thị Hoa"], "TOTAL-PASSED")
