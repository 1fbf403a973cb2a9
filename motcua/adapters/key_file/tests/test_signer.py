from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from motcua.adapters.key_file.signer import from_settings, make_key_file
from motcua.foundation.ledger import api as ledger

WORDS = b"motcua.example/so-cam-ket\n1\n"
KEYS = {
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate,
}


def write_key(key: object, file: Path) -> None:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # type: ignore[attr-defined]  # -- every kind of key has it
    file.write_bytes(pem)


@pytest.mark.parametrize("kind", KEYS)
def test_each_kind_of_key_signs_what_its_public_part_confirms(
    kind: str, settings: Settings, tmp_path: Path
) -> None:
    write_key(KEYS[kind](), tmp_path / "key.pem")
    settings.LEDGER_KEY_FILE = str(tmp_path / "key.pem")

    signer = from_settings()
    signature = signer.sign(WORDS)

    assert ledger.is_signed(signer.public_key, signature, WORDS)
    assert not ledger.is_signed(signer.public_key, signature, WORDS + b"x")


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 1024),  # noqa: S505 -- that is what is refused
        dsa.generate_private_key(2048),
    ],
    ids=["short", "other kind"],
)
def test_a_weak_or_unknown_key_is_refused(key: object, settings: Settings, tmp_path: Path) -> None:
    write_key(key, tmp_path / "key.pem")
    settings.LEDGER_KEY_FILE = str(tmp_path / "key.pem")

    with pytest.raises(ImproperlyConfigured, match="RSA of 2048"):
        from_settings()


def test_a_missing_key_stops_with_an_explanation(settings: Settings, tmp_path: Path) -> None:
    settings.LEDGER_KEY_FILE = str(tmp_path / "none.pem")

    with pytest.raises(ImproperlyConfigured, match="MOTCUA_LEDGER_KEY"):
        from_settings()


def test_a_made_key_is_for_its_owner_only_and_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "ledger.pem"
    make_key_file(file)
    first = file.read_bytes()

    make_key_file(file)

    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (first, 0o600)


def test_the_key_is_found_by_its_name_in_the_settings(settings: Settings, tmp_path: Path) -> None:
    make_key_file(tmp_path / "ledger.pem")
    settings.LEDGER_KEY_FILE = str(tmp_path / "ledger.pem")
    settings.LEDGER_SIGNER = "key_file"

    signer = ledger.head_signer()

    assert signer is not None
    assert signer.name == "Cơ quan giữ sổ cam kết"
