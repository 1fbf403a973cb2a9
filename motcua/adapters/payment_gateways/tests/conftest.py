"""An operator's file with secrets that are none."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

SECRET = "khoa-thu"  # noqa: S105 -- of tests
HERE = "203.0.113.7"
ENTERED = {
    "vnpay": {
        "client": "SHOP01",
        "secret": SECRET,
        "clients": {"SHOP02": "khoa-hai"},
        "address": "https://cong.example/vpcpay.html",
        "api": "https://cong.example/api",
        "from": [HERE],
    },
    "vnpt_pay": {"client": "SHOP01", "secret": SECRET, "address": "x", "api": "https://b.example"},
    "national": {"client": "SHOP01", "secret": SECRET, "address": "x", "api": "https://c.example"},
    "banks": {"970403": {"secret": SECRET}, "970405": {"secret": SECRET}},
}


@pytest.fixture(autouse=True)
def secrets(settings: Settings, tmp_path: Path) -> Path:
    """Enter partners as an operator does."""
    path = tmp_path / "secrets.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(ENTERED))
    settings.PAYMENT_SECRETS_FILE = str(path)
    return path
