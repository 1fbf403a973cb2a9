"""Keys inside a device sign and seal; wrong PINs lock; a batch is sealed."""

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.models import SigningAttempt, SigningRequest
from motcua.foundation.signing.tests.make import make_leader, make_request, run_signer
from motcua.foundation.trust.api import Certificate
from motcua.foundation.trust.tests.make import MONDAY, make_leaf

from .conftest import CURVED, SEAL

pytestmark = pytest.mark.django_db
BATCH = int(os.environ.get("MOTCUA_DEVICE_BATCH", "40"))  # 200 where it is measured


def holder() -> signing.TokenHolder:
    return signing.token_holders["hsm"]()


def seal_in_device() -> None:
    """Let the seal of the agency lie in the device."""
    Certificate.objects.filter(holder_kind="agency").update(
        service_code="hsm", key_ref="dau-co-quan/rsa"
    )


@pytest.mark.usefixtures("pin_file")
def test_an_rsa_key_in_a_device_signs_each() -> None:
    first, second = holder().sign_many("dau-co-quan/rsa", [b"a", b"b"], "sha256")

    key = make_leaf(SEAL, days=365).key.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(first, b"a", padding.PKCS1v15(), hashes.SHA256())
    key.verify(second, b"b", padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.usefixtures("pin_file")
def test_an_elliptic_key_in_a_device_signs() -> None:
    (raw,) = holder().sign_many("dau-co-quan/ec", [b"a"], "sha384")

    key = make_leaf(CURVED, kind="ec").key.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(raw, b"a", ec.ECDSA(hashes.SHA384()))


@pytest.mark.usefixtures("pin_file")
def test_a_key_that_is_not_in_the_device_is_refused() -> None:
    with pytest.raises(signing.HolderRefuses, match="không có khóa"):
        holder().sign_many("dau-co-quan/khac", [b"a"], "sha256")


@pytest.mark.usefixtures("pin_file")
def test_a_device_that_is_not_plugged_in_is_waited_for() -> None:
    with pytest.raises(signing.HolderAway):
        holder().sign_many("thiet-bi-khac/rsa", [b"a"], "sha256")


def test_a_wrong_pin_locks_after_three_and_the_clerk_reads_why(pin_file: Path) -> None:
    hoa = make_leader()
    seal_in_device()
    request = make_request(hoa)
    signing.begin_attempt(request.code, by=hoa, at=MONDAY)
    run_signer()
    for pin in ("1111", "22222", "333333"):
        pin_file.write_text(pin)
        signing.number_and_seal(request.code, by=hoa, at=MONDAY)
        run_signer()

    assert "đã khóa vì mã PIN sai 3 lần" in signing.latest_error_of(request.pk)
    request.refresh_from_db()
    assert (request.number, request.state) == (1, "open")


@pytest.mark.usefixtures("pin_file")
def test_a_batch_of_documents_is_sealed_by_the_device() -> None:
    hoa = make_leader()
    seal_in_device()
    codes = [make_request(hoa, owner=f"test:{i}").code for i in range(BATCH)]
    for code in codes:
        signing.begin_attempt(code, by=hoa, at=MONDAY)
    while run_signer():
        continue

    for code in codes:
        signing.number_and_seal(code, by=hoa, at=MONDAY)
    while run_signer():
        continue

    assert SigningRequest.objects.filter(state="completed").count() == BATCH
    assert SigningAttempt.objects.filter(certificate__service_code="hsm").count() == BATCH
