"""The agent signs with a token as officers have one, and leaves its last try alone."""

from hashlib import sha256

import pkcs11
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pkcs11.util.x509 import decode_x509_certificate

from agent.keys import CannotSign, DeviceKeys, PinRefused
from motcua.foundation.trust.tests.make import make_leaf

from .conftest import MODULE, PIN, SEAL


@pytest.fixture(scope="module")
def certificate(token: str) -> str:
    """Put the certificate beside its key in the token; return its fingerprint."""
    der = make_leaf(SEAL, days=365).der
    session = pkcs11.lib(MODULE).get_token(token_label=token).open(rw=True, user_pin=PIN)
    facts = decode_x509_certificate(der) | {
        pkcs11.Attribute.TOKEN: True,
        pkcs11.Attribute.LABEL: "chung thu",
        pkcs11.Attribute.ID: b"\x01",
    }
    session.create_object(facts)
    session.close()
    return sha256(der).hexdigest()


def test_a_token_signs_for_its_certificate(token: str, certificate: str) -> None:
    (raw,) = DeviceKeys(MODULE, token).sign(certificate, PIN, [b"a"])

    key = make_leaf(SEAL, days=365).key.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(raw, b"a", padding.PKCS1v15(), hashes.SHA256())


def test_a_certificate_that_is_not_in_the_token_is_told(token: str) -> None:
    with pytest.raises(CannotSign, match="không có chứng thư"):
        DeviceKeys(MODULE, token).sign("0" * 64, PIN, [b"a"])


def test_after_two_wrong_pins_the_agent_stops(token: str, certificate: str) -> None:
    keys = DeviceKeys(MODULE, token)
    for _ in range(2):
        with pytest.raises(PinRefused):
            keys.sign(certificate, "000000", [b"a"])

    with pytest.raises(CannotSign, match="sai 2 lần"):
        keys.sign(certificate, PIN, [b"a"])


def test_a_token_that_is_not_plugged_in_is_told(certificate: str) -> None:
    with pytest.raises(CannotSign, match="cắm thiết bị"):
        DeviceKeys(MODULE, "khong-co").sign(certificate, PIN, [b"a"])
