"""Find dossiers by the names of the people in them."""

from collections.abc import Callable

from motcua.casework.dossiers.models import Dossier
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.text import exact, fold, has_tones, words

from .lists import in_order

_SCOPE = """
  AND EXISTS (
    SELECT 1 FROM dossiers_dossierscope r
    WHERE r.dossier_id = w.dossier_id AND r.unit_id = ANY(%s) AND (r.secrecy = 0 OR r.unit_id < 0)
  )
"""
_OPEN = """
  AND EXISTS (SELECT 1 FROM dossiers_dossier o WHERE o.id = w.dossier_id AND o.secrecy = 0)
"""


def found_by_name(actor: Actor, text: str, *, limit: int) -> list[Dossier]:
    """Return the newest dossiers with all these words: those with the very tones come first.

    Costs: two statements, three for words with tones.
    """
    ids = _ids(actor, "folded_words", _query(text, fold), limit)
    if has_tones(text):
        very = _ids(actor, "exact_words", _query(text, exact), limit)
        ids = list(dict.fromkeys([*very, *ids]))[:limit]
    return in_order(ids)


def _query(text: str, key: Callable[[str], str]) -> str:
    quoted = ("'" + key(word).replace("\\", "").replace("'", "''") + "'" for word in words(text))
    return " & ".join(quoted)


def _ids(actor: Actor, column: str, query: str, limit: int) -> list[int]:
    if not query:
        return []
    scope = _OPEN if actor.sees_all else _SCOPE
    units = [] if actor.sees_all else [list(actor.scope_ids)]
    sql = (
        f"SELECT w.dossier_id FROM dossiers_search w WHERE w.{column} @@ %s::tsquery"  # noqa: S608 -- one of two columns of ours
        f"{scope} ORDER BY w.sort_at DESC, w.dossier_id DESC LIMIT %s"
    )
    return [row[0] for row in work.fetch(sql, [query, *units, limit], prepare=False)]
