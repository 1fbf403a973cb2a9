"""Signatures as people read them: the word for a verdict, and the badge of an issued paper."""

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.channels.kit.words import stamp
from motcua.foundation.signing.api import Indication, OwnedPaper, PaperState

_TONES = {PaperState.IN_FORCE: "ok", PaperState.CORRECTED: "soon", PaperState.EXPIRED: "soon"}


class VerdictShown(NamedTuple):
    """A verdict in two or three words, and its tone."""

    word: str | Promise
    tone: str


_VERDICTS = {
    Indication.PASSED: VerdictShown(_("Hợp lệ"), "ok"),
    Indication.INDETERMINATE: VerdictShown(_("Chưa kết luận được"), "soon"),
    Indication.FAILED: VerdictShown(_("Không hợp lệ"), "late"),
    Indication.UNSIGNED: VerdictShown(_("Không có chữ ký số"), "neutral"),
}


def verdict_shown(indication: Indication) -> VerdictShown:
    """Return how pages show what a signature, or a whole file, is worth."""
    return _VERDICTS[indication]


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
