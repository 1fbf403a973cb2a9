"""The demo keeps a seal in a device, which another process finds and signs with."""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_django import Settings

from demo.devices import PIN, TOKEN, keep_in_device
from motcua.foundation.trust.tests.make import make_leaf
from tests.contracts import ROOT

from .conftest import MODULE, SEAL

# A process of its own: the library reads but once where its devices are.
SIGN = """
import sys
from motcua.lib.devices import Device
device = Device(sys.argv[1], sys.argv[2])
device.open(sys.argv[3])
sys.stdout.write(device.sign_many(sys.argv[4], [b"a"], "sha256")[0].hex())
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.HOME = tmp_path
    settings.HSM_MODULE, settings.SIGNING_KEYS_DIR = MODULE, str(tmp_path)
    settings.HSM_PIN_FILE = str(tmp_path / "pin")
    settings.HSM_STATE_FILE = str(tmp_path / "refused.json")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "var" / "softhsm" / "softhsm2.conf"))
    key = make_leaf(SEAL, days=365).key
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "agency.pem").write_bytes(pem)
    return tmp_path


def test_the_seal_of_the_demo_signs_from_its_device(folder: Path) -> None:
    name = keep_in_device("agency")

    words = [sys.executable, "-c", SIGN, MODULE, *name.split("/")[:1], PIN, name.split("/")[1]]
    raw = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603 -- our own words
    key = make_leaf(SEAL, days=365).key.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(bytes.fromhex(raw), b"a", padding.PKCS1v15(), hashes.SHA256())
    assert (name, (folder / "pin").stat().st_mode & 0o777) == (f"{TOKEN}/agency", 0o600)


def test_a_second_start_leaves_the_device_as_it_is(folder: Path) -> None:
    tokens = folder / "var" / "softhsm" / "tokens"
    keep_in_device("agency")
    before = sorted(one.name for one in tokens.iterdir())

    keep_in_device("agency")

    assert sorted(one.name for one in tokens.iterdir()) == before


def test_without_a_device_the_seal_stays_a_file(folder: Path, settings: Settings) -> None:
    settings.HSM_MODULE = ""

    assert keep_in_device("agency") == ""
    assert not (folder / "var").exists()


def test_a_device_of_somebody_else_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", "/etc/softhsm/softhsm2.conf")

    assert keep_in_device("agency") == ""
    assert not (folder / "var").exists()
