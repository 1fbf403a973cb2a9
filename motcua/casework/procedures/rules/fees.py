"""Fees and charges in published words."""

import re

from motcua.casework.procedures.choices import Doubt, FeeKind
from motcua.casework.procedures.rules.published import PublishedFee, Reason
from motcua.casework.procedures.rules.wording import clean, said

FREE = "Miễn phí"
LEAST_VND = 1000

_AMOUNT = re.compile(r"(\d[\d.,]*) *(\D*)")
_DONG = re.compile(r"(?:việt nam )?đồng|vnđ|vnd|đ", re.IGNORECASE)
_NOTHING_TO_PAY = re.compile(
    r"\W*(?:không|chưa)(?: (?:có|quy định|thu|phải nộp|mất)(?: (?:phí|lệ phí|phí, lệ phí))*)?\W*"
    r"|\W*miễn(?: phí| lệ phí| thu)*\W*",
    re.IGNORECASE,
)
_KIND = re.compile(r"\b(lệ\s+phí|phí)\b", re.IGNORECASE)
_EXEMPTION = re.compile(r"\bmiễn(?:\s+giảm|,\s+giảm)?\s+(?:lệ\s+)?phí\b", re.IGNORECASE)


def read_fee(cell: str, words: str) -> tuple[tuple[PublishedFee, ...], tuple[Reason, ...]]:
    """Read one fee cell and the words in brackets behind it.

    “Miễn phí” is nothing to pay only if no other words stand behind it: the sources write it
    wherever the amount is left to a council, a circular or the words themselves.

    Source: docs/law/procedure-catalogue.md
    """
    cell, words = said(cell), said(words)
    if not cell and not words:
        return (), ()
    if cell in {"", FREE}:
        return _read_free(words)
    match = _AMOUNT.fullmatch(cell)
    if not match:
        return (PublishedFee(kind_of(words), None, joined(cell, words)),), ()
    if not _DONG.fullmatch(match[2].strip()):
        return (PublishedFee(kind_of(words), None, joined(cell, words)),), ()
    return _read_dong(cell, int(re.sub(r"\D", "", match[1])), words)


def kind_of(words: str) -> FeeKind | None:
    """Return the kind named first; an exemption names none."""
    match = _KIND.search(_EXEMPTION.sub("", words))
    if not match:
        return None
    return FeeKind.FEE if match[1].lower() == "phí" else FeeKind.CHARGE


def joined(cell: str, words: str) -> str:
    return clean(f"{cell} ({words})" if words else cell)


def _read_free(words: str) -> tuple[tuple[PublishedFee, ...], tuple[Reason, ...]]:
    if not words or _NOTHING_TO_PAY.fullmatch(words):
        return (PublishedFee(kind_of(words), 0, words or FREE),), ()
    return (PublishedFee(kind_of(words), None, words),), ()


def _read_dong(
    cell: str, amount: int, words: str
) -> tuple[tuple[PublishedFee, ...], tuple[Reason, ...]]:
    kind = kind_of(words)
    if amount >= LEAST_VND:
        return (PublishedFee(kind, amount, joined(cell, words)),), ()
    if amount == 0:
        return _read_free(words)
    fee = PublishedFee(kind, None, joined(cell, words))
    return (fee,), (Reason(Doubt.FEE_BELOW_1000, fee.words, _thousands(amount, words)),)


def _thousands(amount: int, words: str) -> str:
    """Return the amount a thousand times as large, if the words state it."""
    meant = rf"(?<![\d.,]){amount}[.,]000(?![\d.,]\d)"
    return f"{amount}.000 đồng" if re.search(meant, words) else ""
