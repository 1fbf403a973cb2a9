"""Search by code or name; whoever searches leaves a trace of it.

Source: docs/law/one-stop.md
"""

from datetime import datetime

from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.queries.searching import found_by_name
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.text import tidy

_LONGEST = 100


@work.story
def search_dossiers(text: str, *, by: Actor, at: datetime, limit: int = 50) -> list[Dossier]:
    """Return the newest dossiers with these words in a name, of those the actor may see.

    Words with tones find exactly these tones first; without tones they find all.
    Costs: at most three statements.
    """
    asked = tidy(text)[:_LONGEST]
    if not asked:
        return []
    audit.record_access("dossiers.search", f"search:{asked}", by=by, at=at)
    return found_by_name(by, asked, limit=limit)
