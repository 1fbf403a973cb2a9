"""Keep what texts of procedures say in English."""

from collections.abc import Mapping
from datetime import datetime

from motcua.casework.procedures.models import EnglishText
from motcua.casework.procedures.rules.english import key_of_text
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.text import tidy

from .publishing import EVERYWHERE

LONGEST = 20_000
_RAISE = """
INSERT INTO procedures_englishversion AS v (id, version) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET version = v.version + 1
"""


@work.story
def translate_texts(english: Mapping[str, str], *, by: Actor, at: datetime) -> int:
    """Keep the English of Vietnamese texts; an empty one takes it away. Return how many changed.

    The English serves every procedure that says the same, and changes no version: only the
    Vietnamese text counts before the law.

    Raises: NotAllowed.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    wanted = {key_of_text(words): (tidy(words), tidy(said)) for words, said in english.items()}
    kept = dict(
        EnglishText.objects.select_for_update()
        .filter(key__in=wanted)
        .order_by("key")
        .values_list("key", "english")
    )
    changed = {key: pair for key, pair in wanted.items() if kept.get(key, "") != pair[1]}
    gone = [key for key, (_words, said) in changed.items() if not said]
    EnglishText.objects.filter(key__in=gone).delete()
    EnglishText.objects.bulk_create(
        [
            EnglishText(
                key=key,
                vietnamese=words[:LONGEST],
                english=said[:LONGEST],
                written_by_name=by.name,
                written_at=at,
            )
            for key, (words, said) in changed.items()
            if said
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["english", "written_by_name", "written_at"],
    )
    if changed:
        work.put(_RAISE, [])
        detail = {"texts": len(changed)}
        audit.record("procedures.translated", "procedures:english", by=by, at=at, detail=detail)
    return len(changed)
