"""Remember how subjects are found."""

import json
from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

from motcua.foundation.search.ports import Entry, entries_of
from motcua.foundation.search.rules import terms_of
from motcua.lib import work

BATCH = 1_000
_ROW = "(%s, %s, %s, %s::bigint[], array_to_tsvector(%s::text[]), %s)"
_PUT = """
INSERT INTO search_entry (kind, subject_id, code, scope_ids, terms, sort_at) VALUES {rows}
ON CONFLICT (kind, subject_id) DO UPDATE SET
  code = excluded.code, scope_ids = excluded.scope_ids, terms = excluded.terms,
  sort_at = excluded.sort_at
"""
_PUT_ALL = """
INSERT INTO search_entry (kind, subject_id, code, scope_ids, terms, sort_at)
SELECT x.kind, x.subject_id, x.code, x.scope_ids, array_to_tsvector(x.terms), x.sort_at
FROM jsonb_to_recordset(%s::jsonb) AS x(kind text, subject_id bigint, code text,
  scope_ids bigint[], terms text[], sort_at timestamptz)
ON CONFLICT (kind, subject_id) DO UPDATE SET
  code = excluded.code, scope_ids = excluded.scope_ids, terms = excluded.terms,
  sort_at = excluded.sort_at
"""
_COLUMNS = ("kind", "subject_id", "code", "scope_ids", "terms", "sort_at")
_RESCOPE = """
UPDATE search_entry SET scope_ids = %s::bigint[]
WHERE kind = %s AND subject_id = %s AND scope_ids IS DISTINCT FROM %s::bigint[]
"""
_FORGET = "DELETE FROM search_entry WHERE kind = %s AND subject_id = %s"
_SWEEP = """
DELETE FROM search_entry
WHERE kind = %s AND subject_id > %s AND subject_id <= %s AND subject_id <> ALL(%s::bigint[])
"""
_BEYOND = "DELETE FROM search_entry WHERE kind = %s AND subject_id > %s"


def remember(entry: Entry) -> None:
    """Hand over how a subject is found, new or changed; call inside its story.

    Costs: one statement in the story's pipeline.
    """
    work.put(_PUT.format(rows=_ROW), _params(entry))


def remember_all(entries: Sequence[Entry]) -> None:
    """Hand over how many subjects are found, each once; call inside their story.

    Costs: one statement in the story's pipeline.
    """
    rows = [dict(zip(_COLUMNS, _params(entry), strict=True)) for entry in entries]
    if rows:
        work.put(_PUT_ALL, [json.dumps(rows, default=str)])


def rescope(kind: str, subject_id: int, scope_ids: Collection[int]) -> None:
    """Hand over who may find a subject from now on; call inside its story.

    Costs: one statement in the story's pipeline.
    """
    scope = sorted(scope_ids)
    work.put(_RESCOPE, [scope, kind, subject_id, scope])


def forget(kind: str, subject_id: int) -> None:
    """Hand over that a subject is not to be found any more; call inside its story."""
    work.put(_FORGET, [kind, subject_id])


def rebuild(kind: str) -> int:
    """Write every entry of a kind again from its room, and remove what the room no longer has.

    In batches of their own transactions, so that nobody waits; return how many entries there are.

    Raises: NoSuchSource.
    """
    entries = entries_of(kind)
    count, reached = 0, 0
    while batch := list(islice(entries, BATCH)):
        reached = _write_again(kind, reached, batch)
        count += len(batch)
    _sweep_beyond(kind, reached)
    return count


@work.story
def _write_again(kind: str, reached: int, batch: Sequence[Entry]) -> int:
    latest = batch[-1].subject_id
    work.put(_SWEEP, [kind, reached, latest, [entry.subject_id for entry in batch]])
    params = [value for entry in batch for value in _params(entry)]
    work.put(_PUT.format(rows=", ".join([_ROW] * len(batch))), params)
    return latest


@work.story
def _sweep_beyond(kind: str, reached: int) -> None:
    work.put(_BEYOND, [kind, reached])


def _params(entry: Entry) -> list[Any]:
    terms = terms_of(entry.kind, entry.text, entry.code, entry.marks)
    scope = sorted(entry.scope_ids)
    return [entry.kind, entry.subject_id, entry.code.upper(), scope, terms, entry.sort_at]
