"""XML is signed (XAdES), with a time stamp where one is to be had; our reader tells all of it."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from motcua.foundation.signing.errors import DocumentUnfit, WrongSignature
from motcua.foundation.signing.rules.examining.report import Report, World
from motcua.foundation.signing.rules.examining.xml import examine_xml
from motcua.foundation.signing.rules.time_stamps import Believed, checked, question
from motcua.foundation.signing.rules.xades import XmlOrder, begin_xml, finish_xml, sign_xml
from motcua.foundation.signing.tests.make import raw_signature
from motcua.foundation.trust.tests.make import (
    MONDAY,
    Key,
    Pair,
    make_between,
    make_crl,
    make_leaf,
    make_leaf_of,
    make_root,
)
from simulators.answers import time_stamp

from .proof import make_authority

HOA = "Nguyễn Thị Hoa"
RECEIPT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<BienLai xmlns="https://mot-cua.example.vn/bien-lai" ma="BL-15">'
    "<NguoiNop>Lò Thị Lan</NguoiNop><SoTien>15000</SoTien></BienLai>"
).encode()


def stamp(imprint: bytes, digest: str) -> bytes:
    authority = make_authority()
    asked = question(imprint, digest)
    believed = Believed((authority.root.der,), (authority.between.der,))
    answer = time_stamp(authority, asked.der, at=MONDAY)
    return checked(answer, asked, at=MONDAY, believed=believed).token


def signed(pair: Pair, *, is_timed: bool = False, xml: bytes = RECEIPT) -> bytes:
    order = XmlOrder(pair.der, (make_between().der,), MONDAY)

    def sign(content: bytes, digest: str) -> bytes:
        return raw_signature(pair, content, digest)

    return sign_xml(xml, order, sign, stamp if is_timed else None)


def examined(xml: bytes) -> Report:
    authority = make_authority()
    anchors = {make_root().der: "Gốc thử nghiệm", authority.root.der: "Gốc minh họa"}
    others = (make_between().der, authority.between.der)
    crls = (make_crl(make_root()), make_crl(make_between()), *authority.crls(at=MONDAY))
    return examine_xml(xml, World(MONDAY, anchors, others, crls))


def make_pair(kind: str) -> Pair:
    key: Key
    if kind == "p384":
        key = ec.generate_private_key(ec.SECP384R1())
    elif kind == "rsa3072":
        key = rsa.generate_private_key(65537, 3072)
    else:
        return make_leaf(HOA, kind="ec" if kind == "p256" else "rsa")
    return make_leaf_of(HOA, key)


@pytest.mark.parametrize(("is_timed", "level"), [(False, "B-B"), (True, "B-T")])
def test_our_reader_tells_who_when_and_how_strongly(*, is_timed: bool, level: str) -> None:
    report = examined(signed(make_leaf(HOA), is_timed=is_timed))

    (one,) = report.signatures
    found = (str(one.verdict.indication), one.signer, one.claimed_at, one.level)
    assert found == ("TOTAL-PASSED", HOA, MONDAY, f"XAdES {level}")
    assert one.proven_at == (MONDAY if is_timed else None)


@pytest.mark.parametrize("kind", ["rsa3072", "p256", "p384"])
def test_every_strong_key_signs(kind: str) -> None:
    report = examined(signed(make_pair(kind)))

    assert str(report.verdict.indication) == "TOTAL-PASSED"


def test_a_signature_over_something_else_is_refused() -> None:
    pair = make_leaf(HOA)
    half = begin_xml(RECEIPT, XmlOrder(pair.der, (), MONDAY))

    with pytest.raises(WrongSignature):
        finish_xml(half, raw_signature(pair, b"another", half.digest), certificate=pair.der)


@pytest.mark.parametrize(
    "xml",
    [
        b"no xml",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b"<a><b></a>",
    ],
)
def test_xml_that_is_damaged_or_dangerous_is_not_signed(xml: bytes) -> None:
    with pytest.raises(DocumentUnfit):
        signed(make_leaf(HOA), xml=xml)


def test_xml_that_is_signed_is_not_signed_again() -> None:
    pair = make_leaf(HOA)

    with pytest.raises(DocumentUnfit, match="đã có chữ ký"):
        signed(pair, xml=signed(pair))
