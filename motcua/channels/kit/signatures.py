"""Signatures as people read them: of an issued paper, and of a file that somebody handed in."""

from datetime import datetime
from typing import Any, NamedTuple

from motcua.channels.kit.words import stamp
from motcua.foundation.files import api as files
from motcua.foundation.files.api import StoredFile
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Indication, OwnedPaper, PaperState

_TONES = {PaperState.IN_FORCE: "ok", PaperState.CORRECTED: "soon", PaperState.EXPIRED: "soon"}
_WORDS = {
    Indication.PASSED: ("Hợp lệ", "ok"),
    Indication.INDETERMINATE: ("Chưa kết luận được", "soon"),
    Indication.FAILED: ("Không hợp lệ", "late"),
    Indication.UNSIGNED: ("Không có chữ ký số", "neutral"),
}


def badge_of(paper: OwnedPaper | None) -> dict[str, Any] | None:
    """Return what the component `signature_badge` shows; None where nothing is signed digitally."""
    if paper is None:
        return None
    return {
        "word": paper.state.label,
        "tone": _TONES.get(paper.state, "late"),
        "href": paper.address,
        "signers": [
            f"{one.role}: {', '.join(filter(None, (one.name, one.title)))}, {stamp(one.at)}"
            for one in paper.signers
        ],
        "reasons": list(paper.reasons),
    }


class SignatureRow(NamedTuple):
    """One signature: who, whether trusted and why, when, and what came after it."""

    who: str
    word: str
    tone: str
    words: str
    rows: list[dict[str, object]]
    changes: tuple[str, ...]
    warnings: tuple[str, ...]


class SignaturesShown(NamedTuple):
    """What the signatures of one file are worth."""

    word: str
    tone: str
    words: str
    signatures: list[SignatureRow]
    unreadable: tuple[str, ...]
    warnings: tuple[str, ...]


def signatures_shown(stored: StoredFile, at: datetime) -> SignaturesShown:
    """Return what the signatures of a stored file are worth now.

    Raises: FileLocked, ExaminersBusy, SiteBusy.
    Costs: four queries and a tenth of a second, ten seconds at most.
    """
    with requests.slow_place(), files.open_file(stored) as content:
        report = signing.examine(content.read(), at=at)
    word, tone = _WORDS[report.verdict.indication]
    return SignaturesShown(
        word=word,
        tone=tone,
        words=report.verdict.words,
        signatures=[_row(one) for one in report.signatures],
        unreadable=report.unreadable,
        warnings=report.warnings,
    )


def _row(one: signing.SignatureShown) -> SignatureRow:
    word, tone = _WORDS[one.verdict.indication]
    rows: list[dict[str, object]] = [
        {"key": "Tin nơi cấp chứng thư", "value": one.trust.why},
        {"key": "Tổ chức", "value": one.organisation or "không ghi"},
        {
            "key": "Giờ ghi trong chữ ký",
            "value": stamp(one.claimed_at) if one.claimed_at else "không ghi",
        },
        {
            "key": "Giờ được chứng minh",
            "value": stamp(one.proven_at) if one.proven_at else "không có dấu thời gian",
        },
        {"key": "Chứng thư lúc ký", "value": one.then},
        {"key": "Chứng thư bây giờ", "value": one.now},
        {"key": "Chữ ký bao phủ", "value": one.covers},
    ]
    return SignatureRow(
        who=one.signer or "Không rõ tên",
        word=word,
        tone=tone,
        words=one.verdict.words,
        rows=rows,
        changes=one.changes,
        warnings=one.warnings,
    )
