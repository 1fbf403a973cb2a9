"""One way to sign, whatever holds the key: begin, let 32 bytes be signed somewhere, finish.

A half-made signature is small enough for a row: what is appended to the document, the place
reserved in it, and the attributes whose hash is to be signed.
"""

import asyncio
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError as EngineRefuses
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import NoOpStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.foundation.signing.errors import DocumentUnfit, WrongCertificate, WrongSignature
from motcua.lib.clock import local

from .algorithms import DIGESTS, digest_for
from .order import FILL_FORMS
from .pdf import Dictionary, Name, as_picture, fields_of, opened, stamp_of

# Hexadecimal digits kept free for the signature with its chain and, later, a time stamp in it.
RESERVED = 32_768
_HASHES: Mapping[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


@dataclass(frozen=True, slots=True)
class Value:
    """What is written into a text field: the words, and a one-page PDF of how they look."""

    text: str
    drawn: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be signed by whom: the field, the certificate with its chain, the looks.

    `certifies` is on for the first signature of a document, `permits` is what may still change.
    """

    field_name: str
    certificate: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)
    at: datetime
    permits: int
    certifies: bool
    stamp: bytes | None = field(repr=False, default=None)
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    digest: str = "sha256"


@dataclass(frozen=True, slots=True)
class Half:
    """A signature half made: `attributes` is what has to be signed (their hash, that is)."""

    tail: bytes = field(repr=False)
    document_digest: bytes
    reserved_start: int
    reserved_end: int
    attributes: bytes = field(repr=False)
    digest: str = "sha256"


class _Punctual(signers.PdfSigner):
    """Writes the moment it is told as the claimed one, on the clocks of Hà Nội."""

    at: datetime

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 -- the engine's own shape
    ) -> signers.pdf_signer.PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = local(self.at)
        return session


def begin(pdf: bytes, order: Order) -> Half:
    """Fill the fields, set the stamp, reserve the place, and say what is to be signed.

    Number and day are filled in the same revision as the seal: verifiers call the result
    unchanged only so (ADR 19).

    Raises: DocumentUnfit, WrongCertificate for a key or a hash with which nobody signs here.
    """
    _check_strength(order)
    writer = opened(pdf)
    _fill(writer, order.values)
    permission = (
        fields.MDPPerm.FILL_FORMS if order.permits == FILL_FORMS else fields.MDPPerm.NO_CHANGES
    )
    meta = signers.PdfSignatureMetadata(
        field_name=order.field_name,
        md_algorithm=order.digest,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=order.certifies,
        docmdp_permissions=permission,
    )
    style = stamp_of(order.stamp) if order.stamp else NoOpStampStyle()
    signer = _signer(order.certificate, order.chain, bytes(RESERVED // 2))

    async def prepare() -> tuple[PreparedByteRangeDigest, bytes, cms.CMSAttributes]:
        engine = _Punctual(meta, signer, stamp_style=style)
        engine.at = order.at
        ranges, _, whole = await engine.async_digest_doc_for_signing(
            writer, bytes_reserved=RESERVED
        )
        attributes = await signer.signed_attrs(
            ranges.document_digest,
            order.digest,
            use_pades=True,
            attr_settings=PdfCMSSignedAttributes(signing_time=order.at),
        )
        return ranges, _bytes_of(whole), attributes

    try:
        ranges, whole, attributes = asyncio.run(prepare())
    except EngineRefuses as error:
        raise DocumentUnfit(f"Văn bản không ký được: {error}", field="file") from error
    return Half(
        tail=whole[len(pdf) :],
        document_digest=ranges.document_digest,
        reserved_start=ranges.reserved_region_start,
        reserved_end=ranges.reserved_region_end,
        attributes=attributes.dump(),
        digest=order.digest,
    )


def _check_strength(order: Order) -> None:
    """Raises: WrongCertificate."""
    key = x509.load_der_x509_certificate(order.certificate).public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        digest_for("ec", key.key_size)
    else:
        digest_for("rsa", key.key_size if isinstance(key, rsa.RSAPublicKey) else 0)
    if order.digest not in DIGESTS:
        raise WrongCertificate(f"Không ký bằng hàm băm {order.digest}; chỉ kiểm tra chữ ký cũ.")


def finish(
    pdf: bytes,
    half: Half,
    raw: bytes,
    *,
    certificate: bytes,
    chain: Sequence[bytes],
    stamper: TimeStamper | None = None,
) -> bytes:
    """Return the signed document from its version, the half and the raw signature.

    The document is not read: nothing a stranger put into it can do harm here.

    Raises: WrongSignature if the raw signature is not the certificate's over the attributes.
    """
    check_raw(certificate, half.attributes, raw, half.digest)
    signer = _signer(certificate, chain, raw)
    attributes = cms.CMSAttributes.load(half.attributes)
    ranges = PreparedByteRangeDigest(half.document_digest, half.reserved_start, half.reserved_end)
    whole = io.BytesIO(pdf + half.tail)

    async def put_in() -> None:
        info = await signer.async_sign_prescribed_attributes(
            half.digest, attributes, timestamper=stamper
        )
        await PdfTBSDocument.async_finish_signing(whole, ranges, info)

    asyncio.run(put_in())
    return whole.getvalue()


def check_raw(certificate: bytes, attributes: bytes, raw: bytes, digest: str) -> None:
    """Raises: WrongSignature unless `raw` is the certificate's signature over the attributes."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    algorithm = _HASHES[digest]()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(raw, attributes, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(raw, attributes, ec.ECDSA(algorithm))
        else:
            raise WrongSignature("Loại khóa của chứng thư này không dùng để ký ở đây.")
    except InvalidSignature as error:
        message = "Nơi giữ khóa trả về chữ ký không khớp với chứng thư và văn bản."
        raise WrongSignature(message) from error


def _signer(certificate: bytes, chain: Sequence[bytes], value: bytes) -> signers.ExternalSigner:
    # Always loaded from bytes: a certificate put together in memory is encoded anew each time.
    store = SimpleCertificateStore()
    store.register_multiple([asn1_x509.Certificate.load(one) for one in chain])
    return signers.ExternalSigner(
        signing_cert=asn1_x509.Certificate.load(certificate),
        cert_registry=store,
        signature_value=value,
    )


def _fill(writer: BasePdfFileWriter, values: Mapping[str, Value]) -> None:
    """Write values into text fields, with their looks. Raises: DocumentUnfit."""
    open_values = dict(values)
    for name, reference, row in fields_of(writer):
        value = open_values.pop(name, None)
        if value is not None:
            row[Name("/V")] = generic.pdf_string(value.text)
            look = as_picture(writer, value.drawn)
            row[Name("/AP")] = Dictionary({Name("/N"): look})
            writer.mark_update(reference)
    if open_values:
        message = f"Văn bản chưa có ô: {', '.join(open_values)}."
        raise DocumentUnfit(message, field="file")


def _bytes_of(whole: object) -> bytes:
    if not isinstance(whole, io.BytesIO):
        raise TypeError("the engine did not write to memory")
    return whole.getvalue()
