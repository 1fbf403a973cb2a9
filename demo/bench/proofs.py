"""What must be true of the data after whatever was killed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from motcua.casework.dossiers import api as dossiers
from motcua.foundation.numbering import api as numbering
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import now

Line = Mapping[str, str]
PROJECTION = "indicators.dossiers"
_FACTS = """
SELECT d.code, d.version, f.facts, f.seqs, t.traces
FROM dossiers_dossier d
LEFT JOIN (SELECT aggregate_id, count(*) AS facts, count(DISTINCT seq) AS seqs
           FROM outbox_fact WHERE aggregate = 'dossier' GROUP BY 1) f ON f.aggregate_id = d.id
LEFT JOIN (SELECT subject, count(*) AS traces FROM audit_entry
           WHERE action LIKE 'dossiers.%' GROUP BY 1) t ON t.subject = 'dossier:' || d.code
WHERE (d.version, d.version, d.version) IS DISTINCT FROM (f.facts, f.seqs, t.traces)
"""
_PARTS = """
SELECT d.code FROM dossiers_dossier d
WHERE NOT EXISTS (SELECT FROM dossiers_dossieranswers a WHERE a.dossier_id = d.id)
   OR NOT EXISTS (SELECT FROM dossiers_dossiermove m WHERE m.dossier_id = d.id)
   OR NOT EXISTS (SELECT FROM dossiers_dossierparty p WHERE p.dossier_id = d.id)
   OR NOT EXISTS (SELECT FROM dossiers_dossierpaper p WHERE p.dossier_id = d.id)
   OR NOT EXISTS (SELECT FROM dossiers_dossierscope s WHERE s.dossier_id = d.id)
   OR NOT EXISTS (
       SELECT FROM search_entry s WHERE s.kind = 'dossier' AND s.subject_id = d.id)
   OR (SELECT count(*) FROM dossiers_dossierstep s
       WHERE s.dossier_id = d.id AND s.closed_at IS NULL) <> (d.status = 'processing')::int
   OR (d.status IN ('resolved', 'returned')) <> EXISTS (
       SELECT FROM dossiers_dossieroutcome o WHERE o.dossier_id = d.id AND o.number <> '')
"""
_KEYS = "SELECT key, answer FROM requests_requestkey"
_SERIES = "SELECT key, latest FROM numbering_series"
_OUTCOMES = """
SELECT d.agency_id, date_part('year', o.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int,
       split_part(o.number, '/', 1)::int
FROM dossiers_dossieroutcome o JOIN dossiers_dossier d ON d.id = o.dossier_id
WHERE o.number <> ''
"""
_ROLLED_UP = """
SELECT unit_id, measure, day::text, value FROM indicators_rollup WHERE value <> 0
UNION ALL SELECT unit_id, measure, '', value FROM indicators_standing WHERE value <> 0
ORDER BY 1, 2, 3
"""
_FORGET = (
    "DELETE FROM indicators_rollup",
    "DELETE FROM indicators_standing",
    "DELETE FROM outbox_position WHERE consumer = %s",
)
_DELIVERIES = (
    "SELECT consumer, state, count(*) FROM outbox_delivery WHERE state <> 'done' GROUP BY 1, 2"
)


def prove(lines: Sequence[Line]) -> dict[str, Any]:
    """Return how much was looked at and what does not fit."""
    outbox.catch_up(at=now())
    while outbox.catch_up(at=now()):
        pass
    offences = [
        *_journal(lines),
        *_keys(lines),
        *_numbers(),
        *_chains(),
        *(f"{code}: parts missing, or an act half done" for (code,) in _rows(_PARTS)),
        *(f"{row[0]}: version, facts, traces {row[1:]}" for row in _rows(_FACTS)),
        *_projections(),
        *(f"deliveries {row}" for row in _rows(_DELIVERIES)),
    ]
    return {
        "dossiers": dossiers.Dossier.objects.count(),
        "moves": dossiers.DossierMove.objects.count(),
        "facts": _rows("SELECT count(*) FROM outbox_fact")[0][0],
        "series": len(_rows(_SERIES)),
        "fsync": _rows("SHOW fsync")[0][0],
        "offences": offences,
    }


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _journal(lines: Sequence[Line]) -> Iterator[str]:
    """Compare each promised act with the moves, both ways: none lost, none doubled."""
    promised = Counter((line["code"], line["act"]) for line in lines)
    moves = dossiers.DossierMove.objects.values_list("dossier__code", "act")
    done = Counter(moves)
    for code, act in sorted(promised.keys() | done.keys()):
        if promised[code, act] != done[code, act]:
            yield f"{code} {act}: promised {promised[code, act]}, done {done[code, act]}"


def _keys(lines: Sequence[Line]) -> Iterator[str]:
    promised = {line["key"]: line["code"] for line in lines if line["act"] == "file"}
    kept = dict(_rows(_KEYS))
    for key in sorted(promised.keys() | kept.keys()):
        if promised.get(key) != kept.get(key):
            yield f"{key}: promised {promised.get(key)}, kept {kept.get(key)}"


def _numbers() -> Iterator[str]:
    """Find gaps and repeats in every series."""
    used: dict[str, list[int]] = defaultdict(list)
    for code in dossiers.Dossier.objects.values_list("code", flat=True):
        parsed = numbering.parse_dossier_code(code)
        if parsed is None:
            yield f"{code}: no official code"
        else:
            used[f"dossier:{parsed.unit_code}:{parsed.day}"].append(parsed.number)
    for agency_id, year, number in _rows(_OUTCOMES):
        used[f"outcome:{agency_id}:{year}"].append(number)
    latest = dict(_rows(_SERIES))
    for key in sorted(used.keys() | latest.keys()):
        if sorted(used[key]) != list(range(1, latest.get(key, 0) + 1)):
            yield f"{key}: latest {latest.get(key)}, given {len(used[key])}"


def _chains() -> Iterator[str]:
    """Find dossiers whose version is not their number of moves, or whose chain is broken."""
    heads = {d.pk: d for d in dossiers.Dossier.objects.all()}
    moves = dossiers.DossierMove.objects.order_by("dossier_id", "seq").iterator()
    for dossier_id, group in groupby(moves, key=lambda move: move.dossier_id):
        chain, dossier = list(group), heads[dossier_id]
        if [move.seq for move in chain] != list(range(1, dossier.version + 1)):
            yield f"{dossier.code}: version {dossier.version}, {len(chain)} moves"
        if dossiers.verify_moves(chain) is not None or chain[-1].hash != dossier.latest_hash:
            yield f"{dossier.code}: the chain is broken"


def _projections() -> Iterator[str]:
    """Compare the figures with those counted anew from all facts, and leave them as they were."""
    told = _rows(_ROLLED_UP)
    consumer = outbox.registry.projections[PROJECTION]
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in _FORGET:
            cursor.execute(sql, [PROJECTION] if "%s" in sql else [])
        while outbox.run_projection(consumer):
            pass
        anew = _rows(_ROLLED_UP)
        transaction.set_rollback(True)
    if not told or told != anew:
        yield f"figures: {len(told)} rows, anew {len(anew)}, {set(told) ^ set(anew)}"
