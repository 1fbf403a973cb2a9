"""A partner's signature over a whole message is examined; what does not hold is named."""

from collections.abc import Callable
from typing import TypedDict

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree
from signxml.algorithms import SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner

from motcua.casework.exchange.api import open_envelope
from motcua.casework.exchange.operations.signatures import findings_of
from motcua.casework.exchange.tests.partners import come, make_foreign, make_partner, unchecked
from motcua.casework.exchange.tests.sending import make_agencies
from motcua.foundation.signing.rules.examining.report import World
from motcua.foundation.signing.rules.examining.xml import examine_xml
from motcua.foundation.trust.tests.make import (
    MONDAY,
    make_between,
    make_crl,
    make_leaf,
    make_root,
)

DS = "http://www.w3.org/2000/09/xmldsig#"
HEADER = "{*}edXMLEnvelope/{*}edXMLHeader"
SUBJECT = "{*}edXMLEnvelope/{*}edXMLHeader/{*}MessageHeader/{*}Subject"


class OldSigner(XMLSigner):
    """Signs by SHA-1, as many partners still do."""

    def check_deprecated_methods(self) -> None:
        """Allow it."""


class Options(TypedDict, total=False):
    """How a message is signed."""

    about: str
    method: SignatureMethod


def signed(*, about: str = "", method: SignatureMethod = SignatureMethod.RSA_SHA256) -> bytes:
    """Return a message of Sơn La's with its signature in the header, where QCVN 102 has it."""
    pair = make_leaf("Sở Nội vụ tỉnh Sơn La")
    root = etree.fromstring(unchecked(make_foreign()))
    header = root.find(HEADER)
    assert header is not None
    header.set("Id", "head")
    etree.SubElement(header, f"{{{DS}}}Signature", {"Id": "placeholder"}, nsmap={"ds": DS})
    signer = OldSigner(SignatureConstructionMethod.enveloped, signature_algorithm=method)
    key = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    done = signer.sign(
        root,
        key=key,
        cert=pair.certificate.public_bytes(Encoding.PEM).decode(),
        reference_uri=about or None,
    )
    return etree.tostring(done)


def changed(content: bytes) -> bytes:
    """Write another subject into a signed message."""
    root = etree.fromstring(content)
    subject = root.find(SUBJECT)
    assert subject is not None
    subject.text = "Một việc khác"
    return etree.tostring(root)


def without_certificate(content: bytes) -> bytes:
    """Take out the certificate, as the published sample does."""
    root = etree.fromstring(content)
    for one in root.iter(f"{{{DS}}}X509Certificate"):
        one.text = "REDACTED"
    return etree.tostring(root)


def told(content: bytes) -> list[tuple[str, str]]:
    """Return which rules a message breaks, and who signed or what is covered, by what we trust."""
    root, between = make_root(), make_between()
    world = World(
        at=MONDAY,
        anchors={root.der: "Gốc thử nghiệm"},
        others=(between.der,),
        crls=(make_crl(root), make_crl(between)),
    )
    return [(one.rule, one.severity.value) for one in findings_of(examine_xml(content, world), 7)]


def as_signed(content: bytes) -> bytes:
    """Leave it."""
    return content


@pytest.mark.parametrize(
    ("options", "change", "expected"),
    [
        pytest.param({}, as_signed, [], id="holds"),
        pytest.param({}, changed, [("signature-broken", "error")], id="changed-later"),
        pytest.param(
            {"about": "head"}, as_signed, [("signature-covers-else", "error")], id="covers-else"
        ),
        pytest.param(
            {"method": SignatureMethod.RSA_SHA1},
            as_signed,
            [("signature-undecided", "warning")],
            id="old-algorithm",
        ),
        pytest.param(
            {}, without_certificate, [("signature-unread", "warning")], id="no-certificate"
        ),
    ],
)
def test_the_signature_of_a_message_is_told_for_what_it_is(
    options: Options, change: Callable[[bytes], bytes], expected: list[tuple[str, str]]
) -> None:
    assert told(change(signed(**options))) == expected


@pytest.mark.django_db
def test_the_clerk_reads_that_a_message_was_changed_after_it_was_signed() -> None:
    make_agencies()
    make_partner()

    taken = come(changed(signed()))

    [one] = [one for one in open_envelope(taken.code).findings if "signature" in one.rule]
    assert (one.rule, one.element, one.line > 0) == ("signature-broken", "Signature", True)
    assert one.words == "Chữ ký của gói tin sai: Nội dung đã bị sửa sau khi ký."
