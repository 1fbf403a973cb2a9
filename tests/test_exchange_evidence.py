"""What was exchanged is sealed in containers by the signer, and anybody can have them judged."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from motcua.casework.exchange.api import NoSuchEnvelope, carry_due, evidence_of
from motcua.casework.exchange.operations.evidence import JOB, keep_evidence, want_evidence
from motcua.casework.exchange.tests.sending import make_outgoing, make_sent
from motcua.foundation.files import api as files
from motcua.foundation.jobs.models import RecurringJob
from motcua.foundation.organisation.tests.make import make_agency
from motcua.foundation.signing import ports
from motcua.foundation.signing.operations.containers import seal_container
from motcua.foundation.signing.operations.examining import world_at
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.tests.make import make_province
from motcua.foundation.trust.tests.make import MONDAY
from motcua.lib.clock import local_day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be the signer's process."""
    monkeypatch.setattr(ports, "_sealers", [seal_container])


def make_exchanged(how_many: int = 2) -> list[str]:
    """Let documents go from one agency to another on Monday."""
    sender = make_agency("H18.5", "Sở Nội vụ")
    make_agency("H18.101", "UBND xã Mường Phăng")
    codes = [
        make_sent(
            sender.pk,
            at=MONDAY,
            signed_at=MONDAY,
            document={"number": f"{number}", "issued_on": local_day(MONDAY)},
        )
        for number in range(1, how_many + 1)
    ]
    carry_due(at=MONDAY)
    return codes


def test_messages_are_sealed_together_and_the_container_passes() -> None:
    make_province(has_seal=True)
    codes = make_exchanged()

    assert keep_evidence(at=MONDAY) == 2

    kept = [evidence_of(code) for code in codes]
    assert kept[0] is not None
    assert kept[0] == kept[1]
    with files.open_file(kept[0]) as stream:
        report = examine_file(stream.read(), world_at(MONDAY))
    assert report.verdict.indication == "TOTAL-PASSED"
    assert report.signatures[0].covers == ", ".join(f"“goi-tin/{code}.edxml”" for code in codes)


def test_what_has_its_evidence_is_not_sealed_again() -> None:
    make_province(has_seal=True)
    make_exchanged()
    keep_evidence(at=MONDAY)

    assert keep_evidence(at=MONDAY + timedelta(minutes=5)) == 0


def test_what_has_not_left_waits() -> None:
    make_province(has_seal=True)
    sender = make_agency("H18.5", "Sở Nội vụ")
    document = {"issued_on": local_day(MONDAY)}
    code = make_sent(sender.pk, at=MONDAY, signed_at=MONDAY, document=document, recipients=("G22",))

    assert (keep_evidence(at=MONDAY), evidence_of(code)) == (0, None)
    assert make_outgoing(sender.pk).recipients == ("H18.101",)


def test_the_signer_is_woken_only_where_the_seal_may_sign() -> None:
    make_province(has_seal=False)
    make_exchanged()

    want_evidence(at=MONDAY)

    assert not RecurringJob.objects.filter(name=JOB, next_at=MONDAY).exists()


def test_the_signer_is_woken_for_messages_that_wait() -> None:
    make_province(has_seal=True)
    make_exchanged()

    want_evidence(at=MONDAY)

    assert RecurringJob.objects.get(name=JOB).next_at == MONDAY


def test_where_no_key_may_be_opened_nothing_is_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_sealers", [])
    make_province(has_seal=True)
    [code] = make_exchanged(1)

    with pytest.raises(ports.HolderAway):
        keep_evidence(at=MONDAY)

    assert evidence_of(code) is None


def test_the_container_is_written_into_a_file(tmp_path: Path) -> None:
    make_province(has_seal=True)
    [code] = make_exchanged(1)
    target = tmp_path / "bang-chung.asice"
    with pytest.raises(CommandError, match="chưa có bằng chứng"):
        call_command("exchange_evidence", code, "--out", str(target))
    keep_evidence(at=MONDAY)

    call_command("exchange_evidence", code, "--out", str(target))

    assert examine_file(target.read_bytes(), world_at(MONDAY)).verdict.indication == "TOTAL-PASSED"


def test_a_message_that_does_not_exist_has_no_evidence(tmp_path: Path) -> None:
    with pytest.raises(NoSuchEnvelope):
        evidence_of("GT-1")
    with pytest.raises(CommandError, match="Không có gói tin"):
        call_command("exchange_evidence", "GT-1", "--out", str(tmp_path / "x"))
