"""A token in software (SoftHSM) with the keys of the tests; its library must be there."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_django import Settings

from motcua.adapters.hsm.holder import Devices
from motcua.adapters.hsm.opening import from_settings
from motcua.foundation.trust.tests.make import Key, make_leaf

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN, PIN = "dau-co-quan", "654321"
SEAL, CURVED = "UBND xã Mường Phăng", "UBND xã cong"


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the label of a token that holds two keys, an RSA and an elliptic one."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(config)
    words = ("--init-token", "--free", "--label", TOKEN, "--so-pin", "12345678", "--pin", PIN)
    _run(*words)
    _import(folder, "rsa", "01", make_leaf(SEAL, days=365).key)
    _import(folder, "ec", "02", make_leaf(CURVED, kind="ec").key)
    return TOKEN


def _import(folder: Path, label: str, number: str, key: Key) -> None:
    path = folder / f"{label}.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _run("--import", str(path), "--token", TOKEN, "--label", label, "--id", number, "--pin", PIN)
    path.unlink()


def _run(*words: str) -> None:
    subprocess.run(["/usr/bin/softhsm2-util", *words], check=True, capture_output=True)  # noqa: S603 -- Debian's own program with our words


@pytest.fixture
def pin_file(tmp_path: Path, settings: Settings, token: str) -> Iterator[Path]:
    """Give the file of PINs that the settings name; sessions end with the test."""
    path = tmp_path / "pin"
    path.touch(mode=0o600)
    path.write_text(f"{token}: {PIN}\n{PIN}\n")
    settings.HSM_MODULE = MODULE
    settings.HSM_PIN_FILE, settings.HSM_STATE_FILE = str(path), str(tmp_path / "refused.json")
    yield path
    holder = from_settings()
    assert isinstance(holder, Devices)
    holder.close()
