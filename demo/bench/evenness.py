"""What must be true of two installations after a replay; asked in pieces, however many there are.

Each piece holds a thousand documents; of each only a hash leaves the database.
"""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from .ends import End

PIECE = 1000
_CAME = "SELECT count(DISTINCT document_ref) FROM exchange_envelope"
_DOCUMENTS = "SELECT count(*) FROM documents_document"
_SENT = "SELECT count(*) FROM exchange_envelope"
_NOT_KNOWN = """
SELECT 'not known as delivered: ' || count(*) FROM exchange_enveloperecipient
WHERE transport <> 'delivered' OR status = '' HAVING count(*) > 0
"""
_BY_RECEIPT = """
SELECT count(*) FROM exchange_enveloperecipient r WHERE EXISTS (
  SELECT FROM exchange_exchangereceipt x WHERE x.recipient_id = r.id)
"""
_GAPS = """
SELECT kind || ' numbers ' || min(number) || ' to ' || max(number) || ' are ' || count(*)
FROM exchange_envelopearrival GROUP BY kind
HAVING min(number) <> 1 OR max(number) <> count(*)
"""
_TWICE = """
SELECT 'came twice: ' || document_ref FROM exchange_envelope
GROUP BY document_ref HAVING count(*) > 1 LIMIT 5
"""
_TWO_DOCUMENTS = """
SELECT 'two documents of one message: ' || envelope FROM documents_document
GROUP BY envelope HAVING count(*) > 1 LIMIT 5
"""
_OPEN = """
SELECT 'an arrival is ' || state || ': ' || words FROM exchange_envelopearrival
WHERE state NOT IN ('read', 'known') LIMIT 5
"""
_STUCK = """
SELECT 'a delivery is ' || state || ': ' || consumer FROM outbox_delivery
WHERE state = 'dead' LIMIT 5
"""
_JOURNAL = f"""
SELECT (n - 1) / {PIECE}, md5(string_agg(n || ' ' || code, ',' ORDER BY n))
FROM (SELECT substr(owner, 8)::int AS n, code FROM exchange_envelope) AS sent
GROUP BY 1 ORDER BY 1
"""  # noqa: S608 -- our own number
_CONTENTS = f"""
SELECT (n - 1) / {PIECE}, md5(string_agg(n || ' ' || sha256, ',' ORDER BY n)) FROM (
  SELECT split_part(split_part(e.document_ref, ',', 3), '/', 1)::int AS n, s.sha256
  FROM exchange_envelope e JOIN exchange_envelopefile f ON f.envelope_id = e.id
  JOIN files_storedfile s ON s.id = f.file_id
) AS held GROUP BY 1 ORDER BY 1
"""  # noqa: S608 -- our own number


def prove(first: End, second: End, journal: Path, whole: int) -> dict[str, Any]:
    """Return figures and every offence against “once, whole, in order, known”."""
    figures = {
        "sent": first.number(_SENT),
        "came": second.number(_CAME),
        "became": second.number(_DOCUMENTS),
    }
    offences = [
        f"{name}: {figures[name]} not {whole}" for name in figures if figures[name] != whole
    ]
    offences += _unlike_journal(first, journal, whole)
    offences += first.rows(_NOT_KNOWN)
    for end in (first, second):
        offences += end.rows(_GAPS) + end.rows(_OPEN) + end.rows(_STUCK)
        if end.number("SELECT (current_setting('fsync') = 'on')::int") != 1:
            offences.append("fsync is off: a kill proves nothing")
    offences += second.rows(_TWICE) + second.rows(_TWO_DOCUMENTS)
    if first.rows(_CONTENTS) != second.rows(_CONTENTS):
        offences.append("the contents that came are not those that were sent")
    known = first.number(_BY_RECEIPT)  # of the others the receiver's status message told it
    return {**figures, "known_by_receipt": known, "offences": offences[:20]}


def _unlike_journal(first: End, journal: Path, whole: int) -> list[str]:
    """Return where the database does not hold what the sender was told, as it was told."""
    kept = [f"{piece}|{digest}" for piece, digest in _pieces(journal)]
    held = first.rows(_JOURNAL)
    if len(kept) != -(-whole // PIECE):
        return [f"the journal has {len(kept)} pieces of {PIECE}"]
    return [f"unlike the journal: {one}" for one in kept if one not in held][:5]


def _pieces(journal: Path) -> Iterator[tuple[int, str]]:
    """Yield for each thousand lines of the journal which it is, and its hash."""
    with journal.open() as book:
        lines = (line.split() for line in book)
        for piece, group in groupby(lines, lambda line: (int(line[0]) - 1) // PIECE):
            said = ",".join(f"{number} {code}" for number, code in group)
            yield piece, hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()
