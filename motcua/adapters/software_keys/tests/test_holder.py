"""Keys in files sign where a site only shows how signing works, and nowhere else."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_django import Settings

from motcua.adapters.software_keys.holder import SoftwareKeys, from_settings
from motcua.foundation.signing import api as signing

CONTENT = b"what is signed"


def keep(folder: Path, name: str, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> None:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{name}.pem").write_bytes(pem)


def test_an_rsa_key_signs_each(tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    keep(tmp_path, "hoa", key)

    first, second = SoftwareKeys(tmp_path).sign_many("hoa", [CONTENT, b"x"], "sha256")

    key.public_key().verify(first, CONTENT, padding.PKCS1v15(), hashes.SHA256())
    key.public_key().verify(second, b"x", padding.PKCS1v15(), hashes.SHA256())


def test_an_ec_key_signs(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    keep(tmp_path, "hoa", key)

    (raw,) = SoftwareKeys(tmp_path).sign_many("hoa", [CONTENT], "sha384")

    key.public_key().verify(raw, CONTENT, ec.ECDSA(hashes.SHA384()))


@pytest.mark.parametrize("ref", ["nobody", "../outside", "", "HOA"])
def test_a_key_that_is_not_there_is_refused(tmp_path: Path, ref: str) -> None:
    keep(tmp_path.parent, "outside", rsa.generate_private_key(65537, 2048))

    with pytest.raises(signing.HolderRefuses):
        SoftwareKeys(tmp_path).sign_many(ref, [CONTENT], "sha256")


def test_an_old_hash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(signing.HolderRefuses, match="sha1"):
        SoftwareKeys(tmp_path).sign_many("hoa", [CONTENT], "sha1")


def test_where_papers_count_no_key_in_a_file_is_opened(settings: Settings) -> None:
    settings.SIGNING_DEMO = False

    with pytest.raises(signing.HolderRefuses, match="minh họa"):
        from_settings()
