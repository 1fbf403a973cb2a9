"""What the signature over a message from outside is worth; the clerk reads it beside the document.

Legal value lies in the signed file. This signature says whether the message is as its sender made
it; most partners sign none, or with a certificate that stands in the message alone.

Source: docs/law/exchange.md
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from motcua.casework.exchange.models import EnvelopeArrival
from motcua.casework.exchange.rules.edxml.findings import Finding, finding
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Indication, SignatureShown

MOST_BYTES = 12_000_000  # examined in memory, in a process of its own
_WHOLE = "toàn bộ tệp"
_ELEMENT = "Signature"
_NOT_COVERED = "SIGNED_DATA_NOT_FOUND"


def signature_findings(row: EnvelopeArrival, line: int, *, at: datetime) -> Sequence[Finding]:
    """Return what there is to say of the signature in a message that was kept; nothing is good.

    Costs: ten queries and a process; no authority is asked over the network.
    """
    if not line or row.file is None:
        return ()
    if row.size > MOST_BYTES:
        why = f"gói tin lớn hơn {MOST_BYTES // 1_000_000} MB."
        return (finding("signature-unread", line, _ELEMENT, why=why),)
    with files.open_file(row.file) as stream:
        content = stream.read()
    try:
        report = signing.examine(content, at=at, asks=False)
    except signing.ExaminersBusy:
        why = "máy đang kiểm nhiều chữ ký khác."
        return (finding("signature-unread", line, _ELEMENT, why=why),)
    return tuple(dict.fromkeys(findings_of(report, line)))


def findings_of(report: signing.Report, line: int) -> Iterator[Finding]:
    """Yield what is wrong with the signatures of a message."""
    if report.unreadable or not report.signatures:
        why = f"{report.verdict.words} Chứng thư hoặc cách ký không đọc được."
        yield finding("signature-unread", line, _ELEMENT, why=why)
    yield from (one for shown in report.signatures for one in _of_one(shown, line))


def _of_one(shown: SignatureShown, line: int) -> Iterator[Finding]:
    found = shown.verdict
    if found.indication == Indication.FAILED:
        yield finding("signature-broken", line, _ELEMENT, why=found.words)
    elif _WHOLE not in shown.covers:
        covered = "chính nó" if found.sub == _NOT_COVERED else shown.covers
        yield finding("signature-covers-else", line, _ELEMENT, found=covered)
    elif found.indication != Indication.PASSED:
        signer = shown.organisation or shown.signer or "không rõ"
        yield finding("signature-undecided", line, _ELEMENT, found=signer, why=found.words)
