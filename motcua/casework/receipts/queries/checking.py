"""Whether a file is a receipt in order: what it says, and who sealed it.

Source: docs/law/receipts.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.receipts.rules.checking import receipt_faults
from motcua.casework.receipts.rules.xml import Said, read_receipt
from motcua.foundation.signing import api as signing

from .forms import form_rules


@dataclass(frozen=True, slots=True)
class Checked:
    """What there is to say of a file: `faults` are wrong, `notes` could not be made sure of."""

    key: str
    words: str
    faults: Sequence[str]
    notes: Sequence[str]


def check_file(content: bytes, *, at: datetime) -> Checked:
    """Return what is wrong with a receipt's file.

    Raises: NotReceiptXml.
    Costs: ten queries and a process for the signature.
    """
    said = read_receipt(content)
    faults = list(receipt_faults(said, form_rules()))
    signed, unsure = _signature(said, content, at=at)
    name = said.head.get("TBLai") or "biên lai"
    words = f"{name}, ngày {said.head.get('NLap', '?')}, {said.body.get('Ten', '?')}"
    return Checked(said.key, words, [*faults, *signed], unsure)


def _signature(said: Said, content: bytes, *, at: datetime) -> tuple[list[str], list[str]]:
    """Return what is wrong with the seal, and what could not be made sure of."""
    if not said.has_signature:
        return ["Chưa có chữ ký số của cơ quan thu."], []
    report = signing.examine(content, at=at)
    verdict = report.verdict
    if verdict.indication == signing.Indication.FAILED:
        return [f"Chữ ký số: {verdict.words}"], []
    if verdict.indication != signing.Indication.PASSED:
        return [], [f"Chữ ký số: {verdict.words}"]
    return [], []
