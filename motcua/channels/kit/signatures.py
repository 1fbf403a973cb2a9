"""An issued paper as every channel shows it: who signed and sealed it, and whether it counts."""

from typing import Any

from motcua.channels.kit.words import stamp
from motcua.foundation.signing.api import OwnedPaper, PaperState

_TONES = {PaperState.IN_FORCE: "ok", PaperState.CORRECTED: "soon", PaperState.EXPIRED: "soon"}


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
