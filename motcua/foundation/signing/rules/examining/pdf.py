"""Tell what the signatures of a PDF are worth: who, when, what is covered, what came after.

Runs on a file whose maker may be hostile: only where a limit on time and memory holds (`apart`).
"""

import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import SigningError as EngineRefuses
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from motcua.foundation.signing.rules.quick import be_quick

from .cautions import about_strength, about_time
from .certificates import (
    UNREADABLE_CERTIFICATE,
    believed,
    certificates_shown,
    trust_of,
)
from .changes import UNNAMED, UNSEEN, changes_since, pages_of, part, parts
from .judging import Result, judge
from .later_stamps import with_evidence_in
from .looks import OURS, looks_that_differ
from .numbers import numbers_in
from .report import (
    SIGNER,
    STAMPER,
    CertificateShown,
    Indication,
    Report,
    SignatureShown,
    Verdict,
    World,
    worst_of,
)
from .shadows import Range, dangers_in, removed_from
from .words import (
    CHANGED,
    DAMAGED_FILE,
    LOOKS_DIFFERENT,
    OLD_FORM,
    PASSWORD,
    REMOVED,
    UNREADABLE,
    UNSIGNED,
    clean,
    role_of,
    verdict,
)

# What a signature leaves in a file, however much of it was lost.
_MARK = re.compile(rb"/ByteRange|/Contents\s*<308[0-4]")
_END = b"%%EOF"
_REST = 3  # numbers of a range behind the nought it begins with
Dictionary = generic.DictionaryObject
_READ = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached")
_PADES, _STAMP = "/ETSI.CAdES.detached", "/DocTimeStamp"
_COVERS = {
    "ENTIRE_FILE": "toàn bộ tệp",
    "ENTIRE_REVISION": "toàn bộ nội dung lúc ký",
    "CONTIGUOUS_BLOCK_FROM_START": "một phần tệp",
}
be_quick()
DAMAGED = (
    *(PdfError, KeyError, AttributeError, IndexError, RecursionError, ArithmeticError),
    *UNREADABLE_CERTIFICATE,
)


def examine_pdf(content: bytes, world: World) -> Report:
    """Return what the signatures of a PDF are worth at the moment of `world`."""
    digest, size = sha256(content).hexdigest(), len(content)
    try:
        reader = _opened(content)
        if reader is None:
            return Report(digest, size, PASSWORD)
        return _report(content, reader, world)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- the engine was not written for hostile files: whatever it trips over, the file cannot be read
        return _damaged(content, digest)


def _opened(content: bytes) -> PdfFileReader | None:
    """Return a reader that knows nothing yet, or None if the file asks for a password."""
    reader = PdfFileReader(io.BytesIO(content))
    if reader.encrypted and reader.decrypt(b"").status.value == 0:
        return None
    return reader


def _damaged(content: bytes, digest: str) -> Report:
    """Tell a damaged signature from a damaged file without one."""
    if _MARK.search(content):
        found = verdict(Indication.FAILED, UNREADABLE)
        return Report(digest, len(content), found, unreadable=("không rõ ô",))
    return Report(digest, len(content), DAMAGED_FILE)


def _report(content: bytes, reader: PdfFileReader, world: World) -> Report:
    shown: list[SignatureShown] = []
    unreadable: list[str] = []
    verdicts: list[Verdict] = []
    fields = list(_signature_fields(reader))
    signatures = [row for row in fields if part(row[2], "/Type") != _STAMP]
    for place, name, value in signatures:
        # Read anew for each but one: what one judgement keeps must not reach the next.
        is_only = len(signatures) == 1
        found = _one(content, place, value, world, reader if is_only else _opened(content))
        verdicts.append(found.verdict if isinstance(found, SignatureShown) else found)
        if isinstance(found, SignatureShown):
            shown.append(found)
        else:
            unreadable.append(name)
    if not verdicts:
        hurt = _MARK.search(content) and not fields
        return _damaged(content, sha256(content).hexdigest()) if hurt else _plain(content, reader)
    removed = _removed(content, fields)
    if removed is not None:
        verdicts.append(removed)
    looks = dict(_looks(reader))
    if looks.keys() & set(OURS):
        verdicts.append(verdict(Indication.INDETERMINATE, LOOKS_DIFFERENT))
    return Report(
        sha256=sha256(content).hexdigest(),
        size=len(content),
        verdict=worst_of(verdicts),
        signatures=tuple(shown),
        unreadable=tuple(unreadable),
        pages=len(pages_of(reader.root)),
        added_later=shown[-1].changes if shown else (),
        warnings=(*looks.values(), *dangers_in(content, reader), *_behind(content)),
    )


def _looks(reader: PdfFileReader) -> Iterator[tuple[str, str]]:
    """Yield the fields whose look is not their value; what cannot be read is told elsewhere."""
    with suppress(*DAMAGED):
        yield from looks_that_differ(reader)


def _removed(content: bytes, fields: Sequence[tuple[int, str, Dictionary]]) -> Verdict | None:
    """Return the verdict where a signature was taken out of the file after all that are left.

    One that was taken out before is no longer of importance: whoever signed last saw it gone.
    """
    kept = [_range_of(value) for _, _, value in fields]
    signed_up_to = max((second + length for _, second, length in kept), default=0)
    removed = removed_from(content, kept)
    is_uncovered = any(first >= signed_up_to for first, _, _ in removed)
    return verdict(Indication.FAILED, REMOVED) if is_uncovered else None


def _range_of(value: Dictionary) -> Range:
    found = parts(value, "/ByteRange")
    numbers = [int(one) for one in found if isinstance(one, int)][1:]
    return (numbers[0], numbers[1], numbers[2]) if len(numbers) == _REST else (0, 0, 0)


def _behind(content: bytes) -> Iterator[str]:
    """Warn of what lies behind the end of a document and belongs to nothing."""
    if content.rpartition(_END)[2].strip():
        yield "Sau điểm kết thúc của văn bản còn có dữ liệu không thuộc văn bản."


def _plain(content: bytes, reader: PdfFileReader) -> Report:
    pages = len(pages_of(reader.root))
    return Report(sha256(content).hexdigest(), len(content), UNSIGNED, pages=pages)


def _signature_fields(
    reader: PdfFileReader,
) -> Iterator[tuple[int, str, Dictionary]]:
    """Yield place, name and value of each field that holds a signature, oldest first.

    Fields are told apart by their place: a forger may give two of them one name.
    """
    rows = enumerate(enumerate_sig_fields(reader, filled_status=True))
    for place, (name, value, _) in sorted(rows, key=lambda row: _revision_of(reader, row[1][1])):
        yield place, clean(name), value.get_object()


def _revision_of(reader: PdfFileReader, value: object) -> int:
    if not isinstance(value, generic.IndirectObject):
        return 0
    found = reader.xrefs.get_introducing_revision(value.reference)
    return int(found)


def _one(
    content: bytes,
    place: int,
    value: generic.DictionaryObject,
    world: World,
    reader: PdfFileReader | None,
) -> SignatureShown | Verdict:
    """Return what is to be said of one signature, or why it cannot be read."""
    if reader is None or part(value, "/SubFilter") not in _READ:
        return verdict(Indication.INDETERMINATE, OLD_FORM)
    try:
        name, _, field = list(enumerate_sig_fields(reader, filled_status=True))[place]
        return _shown(EmbeddedPdfSignature(reader, field, clean(name)), content, world)
    except (*DAMAGED, EngineRefuses):
        return verdict(Indication.FAILED, UNREADABLE)


def _shown(one: EmbeddedPdfSignature, content: bytes, world: World) -> SignatureShown:
    signer = one.signer_cert
    der = signer.dump()
    result, judged = judge(one, content, world)
    stamps = _stamps_of(one)
    claimed, proven = one.self_reported_timestamp, _proven_at(result, stamps)
    embedded = [other.dump() for other in one.other_embedded_certs]
    trust, known = trust_of(der, embedded, world), with_evidence_in(one.reader, world)
    then = proven or claimed or world.at
    certificates = list(certificates_shown(SIGNER, der, embedded, known, at=then))
    return SignatureShown(
        field_name=one.field_name,
        role=role_of(one.field_name),
        signer=_part(signer.subject, "common_name"),
        organisation=_part(signer.subject, "organization_name"),
        issuer=_part(signer.issuer, "common_name") or clean(signer.issuer.human_friendly),
        serial=f"{signer.serial_number:x}",
        certificate_sha256=sha256(der).hexdigest(),
        valid_from=signer.not_valid_before,
        valid_to=signer.not_valid_after,
        then=certificates[0].then,
        now=certificates[0].now,
        claimed_at=claimed,
        proven_at=proven,
        proven_by=_part(stamps[proven].subject, "common_name") if proven else "",
        level=_level(one, has_stamp=bool(stamps)),
        algorithm=_algorithm(one),
        covers=_COVERS.get(getattr(one.coverage, "name", ""), "không rõ"),
        changes=_changes(one, judged),
        warnings=(
            *about_time(claimed, proven, world.at),
            *about_strength(one.md_algorithm, *_key_of(signer)),
        ),
        trust=trust,
        verdict=believed(judged, der, trust, world, at=proven or world.at),
        certificates=(*certificates, *_of_stamps(stamps, embedded, known)),
        numbers=numbers_in(der),
    )


def _of_stamps(
    stamps: Mapping[datetime, asn1_x509.Certificate], embedded: Sequence[bytes], world: World
) -> Iterator[CertificateShown]:
    """Yield the certificates of those who stamped the time, each once."""
    for der, at in {one.dump(): at for at, one in stamps.items()}.items():
        shown = certificates_shown(STAMPER, der, embedded, world, at=at)
        yield from (one for one in shown if one.role == STAMPER)


def _changes(one: EmbeddedPdfSignature, judged: Verdict) -> tuple[str, ...]:
    """Return what came after a signature; what was not allowed is never called harmless."""
    found = changes_since(one.reader, one.signed_revision)
    return (UNNAMED,) if judged.sub == CHANGED and found == (UNSEEN,) else found


def _stamps_of(one: EmbeddedPdfSignature) -> dict[datetime, asn1_x509.Certificate]:
    """Return when and by whom time stamps came with a signature or after it; none is judged."""
    later = [
        stamp.signed_data
        for stamp in one.reader.embedded_timestamp_signatures
        if stamp.signed_revision > one.signed_revision
    ]
    found = {}
    for stamp in (*extract_tst_data_iter(one.signer_info, signed=False), *later):
        at = stamp["encap_content_info"]["content"].parsed["gen_time"].native
        found[at] = extract_certificate_info(stamp).signer_cert
    return found


def _level(one: EmbeddedPdfSignature, *, has_stamp: bool) -> str:
    """Return the level of PAdES by what is there; nothing for other forms."""
    if part(one.sig_object, "/SubFilter") != _PADES:
        return ""
    if not has_stamp:
        return "PAdES B-B"
    if "/DSS" not in one.reader.root:
        return "PAdES B-T"
    stamps = one.reader.embedded_timestamp_signatures
    roots = (one.reader.get_historical_root(stamp.signed_revision) for stamp in stamps)
    return "PAdES B-LTA" if any("/DSS" in root for root in roots) else "PAdES B-LT"


def _proven_at(result: Result | None, stamps: Collection[datetime]) -> datetime | None:
    """Return the moment a stamp proves; the engine takes the present where none of them holds."""
    found = getattr(result, "best_signature_time", None)
    return found if found in stamps else None


def _part(of: asn1_x509.Name, name: str) -> str:
    value = of.native.get(name, "")
    return clean(", ".join(value) if isinstance(value, list) else str(value))


def _algorithm(one: EmbeddedPdfSignature) -> str:
    kind, bits = _key_of(one.signer_cert)
    return f"{kind.upper()}-{bits}, {one.md_algorithm.upper()}"


def _key_of(certificate: asn1_x509.Certificate) -> tuple[str, int]:
    key = certificate.public_key
    return str(key.algorithm), int(key.bit_size)
