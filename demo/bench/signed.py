"""What must be true of signatures and of the ledger after whatever was killed."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from motcua.foundation.files import api as files
from motcua.foundation.ledger import api as ledger
from motcua.foundation.signing import api as signing
from tools.verify_ledger import RIGHT, main

Line = Mapping[str, str]
_UNFINISHED = """
SELECT r.code, r.state, r.level, v.level, r.lift_error, r.latest_seq,
       (SELECT count(*) FROM signing_documentversion o WHERE o.request_id = r.id),
       (SELECT count(*) FROM signing_signedpaper p WHERE p.request_id = r.id)
FROM signing_signingrequest r
LEFT JOIN signing_documentversion v ON v.request_id = r.id AND v.seq = r.latest_seq
WHERE r.state <> 'completed' OR v.level IS DISTINCT FROM r.level
   OR (SELECT count(*) FROM signing_documentversion o WHERE o.request_id = r.id) <> r.latest_seq + 1
   OR (SELECT count(*) FROM signing_signedpaper p WHERE p.request_id = r.id) <> 1
"""
_TURNS = """
SELECT r.code, t.seq, t.state, count(a.id) FILTER (WHERE a.state = 'finished'),
       count(a.id) FILTER (WHERE a.ended_at IS NULL)
FROM signing_turn t JOIN signing_signingrequest r ON r.id = t.request_id
LEFT JOIN signing_signingattempt a ON a.turn_id = t.id GROUP BY 1, 2, 3
HAVING (t.state, count(a.id) FILTER (WHERE a.state = 'finished'),
        count(a.id) FILTER (WHERE a.ended_at IS NULL)) <> ('done', 1, 0)
"""
_VERSIONS = """
SELECT r.code, v.seq, v.file_id, p.sha256, v.seq = r.latest_seq
FROM signing_documentversion v JOIN signing_signingrequest r ON r.id = v.request_id
LEFT JOIN signing_signedpaper p ON p.request_id = r.id
ORDER BY r.code, v.seq
"""
_OUTCOMES = """
SELECT r.code, o.number FROM signing_signingrequest r
JOIN dossiers_dossier d ON 'dossier:' || d.code = split_part(r.owner, '#', 1)
JOIN dossiers_dossieroutcome o ON o.dossier_id = d.id
"""


def prove_signed(told: Sequence[Line], *, at: datetime) -> dict[str, Any]:
    """Return how many papers were looked at and what does not fit."""
    offences = [
        *(f"{row[0]}: not finished {row[1:]}" for row in _rows(_UNFINISHED)),
        *(f"{row[0]} turn {row[1]}: state, signed, underway {row[2:]}" for row in _rows(_TURNS)),
        *_numbers(told),
        *_kept_files(),
        *_documents(at),
        *_ledger(at),
    ]
    return {"papers": len(_rows("SELECT FROM signing_signedpaper")), "offences": offences}


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _numbers(told: Sequence[Line]) -> Iterator[str]:
    """Compare the numbers that clerks were told with those on the papers and in the dossiers."""
    asked = signing.SigningRequest.objects.all()
    given = {one.code: one.number_words for one in asked}
    printed = dict(_rows(_OUTCOMES))
    for line in told:
        if given.get(line["code"]) != line["number"]:
            yield f"{line['code']}: told {line['number']}, has {given.get(line['code'])}"
    for code, number in given.items():
        if printed.get(code) != number:
            yield f"{code}: number {number}, in the dossier {printed.get(code)}"
    doubled = [
        one for one, times in Counter(asked.values_list("agency_id", "number")).items() if times > 1
    ]
    yield from (f"number given twice: {one}" for one in doubled)


def _kept_files() -> Iterator[str]:
    """Find contents that are not what their name says; what never got a name counts for nothing."""
    for place in Path(settings.FILES_DIR, "kept").glob("??/??/*"):
        name, _, suffix = place.name.partition(".")
        if not suffix and hashlib.sha256(place.read_bytes()).hexdigest() != name:
            yield f"file {name} is not whole"


def _documents(at: datetime) -> Iterator[str]:
    """Find versions that do not continue the one before, and papers that do not pass."""
    before: tuple[str, bytes] = ("", b"")
    kept = files.StoredFile.objects.in_bulk()
    for code, seq, file_id, digest, is_latest in _rows(_VERSIONS):
        with files.open_file(kept[file_id]) as stream:
            content = stream.read()
        if seq > 1 and not (
            before[0] == code and content.startswith(before[1])
        ):  # the first ones are made anew, with fields
            yield f"{code} version {seq}: does not continue the one before"
        before = (code, content)
        if is_latest:
            yield from _examined(code, content, digest, at)


def _examined(code: str, content: bytes, digest: str | None, at: datetime) -> Iterator[str]:
    if hashlib.sha256(content).hexdigest() != digest:
        yield f"{code}: the paper's mark knows another file"
    report = signing.examine(content, at=at)
    if (report.verdict.indication, len(report.signatures)) != (signing.Indication.PASSED, 2):
        yield f"{code}: {report.verdict} with {len(report.signatures)} signatures"


def _ledger(at: datetime) -> Iterator[str]:
    """Seal and publish the rest, then compare everything, also from the published files alone."""
    for name in ledger.StreamName.values:
        while ledger.seal(name, at=at):
            pass
    ledger.anchor(at=at)
    while ledger.seal(ledger.StreamName.PROMISES, at=at):
        pass
    ledger.make_head(at=at + ledger.EVERY)
    ledger.publish(at=at)
    yield from (f"ledger {one.stream} {one.index}: {one.says}" for one in ledger.verify())
    with redirect_stdout(StringIO()) as said:
        answer = main([settings.LEDGER_DIR])
    if answer != RIGHT:
        yield f"published ledger: {said.getvalue()}"
