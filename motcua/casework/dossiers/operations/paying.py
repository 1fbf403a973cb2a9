"""What must be paid before a dossier is received: the fees due at filing.

Source: docs/law/one-stop.md
"""

from collections.abc import Collection, Mapping
from typing import Any

from motcua.casework.dossiers.errors import NotPaid
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.queries.money import kept_lines, taken_of
from motcua.casework.fees import api as fees
from motcua.casework.procedures.api import Definition, FilingChannel
from motcua.lib.money import in_dong

AT_FILING = "at_filing"


def takes_fees_at_filing(definition: Definition) -> bool:
    """Say whether the version has a fee that is due when the application is handed in."""
    return any(line.collected == AT_FILING for line in definition.fees)


def paid_lines(dossier: Dossier) -> list[str]:
    """Return the lines of the fee table of which something was taken."""
    return [one.line_code for one in taken_of(dossier)]


def check_paid(
    dossier: Dossier, definition: Definition, facts: Mapping[str, Any], paid: Collection[str]
) -> None:
    """Raises: NotPaid naming what is due at filing and was not paid."""
    if not takes_fees_at_filing(definition):
        return
    channel = FilingChannel(dossier.channel)
    dues = fees.fees_due(definition, dossier.case_code, channel, facts)
    missing = [
        due.trouble or f"{due.line.name} {in_dong(due.amount_vnd)}"
        for due in dues
        if due.line.collected == AT_FILING
        and (due.amount_vnd or due.trouble)
        and due.line.code not in paid
    ]
    if missing:
        message = f"Phải thu khi nộp hồ sơ, trước khi tiếp nhận: {'; '.join(missing)}."
        raise NotPaid(message)


def words_on_fees(dossier: Dossier, back_vnd: int = 0) -> str:
    """Return what becomes of the money when a dossier ends without an outcome.

    `back_vnd` is what was just proposed to go back to the payer.
    """
    back = f" Đã lập đề nghị hoàn trả {in_dong(back_vnd)}." if back_vnd else ""
    return f"{_words_on_kept(dossier)}{back}"


def _words_on_kept(dossier: Dossier) -> str:
    kept = kept_lines(dossier)
    if kept and {line.code for line in kept}.intersection(paid_lines(dossier)):
        names = ", ".join(line.name for line in kept)
        return f"{names} đã nộp không hoàn lại theo quy định của thủ tục."
    return "Phí, lệ phí đã nộp được xử lý theo quy định của pháp luật về phí, lệ phí."
