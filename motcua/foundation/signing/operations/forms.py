"""Whichever form a document has: the two halves of its signature, made by the engine of that form.

Not at the door: it imports the engines, which only the signer's process carries.
"""

from motcua.foundation.signing.models import SigningRequest
from motcua.foundation.signing.rules import halves, xades
from motcua.foundation.signing.rules.halves import Half
from motcua.foundation.signing.rules.xades import XmlHalf, XmlOrder

from .requesting import XML, media_of


def begin_xml_half(base: bytes, order: XmlOrder) -> Half:
    """Return the half of a signature in XML: all of it is kept, for the signature lies inside.

    Raises: DocumentUnfit, WrongCertificate.
    """
    made = xades.begin_xml(base, order)
    return Half(made.document, b"", 0, 0, made.to_sign, made.digest)


def finish_half(
    request: SigningRequest,
    base: bytes,
    half: Half,
    raw: bytes,
    *,
    certificate: bytes,
    chain: tuple[bytes, ...],
) -> bytes:
    """Return the signed document.

    Raises: WrongSignature, DocumentUnfit.
    """
    if media_of(request) != XML:
        return halves.finish(base, half, raw, certificate=certificate, chain=chain)
    made = XmlHalf(half.tail, half.attributes, half.digest)
    return xades.finish_xml(made, raw, certificate=certificate)
