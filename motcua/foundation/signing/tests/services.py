"""A signing service and devices as they might be, without a network."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.models import SigningAttempt
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import HolderKind, Way
from motcua.foundation.trust.tests.make import MONDAY, QUANG, Pair, make_leaf

SERVICE = "fake:thu"
PIN = "246810"


class FakeService:
    """Signs with one key, for whoever knows the PIN; can be away."""

    def __init__(self, pair: Pair, *, most_at_once: int = 50) -> None:
        self.pair = pair
        self.is_away = False
        self.most_at_once = most_at_once
        self.until = MONDAY + timedelta(hours=1)
        self.granted: list[int] = []
        self.asked: list[int] = []
        self.seen: list[str] = []

    def find_keys(self, user_ref: str) -> Sequence[str]:
        return [f"{user_ref}-1"]

    def get_key(self, key_ref: str) -> signing.RemoteKey:
        self._answer()
        consent = signing.Consent.PIN
        return signing.RemoteKey(key_ref, (self.pair.der,), consent, self.most_at_once)

    def send_otp(self, key_ref: str) -> None:
        self._answer()
        self.seen.append(key_ref)

    def authorise(self, wanted: signing.ToSign, secrets: signing.Secrets) -> signing.Grant:
        self._answer()
        if secrets.pin != PIN:
            raise signing.HolderRefuses("Mã PIN sai.")
        self.granted.append(len(wanted.hashes))
        return signing.Grant("sad", self.until)

    def consent_address(self, wanted: signing.ToSign, page: signing.OwnPage) -> str:
        self._answer()
        return f"https://dich-vu.example/?state={page.state}&n={len(wanted.hashes)}"

    def redeem(self, code: str, verifier: str, return_url: str) -> signing.Grant:
        self._answer()
        return signing.Grant(f"{code}{verifier}{return_url}", self.until)

    def sign(self, wanted: signing.ToSign, grant: signing.Grant) -> Sequence[bytes]:
        self._answer()
        self.seen.append(grant.token)
        self.asked.append(len(wanted.hashes))
        return [self.raw(digest) for digest in wanted.hashes]

    def raw(self, digest: bytes) -> bytes:
        key = self.pair.key
        assert isinstance(key, rsa.RSAPrivateKey)
        return key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))

    def _answer(self) -> None:
        if self.is_away:
            raise signing.HolderAway("Dịch vụ ký số không trả lời.")


def make_outside_certificate(
    name: str, officer_id: int | None, *, way: Way = Way.REMOTE, at: datetime = MONDAY
) -> trust.Certificate:
    """Return a registered certificate whose key is not on this server."""
    given = trust.CertificateIn(
        make_leaf(name).der,
        HolderKind.OFFICER,
        officer_id=officer_id,
        way=way,
        service_code=SERVICE if way == Way.REMOTE else "",
        key_ref="hoa-1",
    )
    return trust.register_certificate(given, by=QUANG, at=at)


def sign_by_device(pair: Pair, attempts: Sequence[SigningAttempt]) -> list[signing.Signature]:
    """Return what a device on somebody's own computer makes of what waits for it."""
    service = FakeService(pair)
    return [
        signing.Signature(one.pk, digest.hex(), service.raw(digest))
        for one in attempts
        for digest in [sha256(bytes(one.attributes or b"")).digest()]
    ]
