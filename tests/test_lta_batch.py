"""Many papers at once, signed, sealed, stamped and proven for the long term."""

import os
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentVersion, Level
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.operations.lifting import lift_due
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import MONDAY

from .proof import TSA, Line, ask, make_authority, make_hoa

pytestmark = pytest.mark.django_db
BATCH = int(os.environ.get("MOTCUA_LTA_BATCH", "2"))  # 200 where it is measured


@pytest.fixture(autouse=True)
def line(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Let the simulated services answer without a network."""
    one = Line()
    settings.TSA_ADDRESS = TSA
    monkeypatch.setitem(trust.lines, "http", lambda: one)
    yield one
    (make_authority().folder / "revoked.json").unlink(missing_ok=True)


def test_a_batch_reaches_the_level_of_permanent_retention(line: Line) -> None:
    hoa = make_hoa()
    codes = [ask(hoa, Level.B_LTA, owner=f"test:{i}").code for i in range(BATCH)]
    for code in codes:
        signing.begin_attempt(code, by=hoa, at=MONDAY)
    while carry_on(at=MONDAY):
        continue

    for code in codes:
        signing.number_and_seal(code, by=hoa, at=MONDAY)
    while carry_on(at=MONDAY) or lift_due(at=MONDAY):
        continue

    levels = DocumentVersion.objects.filter(level=Level.B_LTA)
    assert levels.values("request").distinct().count() == BATCH
    assert line.asked.count("/tsa") == 3 * BATCH
