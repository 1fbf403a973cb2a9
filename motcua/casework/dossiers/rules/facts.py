"""What conditions of a version may ask of one dossier: its answers, and how and when it came."""

from collections.abc import Mapping
from datetime import date
from typing import Any


def facts_for(
    answers: Mapping[str, Any], *, channel: str, case_code: str, on: date | None, authority: str
) -> dict[str, Any]:
    """Return the answers with `channel`, `case`, `filed_on` and `authority` beside them."""
    return {
        **answers,
        "channel": channel,
        "case": case_code,
        "filed_on": on,
        "authority": authority,
    }
