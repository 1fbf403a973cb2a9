"""The demo's axis is entered once, with its secret beside those of others."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from demo.axis import AXIS, connect_axis
from demo.cast import founder
from motcua.casework.exchange import api as exchange
from motcua.lib.clock import local_day, now
from simulators.axis import SECRET

pytestmark = pytest.mark.django_db


def test_the_axis_is_entered_once_and_the_secrets_of_others_stay(
    settings: Settings, tmp_path: Path
) -> None:
    path, at = tmp_path / "secrets.json", now()
    settings.HOME, settings.EXCHANGE_SECRETS_FILE = tmp_path, str(path)
    path.write_text('{"tinh-son-la": "bi-mat"}')
    path.chmod(0o600)

    connect_axis(by=founder(), at=at)
    connect_axis(by=founder(), at=at)

    [partner] = exchange.counterparts(local_day(at))
    assert (partner.code, partner.way, partner.is_fetched) == (AXIS, exchange.Way.VXP, True)
    assert json.loads(path.read_text()) == {"tinh-son-la": "bi-mat", AXIS: SECRET}
    assert exchange.secret_of(AXIS) == SECRET
