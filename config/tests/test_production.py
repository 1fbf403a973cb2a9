"""Production does not start half-configured."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

GOOD = {"MOTCUA_SECRET_KEY": "k" * 60, "MOTCUA_HOSTS": "motcua.example"}


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in GOOD}
    return subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        env={**clean, **variables},
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_when_everything_is_said() -> None:
    assert start(**GOOD).returncode == 0


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"MOTCUA_SECRET_KEY": ""}, "MOTCUA_SECRET_KEY must be set"),
        ({"MOTCUA_SECRET_KEY": settings.DEVELOPMENT_SECRET}, "a secret of its own"),
        ({"MOTCUA_SECRET_KEY": "short"}, "a secret of its own"),
        ({"MOTCUA_HOSTS": ""}, "MOTCUA_HOSTS must be set"),
    ],
)
def test_it_refuses_and_says_why(changed: dict[str, str], reason: str) -> None:
    answer = start(**GOOD | changed)

    assert answer.returncode != 0
    assert reason in answer.stderr
