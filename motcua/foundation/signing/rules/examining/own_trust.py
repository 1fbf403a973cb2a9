"""Whom somebody wants to believe instead of us: a file of their own with certificates and lists."""

import re
from collections.abc import Iterator
from dataclasses import replace
from warnings import catch_warnings

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from .certificates import UNREADABLE_CERTIFICATE, name_of
from .report import World

_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)
_CERTIFICATES = (b"CERTIFICATE", b"TRUSTED CERTIFICATE", b"X509 CERTIFICATE")
_LIST = b"X509 CRL"
_BUNDLES = (b"PKCS7", b"CMS")


class NoTrustInFile(ValueError):
    """The file names nobody whom one could believe."""


def believing(content: bytes, world: World) -> World:
    """Return a world that believes the roots of a file and nobody else.

    Takes PEM with any number of certificates and lists of revoked ones, DER, or PKCS #7. Those
    that signed themselves are believed; the others may stand between. Raises: NoTrustInFile.
    """
    try:
        with catch_warnings(action="ignore"):  # a name that is too long is a name all the same
            given = list(_certificates(content))
            roots = {_der(one): name_of(one.subject) for one in given if one.subject == one.issuer}
        crls = [found[0] for found in _BLOCK.finditer(content) if found[1] == _LIST]
        lists = [x509.load_pem_x509_crl(one).public_bytes(Encoding.DER) for one in crls]
        between = [_der(one) for one in given if _der(one) not in roots]
    except UNREADABLE_CERTIFICATE as error:
        raise NoTrustInFile(str(error)) from error
    if not roots:
        message = "no root"
        raise NoTrustInFile(message)
    return replace(
        world,
        anchors=roots,
        others=(*world.others, *between),
        crls=(*world.crls, *lists),
    )


def _certificates(content: bytes) -> Iterator[x509.Certificate]:
    blocks = list(_BLOCK.finditer(content))
    if not blocks:
        yield from _without_pem(content)
    for found in blocks:
        if found[1] in _CERTIFICATES:
            yield x509.load_pem_x509_certificate(found[0])
        elif found[1] in _BUNDLES:
            yield from pkcs7.load_pem_pkcs7_certificates(found[0])


def _without_pem(content: bytes) -> list[x509.Certificate]:
    try:
        return [x509.load_der_x509_certificate(content)]
    except UNREADABLE_CERTIFICATE:
        return pkcs7.load_der_pkcs7_certificates(content)


def _der(one: x509.Certificate) -> bytes:
    return one.public_bytes(Encoding.DER)
