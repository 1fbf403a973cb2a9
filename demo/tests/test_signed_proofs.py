"""In the demo province a slip, a paper, a sheet and an outcome are signed, examined, and promised.

One walk, as the signer and the worker would do it, with the demo's own authority answering.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings

from demo import accounts, proof
from demo.cast import Cast, founder, gather
from demo.lives import Life
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status
from motcua.casework.dossiers.tests.make import make_heard
from motcua.foundation.ledger import api as ledger
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, Indication, Report, RequestState
from motcua.foundation.signing.tests.make import run_signer
from motcua.foundation.trust import api as trust
from simulators.authority import Authority
from simulators.trust import answer

from .provinces import AT
from .test_lives import MONDAY, TALES, file

A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
CLERK = "H18.101.VP-03"
EXTRACTS = TALES["extracts: the same day"]


class Line:
    """A line to the demo's authority without a network."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority

    def time_stamp(self, address: str, question: bytes) -> bytes:  # noqa: ARG002 -- the port's shape
        return answer(self.authority, "/tsa", question, at=MONDAY)

    def ocsp(self, address: str, question: bytes) -> bytes:  # noqa: ARG002 -- the port's shape
        return answer(self.authority, "/ocsp", question, at=MONDAY)

    def crl(self, address: str) -> bytes:
        path = address.removeprefix(self.authority.address)
        return answer(self.authority, path, b"", at=MONDAY)


@dataclass(frozen=True)
class Walk:
    """What came of the walk: the dossier, and each signed document with what it is worth."""

    life: Life
    reports: dict[DocumentKind, Report]
    files: dict[DocumentKind, bytes]


@pytest.fixture(scope="module")
def walk(small_cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """Sign what a dossier brings with it from its filing to its return; once for all tests."""
    assert small_cast.seats
    home = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "HOME", home)
        patch.setattr(settings, "SIGNING_KEYS_DIR", str(home / "keys"))
        # Fewer keys than in the demo: making one costs a third of a second.
        patch.setattr(proof, "SIGNERS", ("H18.101.LD-01",))
        patch.setattr(proof, "SEALED_AGENCIES", ("H18.101",))
        patch.setattr(proof, "give_more_ways", lambda *_: None)
        patch.setattr(proof, "give_citizens_keys", lambda *_: None)
        (home / "keys").mkdir()
        accounts.open_accounts(by=founder(), at=AT)
        proof.set_up_signing(gather(AT), AT)
        for name in list(trust.lines):  # the first that is registered is asked
            patch.delitem(trust.lines, name)
        patch.setitem(trust.lines, "demo", lambda: Line(Authority(home / "var/authority", at=AT)))
        life = walked(gather(MONDAY))
        files = {
            DocumentKind(one.document_kind): signing.document_of(one)
            for one in signing.SigningRequest.objects.filter(state=RequestState.COMPLETED)
        }
        reports = {kind: signing.examine(pdf, at=MONDAY + A_DAY) for kind, pdf in files.items()}
        yield Walk(life, reports, files)


def walked(cast: Cast) -> Life:
    """Return a dossier that was filed, received, handled, signed, sealed and returned."""
    life, _ = file(EXTRACTS, cast)
    dossiers.receive_dossier(life.code, by=life.desk(), at=MONDAY)
    dossiers.give_slip(life.code, by=life.desk(), at=MONDAY)
    life.go_on(at=MONDAY)
    step, heard = life.open_step(), make_heard()
    assert step is not None
    leader, clerk = cast.at_post("H18.101.LD-01"), cast.at_post(CLERK)
    dossiers.sign_outcome(life.code, step.seq, by=leader, at=MONDAY)
    run_signer(MONDAY)
    heard = make_heard(heard)
    request = dossiers.signing_of(life.dossier())[0].request
    signing.number_and_seal(request.code, by=clerk, at=MONDAY + A_MINUTE)
    run_signer(MONDAY + A_MINUTE)
    heard = make_heard(heard)
    life.hand_out(at=MONDAY + 2 * A_MINUTE)
    make_heard(heard)
    run_signer(MONDAY + 3 * A_MINUTE)
    return life


@pytest.mark.parametrize(
    ("kind", "signatures"),
    [
        (DocumentKind.RECEIPT, 1),
        (DocumentKind.SLIP, 1),
        (DocumentKind.PROGRESS, 1),
        (DocumentKind.OUTCOME, 2),
    ],
)
def test_what_the_demo_signs_passes(kind: DocumentKind, signatures: int, walk: Walk) -> None:
    report = walk.reports[kind]

    assert (report.verdict.indication, len(report.signatures)) == (Indication.PASSED, signatures)
    assert all("MINH HỌA" in one.organisation for one in report.signatures)


def test_the_outcome_is_archived_and_says_when_it_was_signed(walk: Walk) -> None:
    signatures = walk.reports[DocumentKind.OUTCOME].signatures

    assert [one.level for one in signatures] == ["PAdES B-LTA", "PAdES B-LTA"]
    assert [one.proven_at for one in signatures] == [MONDAY, MONDAY]


def test_one_letter_changed_in_any_of_them_is_found(walk: Walk) -> None:
    for pdf in walk.files.values():
        place = pdf.index(b"stream") + 20
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]

        verdict = signing.examine(changed, at=MONDAY + A_DAY).verdict

        assert verdict.indication == Indication.FAILED


def test_the_dossier_is_returned_and_its_promises_stand_in_the_ledger(walk: Walk) -> None:
    dossier = walk.life.dossier()

    kinds = [leaf.kind for leaf in ledger.leaves_of(dossier.code)]
    assert (dossier.status, kinds) == (
        Status.RETURNED,
        ["received", "promised", "decided", "returned"],
    )


def test_the_ledger_is_sealed_and_fits_what_the_dossiers_say(walk: Walk) -> None:
    assert walk.life.code
    for name in ledger.StreamName.values:
        while ledger.seal(name, at=MONDAY + A_DAY):
            continue

    assert list(ledger.verify()) == []
