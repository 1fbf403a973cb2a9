"""Prove that a file brought back is the file handed out and one signature in its field.

Source: docs/law/signatures.md
"""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError as ChainUnknown

from motcua.foundation.signing.errors import NotOnlySigned

from .changes import ONLY_SIGNED

_STRONG = ("sha256", "sha384", "sha512")
_WHOLE = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


@dataclass(frozen=True, slots=True)
class Expected:
    """What was handed out, in which field it is to be signed, and what must stay free."""

    sent: bytes = field(repr=False)
    field_name: str
    free: Sequence[str] = ()


def signer_of_return(back: bytes, expected: Expected) -> bytes:
    """Return the certificate of the one signature that was added.

    Raises: NotOnlySigned.
    """
    if back == expected.sent:
        raise NotOnlySigned("Tệp chưa được ký: đây đúng là tệp đã tải về.")
    if not back.startswith(expected.sent):
        message = (
            "Đây không phải tệp đã tải về, hoặc phần mềm đã ghi lại cả tệp thay vì chỉ thêm chữ ký."
        )
        raise NotOnlySigned(message)
    try:
        return _signer_of(back, expected)
    except (PdfError, SignatureValidationError, ValueError, KeyError, RecursionError) as error:
        raise NotOnlySigned("Tệp bị hỏng, không đọc được chữ ký trong đó.") from error


def _signer_of(back: bytes, expected: Expected) -> bytes:
    reader = PdfFileReader(io.BytesIO(back))
    before = PdfFileReader(io.BytesIO(expected.sent))
    old = {one.field_name for one in before.embedded_regular_signatures}
    new = [one for one in reader.embedded_regular_signatures if one.field_name not in old]
    if len(new) != 1:
        said = "chưa có chữ ký mới" if not new else f"có {len(new)} chữ ký mới"
        raise NotOnlySigned(f"Tệp {said}; phải có đúng một.")
    signature = new[0]
    if signature.field_name != expected.field_name:
        message = f"Chữ ký nằm ở ô “{signature.field_name}”, phải ký vào ô “{expected.field_name}”."
        raise NotOnlySigned(message)
    _check_changes(reader, before, signature)
    _check_strength(signature)
    _check_free(signature, expected.free)
    certificate = signature.signer_cert
    if not isinstance(certificate, x509.Certificate):
        raise NotOnlySigned("Chữ ký không mang theo chứng thư của người ký.")
    return bytes(certificate.dump())


def _check_changes(
    reader: PdfFileReader, before: PdfFileReader, signature: EmbeddedPdfSignature
) -> None:
    """Raises: NotOnlySigned if anything but the signature was added or changed."""
    changed = ONLY_SIGNED.review_file(reader, before.xrefs.total_revisions - 1)
    if isinstance(changed, SuspiciousModification):
        raise NotOnlySigned("Nội dung văn bản đã bị sửa trước hoặc sau khi ký.")
    others = sorted(changed.changed_form_fields - {signature.field_name})
    if others:
        raise NotOnlySigned(f"Ngoài chữ ký còn có ô khác bị điền: {', '.join(others)}.")
    signature.compute_integrity_info()
    if signature.coverage not in _WHOLE:
        raise NotOnlySigned("Chữ ký không phủ hết văn bản.")


def _check_strength(signature: EmbeddedPdfSignature) -> None:
    """Raises: NotOnlySigned if the signature is broken, or made with an old hash."""
    if signature.md_algorithm not in _STRONG:
        message = f"Chữ ký dùng hàm băm {signature.md_algorithm.upper()} đã cũ; hãy dùng SHA-256."
        raise NotOnlySigned(message)
    # Whom to believe is another question: here the certificate only has to fit the signature.
    world = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    try:
        status = asyncio.run(async_validate_pdf_signature(signature, world))
    except ChainUnknown as error:
        raise NotOnlySigned("Chứng thư trong chữ ký không đọc được.") from error
    if not (status.intact and status.valid):
        raise NotOnlySigned("Chữ ký không khớp với nội dung văn bản.")


def _check_free(signature: EmbeddedPdfSignature, free: Sequence[str]) -> None:
    """Raises: NotOnlySigned if the signature locks what others still have to fill or sign."""
    locks = signature.fieldmdp
    is_shut = bool(free) and signature.docmdp_level == MDPPerm.NO_CHANGES
    if is_shut or (locks is not None and any(locks.is_locked(name) for name in free)):
        message = (
            "Phần mềm ký đã khóa cả văn bản, nên không cấp số và đóng dấu được nữa; hãy ký lại mà"
            " không chọn “khóa văn bản”."
        )
        raise NotOnlySigned(message)
