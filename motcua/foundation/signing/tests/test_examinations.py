"""Files that were handed in are looked into by the signer, once a day at most."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest

from motcua.foundation.files import api as files
from motcua.foundation.files.api import ScanState, StoredFile
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Indication, Looked
from motcua.foundation.signing.models import Examination
from motcua.foundation.trust.tests.make import MONDAY, make_leaf, make_trusted_world
from motcua.lib.actor import Actor, ActorKind

from .corpus import signed_by_others

pytestmark = pytest.mark.django_db
LAN = Actor(id=501, name="Lò Thị Lan", kind=ActorKind.CITIZEN)


def make_file(content: bytes) -> StoredFile:
    return files.keep_file("don.pdf", BytesIO(content), by=LAN, at=MONDAY)


@pytest.fixture(scope="module")
def signed_content() -> bytes:
    return signed_by_others(make_leaf("Lò Thị Lan"))


@pytest.fixture
def signed(signed_content: bytes) -> StoredFile:
    make_trusted_world()
    return make_file(signed_content)


def look_at(stored: StoredFile, at: datetime = MONDAY) -> Looked | None:
    return signing.looks_at([stored.pk, None], at=at).get(stored.pk)


def test_a_file_without_signatures_is_not_looked_into() -> None:
    plain = make_file(make_pdf())

    assert (look_at(plain), signing.is_work_due(MONDAY)) == (None, False)


def test_a_signed_file_waits_for_the_signer_once(signed: StoredFile) -> None:
    assert look_at(signed) == look_at(signed)
    assert (Examination.objects.count(), signing.is_work_due(MONDAY)) == (1, True)


def test_the_signer_finds_out_who_signed_and_whether_it_counts(signed: StoredFile) -> None:
    look_at(signed)

    done = signing.examine_due(at=MONDAY)

    look = look_at(signed)
    assert look is not None
    assert look.report is not None
    assert (done, look.report.verdict.indication, look.is_awaited) == (1, Indication.PASSED, False)
    assert [one.signer for one in look.report.signatures] == ["Lò Thị Lan"]
    assert not signing.is_work_due(MONDAY)


def test_after_a_day_it_is_looked_at_again_while_the_old_report_stands(signed: StoredFile) -> None:
    look_at(signed)
    signing.examine_due(at=MONDAY)
    tuesday = MONDAY + timedelta(hours=25)

    looks = [look_at(signed, tuesday), look_at(signed, tuesday)]

    shown = [(look.report is not None, look.is_awaited) for look in looks if look]
    assert shown == [(True, True), (True, True)]
    assert Examination.objects.filter(examined_at=None).count() == 1


def test_two_signers_do_not_take_the_same_file(signed: StoredFile) -> None:
    look_at(signed)
    signing.examine_due(at=MONDAY, most=0)
    Examination.objects.update(next_try_at=MONDAY + timedelta(minutes=1))

    assert signing.examine_due(at=MONDAY) == 0


def test_a_file_locked_for_a_virus_is_not_opened(signed: StoredFile) -> None:
    look_at(signed)
    StoredFile.objects.update(scan_state=ScanState.INFECTED, scanned_at=MONDAY)

    signing.examine_due(at=MONDAY)

    look = look_at(signed)
    assert look is not None
    assert look.report is not None
    assert "vi-rút" in look.report.verdict.words


def test_a_file_signed_here_and_sent_back_is_looked_into_too(signed_content: bytes) -> None:
    files.keep_bytes(signed_content, "application/pdf", by=LAN, at=MONDAY)

    assert look_at(make_file(signed_content)) is not None
