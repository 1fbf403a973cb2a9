"""One decision for a list, signed digitally: one file, one seal, every dossier goes on or none."""

import hashlib
from io import BytesIO

import pytest
from django.db import connection, transaction
from pypdf import PdfReader

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import CollectedDecision, DossierOutcome
from motcua.casework.dossiers.queries.figures import with_electronic_results
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import run_signer

from .make import LAN, MONDAY, get_dossier, make_heard, make_received, open_step
from .test_signing import A_MINUTE, Scene, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """A commune whose certificates of marital status may be decided by a list."""
    code = "result_code: KQ.G15.000038"
    return make_scene(is_required=True, text_change=(code, f"collected: true, {code}"))


def drafted(scene: Scene) -> str:
    """Return the code of a dossier whose certificate is drafted and waits for Hoa."""
    code, commune = make_received(scene.commune), scene.commune
    granted = dossiers.Proposal()
    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY, proposal=granted)
    dossiers.complete_step(code, open_step(code).seq, by=commune.hoa, at=MONDAY)
    return code


def listed(scene: Scene, count: int = 2) -> tuple[CollectedDecision, list[str]]:
    """Return a list of dossiers that wait for Hoa, and their codes."""
    codes = [drafted(scene) for _ in range(count)]
    made = dossiers.field.collect(codes, "Công nhận đợt một", by=scene.hoa, at=MONDAY)
    return made, codes


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def request_of(decision: CollectedDecision) -> signing.SigningRequest:
    return signing.requests_of(f"list:{decision.pk}")[0]


def sign(scene: Scene, decision: CollectedDecision) -> str:
    dossiers.field.sign_collected(decision.pk, by=scene.hoa, at=MONDAY)
    run_signer(MONDAY + A_MINUTE)
    return str(request_of(decision).code)


def seal(scene: Scene, decision: CollectedDecision) -> None:
    signing.number_and_seal(sign(scene, decision), by=scene.van, at=MONDAY + 2 * A_MINUTE)
    run_signer(MONDAY + 3 * A_MINUTE)
    make_heard()


def test_one_seal_decides_for_all_with_one_number_and_each_gets_an_extract(scene: Scene) -> None:
    decision, codes = listed(scene)

    seal(scene, decision)

    decision.refresh_from_db()
    outcomes = DossierOutcome.objects.filter(dossier__code__in=codes)
    assert {(one.number, one.signed_by_name) for one in outcomes} == {
        (decision.number, "Nguyễn Thị Hoa")
    }
    assert {one.file_id for one in outcomes} == {None}
    assert {get_dossier(code).status for code in codes} == {Status.RESOLVED}
    whole = dossiers.field.collected_pdf(scene.hoa, decision.pk)
    assert whole.count(b"/ByteRange") == 2
    given = text_of(dossiers.outcome_pdf(LAN, codes[0], outcomes[0].seq))
    assert hashlib.sha256(whole).hexdigest()[:8] in given
    assert ("TRÍCH SAO" in given, decision.number in given) == (True, True)
    assert [code in given for code in codes] == [True, False]


def test_results_of_a_list_signed_digitally_count_as_electronic(scene: Scene) -> None:
    decision, codes = listed(scene)
    alone = get_dossier(drafted(scene)).pk
    ids = [get_dossier(code).pk for code in codes]
    before = with_electronic_results(ids)

    seal(scene, decision)

    assert (before, with_electronic_results([*ids, alone])) == (frozenset(), frozenset(ids))


def test_until_the_seal_nothing_else_is_done_with_any_of_them(scene: Scene) -> None:
    decision, codes = listed(scene)
    sign(scene, decision)

    assert {get_dossier(code).sub_state for code in codes} == {SubState.SIGNING}
    with pytest.raises(DossierError, match="đang được ký số"):
        dossiers.field.leave_out(decision.pk, codes[0], by=scene.hoa, at=MONDAY)
    with pytest.raises(DossierError, match="đang được ký số"):
        dossiers.field.sign_collected(decision.pk, by=scene.hoa, at=MONDAY)


def test_who_would_not_seal_frees_the_list_to_be_signed_anew(scene: Scene) -> None:
    decision, codes = listed(scene)
    request = sign(scene, decision)

    signing.refuse_turn(request, "Sai trích yếu", by=scene.van, at=MONDAY + 2 * A_MINUTE)
    after = make_heard()

    assert {get_dossier(code).sub_state for code in codes} == {SubState.NONE}
    assert after > 0
    seal(scene, decision)
    assert {get_dossier(code).status for code in codes} == {Status.RESOLVED}


def test_one_that_is_withdrawn_takes_the_request_along_and_the_others_wait(scene: Scene) -> None:
    decision, codes = listed(scene, 3)
    request = sign(scene, decision)

    dossiers.withdraw(codes[0], by=LAN, at=MONDAY + 2 * A_MINUTE)

    found = signing.find_request(request)
    assert found is not None
    assert found.request.state == "withdrawn"
    assert {get_dossier(code).sub_state for code in codes} == {SubState.NONE}
    assert len(dossiers.field.get_collected_for(scene.hoa, decision.pk).lines) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", ["dossiers_dossier", "dossiers_collecteddecision"])
def test_who_withdraws_waits_for_nobody_who_works_on_the_list(scene: Scene, held: str) -> None:
    decision, codes = listed(scene, 3)
    sign(scene, decision)
    other = connection.copy()
    key = decision.pk if "decision" in held else get_dossier(codes[2]).pk
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")  # who did wait would fail here
        other.set_autocommit(autocommit=False)
        with other.cursor() as theirs:
            theirs.execute(f"SELECT 1 FROM {held} WHERE id = %s FOR UPDATE", [key])  # noqa: S608 -- a table of ours

        with pytest.raises(DossierError, match="thử lại sau ít giây"):
            dossiers.withdraw(codes[0], by=LAN, at=MONDAY + 2 * A_MINUTE)
    other.rollback()
    other.close()

    assert {get_dossier(code).sub_state for code in codes} == {SubState.SIGNING}
    dossiers.withdraw(codes[0], by=LAN, at=MONDAY + 2 * A_MINUTE)
    assert {get_dossier(code).sub_state for code in codes} == {SubState.NONE}


def test_a_fact_told_twice_changes_nothing(scene: Scene) -> None:
    decision, codes = listed(scene)
    seal(scene, decision)
    versions = [get_dossier(code).version for code in codes]

    make_heard()

    assert [get_dossier(code).version for code in codes] == versions
