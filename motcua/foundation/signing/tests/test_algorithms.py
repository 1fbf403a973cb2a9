"""Strong keys and hashes sign; weak and old ones are only read."""

from dataclasses import replace
from functools import lru_cache

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from motcua.foundation.signing.errors import WrongCertificate
from motcua.foundation.signing.rules.algorithms import digest_for
from motcua.foundation.signing.rules.examining.pdf import examine_pdf
from motcua.foundation.signing.rules.halves import Order, begin, finish
from motcua.foundation.signing.rules.order import locks_of
from motcua.foundation.trust.tests.make import (
    MONDAY,
    Key,
    Pair,
    make_between,
    make_leaf,
    make_leaf_of,
)

from .make import BOTH, make_prepared, raw_signature
from .test_engine import make_world

FIELD = "SIG_LEADER_1"


@lru_cache(maxsize=8)
def make_strong(kind: str, bits: int) -> Pair:
    key: Key
    if kind == "rsa":
        key = rsa.generate_private_key(65537, bits)
    else:
        key = ec.generate_private_key({256: ec.SECP256R1(), 384: ec.SECP384R1()}[bits])
    return make_leaf_of(f"Hoa {kind} {bits}", key)


def make_order(pair: Pair, digest: str) -> Order:
    permits = locks_of(BOTH)[FIELD].permits
    above = (make_between().der,)
    return Order(FIELD, pair.der, above, MONDAY, permits, certifies=True, digest=digest)


def signed(pair: Pair, digest: str) -> bytes:
    pdf, order = make_prepared(), make_order(pair, digest)
    half = begin(pdf, order)
    raw = raw_signature(pair, half.attributes, digest)
    return finish(pdf, half, raw, certificate=pair.der, chain=order.chain)


@pytest.mark.parametrize(
    ("kind", "bits", "digest"),
    [
        ("rsa", 2048, "sha256"),
        ("rsa", 2048, "sha384"),
        ("rsa", 3072, "sha512"),
        ("rsa", 4096, "sha256"),
        ("ec", 256, "sha256"),
        ("ec", 384, "sha384"),
    ],
)
def test_signatures_of_strong_keys_pass(kind: str, bits: int, digest: str) -> None:
    report = examine_pdf(signed(make_strong(kind, bits), digest), make_world())

    found = [(str(one.verdict.indication), one.algorithm) for one in report.signatures]
    assert found == [("TOTAL-PASSED", f"{kind.upper()}-{bits}, {digest.upper()}")]


@pytest.mark.parametrize(
    ("kind", "bits", "digest"),
    [
        ("rsa", 2048, "sha256"),
        ("rsa", 4096, "sha256"),
        ("ec", 256, "sha256"),
        ("ec", 384, "sha384"),
    ],
)
def test_each_key_has_the_hash_that_goes_with_it(kind: str, bits: int, digest: str) -> None:
    assert digest_for(kind, bits) == digest


@pytest.mark.parametrize(("kind", "bits"), [("rsa", 1024), ("ec", 521), ("ec", 192), ("dsa", 2048)])
def test_weak_and_unusual_keys_do_not_sign(kind: str, bits: int) -> None:
    with pytest.raises(WrongCertificate):
        digest_for(kind, bits)


@pytest.mark.parametrize("digest", ["sha1", "md5"])
def test_nobody_signs_with_an_old_hash(digest: str) -> None:
    order = replace(make_order(make_leaf("Nguyễn Thị Hoa"), "sha256"), digest=digest)

    with pytest.raises(WrongCertificate, match=digest):
        begin(make_prepared(), order)


def test_a_weak_key_is_refused_before_anything_is_prepared() -> None:
    weak = make_leaf_of("Hoa yếu", rsa.generate_private_key(65537, 1024))  # noqa: S505 -- the point

    with pytest.raises(WrongCertificate, match="RSA 2048"):
        begin(make_prepared(), make_order(weak, "sha256"))
