"""Post in public what a step says, from when it opens until it is closed.

Source: docs/law/field-work.md
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.models import Dossier, DossierStep, Posting
from motcua.casework.dossiers.queries.wording import filled, spoken
from motcua.casework.procedures.api import Definition
from motcua.lib import work
from motcua.lib.actor import Actor

from .telling import part_seq

_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8,}")
_LONGEST_TITLE, _LONGEST_NOTE = 300, 2000


def post_opened(
    dossier: Dossier,
    definition: Definition,
    opened: Sequence[DossierStep],
    *,
    at: datetime,
) -> None:
    """Post what the opened steps say; nothing where the version posts nothing.

    Personal numbers never get there: any run of nine digits or more is covered.
    """
    for index, row in enumerate(opened):
        spec = definition.postings.get(row.code)
        if spec is None:
            continue
        work.flush()  # what this very act keeps is told too
        values = {
            **spoken(definition, dossier),
            "applicant": dossier.applicant_name,
            "code": dossier.code,
        }
        work.add(
            Posting(
                dossier_id=dossier.pk,
                seq=part_seq(dossier, index),
                key=secrets.token_urlsafe(12),
                step_seq=row.seq,
                step_code=row.code,
                agency_id=dossier.agency_id,
                unit_id=row.unit_id,
                title=covered(filled(spec.title, values))[:_LONGEST_TITLE],
                body=[covered(filled(line, values)) for line in spec.body],
                places=spec.places,
                posted_at=at,
                until_at=row.due_at,
            )
        )


def post_until(ends: Sequence[tuple[int, int, datetime]]) -> None:
    """Let what steps post stay up until they now end: the dossier, the step's number, the end."""
    work.put(_UNTIL, [list(column) for column in zip(*ends, strict=True)])


def end_posting(step: DossierStep, note: str, *, by: Actor, at: datetime) -> None:
    """Take down what a step posted, with what its closing minutes conclude."""
    work.put(_END, [at, by.name, note[:_LONGEST_NOTE], step.dossier_id, step.seq])


_UNTIL = """
UPDATE dossiers_posting p SET until_at = x.until_at
FROM unnest(%s::bigint[], %s::int[], %s::timestamptz[]) AS x(dossier_id, step_seq, until_at)
WHERE p.dossier_id = x.dossier_id AND p.step_seq = x.step_seq AND p.ended_at IS NULL
"""
_END = (
    "UPDATE dossiers_posting SET ended_at = %s, ended_by_name = %s, end_note = %s"
    " WHERE dossier_id = %s AND step_seq = %s AND ended_at IS NULL"
)


def covered(text: str) -> str:
    """Return the text with every number covered that could be a person's."""
    return _LONG_NUMBER.sub(lambda found: "•" * len(found[0]), text)
