"""Post in public what a step says, as soon as it opens.

Source: docs/law/field-work.md
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.models import Dossier, DossierStep, Posting
from motcua.casework.dossiers.queries.outcomes import filled, spoken
from motcua.casework.procedures.api import Definition
from motcua.lib import work

from .telling import part_seq

_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8,}")
_LONGEST_TITLE = 300


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


def covered(text: str) -> str:
    """Return the text with every number covered that could be a person's."""
    return _LONG_NUMBER.sub(lambda found: "•" * len(found[0]), text)
