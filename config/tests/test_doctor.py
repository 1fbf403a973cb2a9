"""What the doctor notices."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from pytest_django import Settings

from config import doctor
from config.doctor import State
from motcua.casework.exchange import api as exchange
from motcua.casework.receipts import api as receipts
from motcua.foundation.access.api import Power
from motcua.foundation.jobs import api as jobs
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import make_asked
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ServiceIn, ServiceKind
from motcua.foundation.trust.tests.make import (
    MONDAY,
    QUANG,
    make_server_certificate,
    make_trusted_world,
)
from motcua.lib.actor import Actor

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def states(check: doctor.Check, at: datetime = NOW) -> list[State]:
    return [finding.state for finding in check(at)]


def make_certificate(folder: Path, end: datetime) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "motcua.test")])
    begin = end - timedelta(days=365)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(end)
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return str(path)


@pytest.mark.parametrize(
    ("days_left", "state"), [(60, State.GOOD), (20, State.WATCH), (-1, State.BAD)]
)
def test_the_end_of_a_certificate_is_seen_coming(
    days_left: int, state: State, settings: Settings, tmp_path: Path
) -> None:
    settings.CERTIFICATES = [make_certificate(tmp_path, NOW + timedelta(days=days_left))]

    assert states(doctor.certificates) == [state]


@pytest.mark.parametrize(
    ("version", "is_old"),
    [
        ("ClamAV 1.4.6/27810/Sat Feb 28 09:12:14 2026", False),
        ("ClamAV 1.4.6/27810/Sat Jan 31 09:12:14 2026", True),
        ("ClamAV 1.4.6", True),
    ],
)
def test_old_virus_signatures_are_noticed(version: str, is_old: bool) -> None:  # noqa: FBT001 -- a row of the table
    assert doctor.signatures_are_old(version, NOW) is is_old


@pytest.mark.parametrize(("hours", "state"), [(1, State.GOOD), (30, State.WATCH)])
def test_an_old_backup_is_noticed(
    hours: int, state: State, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "var").mkdir()
    made = (NOW - timedelta(hours=hours)).isoformat()
    (tmp_path / "var" / "backup.json").write_text(json.dumps({"at": made}))

    assert states(doctor.backup) == [state]


def test_a_scanner_that_does_not_answer_is_broken(settings: Settings) -> None:
    settings.FILES_SCANNER, settings.CLAMD_ADDRESS = "clamav", "127.0.0.1:1"

    assert states(doctor.scanner) == [State.BAD]


def test_a_full_disk_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Space:
        total, free = 100_000_000_000, 1_000_000_000

    monkeypatch.setattr("config.doctor.shutil.disk_usage", lambda _: Space)

    assert set(states(doctor.disk)) == {State.BAD}


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "state"), [(0, State.GOOD), (5, State.BAD)])
def test_a_silent_worker_is_noticed(minutes: int, state: State) -> None:
    jobs.beat("worker", at=NOW - timedelta(minutes=minutes))

    assert states(doctor.worker)[0] is state


@pytest.mark.django_db
def test_a_worker_that_never_ran_is_noticed() -> None:
    assert states(doctor.worker)[0] is State.BAD


@pytest.mark.parametrize(
    ("minutes", "tries", "state"),
    [(1, 1, State.GOOD), (5, 1, State.BAD), (0, 7, State.WATCH)],
)
@pytest.mark.django_db
def test_signatures_that_wait_for_nobody_are_noticed(
    minutes: int, tries: int, state: State
) -> None:
    make_asked()
    signing.SigningAttempt.objects.update(next_try_at=NOW - timedelta(minutes=minutes), tries=tries)

    assert states(doctor.signatures) == [state]


@pytest.mark.django_db
def test_a_check_that_fails_is_a_finding_and_not_an_end(settings: Settings) -> None:
    settings.CERTIFICATES = ["/nowhere.pem"]

    found = {finding.what: finding.state for finding in doctor.examine(NOW)}

    assert (found["certificates"], found["cơ sở dữ liệu"]) == (State.BAD, State.GOOD)


@pytest.mark.django_db
def test_machines_can_read_the_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    only = doctor.Finding("đĩa", State.GOOD, "còn chỗ")
    monkeypatch.setattr("config.management.commands.doctor.examine", lambda _: [only])
    told = io.StringIO()

    call_command("doctor", "--json", stdout=told)

    assert json.loads(told.getvalue()) == [{"what": "đĩa", "state": "tốt", "says": "còn chỗ"}]


@pytest.mark.django_db
def test_something_broken_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    only = doctor.Finding("đĩa", State.BAD, "hết chỗ")
    monkeypatch.setattr("config.management.commands.doctor.examine", lambda _: [only])

    with pytest.raises(SystemExit, match="1"):
        call_command("doctor", stdout=io.StringIO())


@pytest.mark.django_db
def test_all_is_well_with_whom_we_believe() -> None:
    make_trusted_world()
    make_server_certificate("Nguyễn Thị Hoa", officer_id=5, days=200)

    assert states(doctor.trusting, MONDAY) == [State.GOOD, State.GOOD]


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "says"), [(20, "0 đã hết hạn, 1 "), (-1, "1 đã hết hạn, 0 ")])
def test_an_officers_certificate_that_ends_is_named(days: int, says: str) -> None:
    make_server_certificate("Nguyễn Thị Hoa", officer_id=5, days=days)

    finding = next(doctor.trusting(MONDAY))

    assert (finding.state, says in finding.says) == (State.WATCH, True)


@pytest.mark.django_db
def test_a_list_that_should_have_come_by_now_is_named() -> None:
    make_trusted_world()

    findings = list(doctor.trusting(MONDAY + timedelta(days=40)))

    assert findings[1].state is State.WATCH
    assert "Gốc thử nghiệm" in findings[1].says


@pytest.mark.django_db
def test_a_partner_that_fails_is_named() -> None:
    tsa = ServiceIn("tsa-cp", "Dấu thời gian", ServiceKind.TSA, "http://tsa.example.gov.vn/")
    trust.set_service(tsa, by=QUANG, at=MONDAY)
    trust.note_service("tsa-cp", at=MONDAY, error="Không trả lời đúng hẹn")

    *_, finding = doctor.trusting(MONDAY)

    assert (finding.what, finding.says) == ("dịch vụ tsa-cp", "Không trả lời đúng hẹn")


@pytest.mark.django_db
def test_partners_without_a_process_that_carries_are_seen() -> None:
    none_entered = states(doctor.partners)
    quan = Actor(id=9, name="Quản", province_powers=frozenset({str(Power.EDIT_ORGANISATION)}))
    entered = exchange.CounterpartIn(
        "tinh-son-la", "Tỉnh Sơn La", exchange.Way.PEER, ("H52",), address="https://a.example:1"
    )
    exchange.set_counterpart(entered, by=quan, at=NOW)

    nobody = states(doctor.partners)
    jobs.beat("exchange@may-chu", at=NOW)
    alive = states(doctor.partners)
    dead = states(doctor.partners, NOW + timedelta(minutes=5))

    assert (none_entered, nobody, alive, dead) == ([], [State.BAD], [State.GOOD], [State.BAD])
    assert states(doctor.worker)[0] == State.BAD


@pytest.mark.parametrize(("late", "state"), [((0, 0), State.GOOD), ((1, 2), State.WATCH)])
def test_receipts_that_wait_for_a_number_or_a_seal_are_noticed(
    late: tuple[int, int], state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts, "count_late", lambda _: late)

    assert states(doctor.money) == [state]
