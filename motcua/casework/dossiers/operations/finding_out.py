"""Keep what a visit or a meeting found, by the version's own list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.models import Dossier, StepFinding
from motcua.casework.forms.api import check_fields, clean_answers
from motcua.casework.procedures import api as procedures
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .telling import part_seq


def keep_findings(  # noqa: PLR0913 -- what, about which part of which step
    dossier: Dossier,
    step_code: str,
    about_seq: int,
    typed: Mapping[str, Any],
    *,
    index: int,
    is_partial: bool = False,
    by: Actor,
    at: datetime,
) -> dict[str, Any]:
    """Hand over what was found, checked like a form; return it clean.

    What `is_partial` may leave the rest of the list open: a meeting that could not be held.
    Nothing is kept where the version lists nothing for the step.

    Raises: BadInput naming the first field that is missing or wrong.
    """
    definition = procedures.definition_of(dossier.procedure_version_id)
    fields = definition.findings.get(step_code, ())
    if not fields:
        return {}
    found = clean_answers(fields, typed)
    asked = [field for field in fields if field.name in found or not is_partial]
    for name, words in check_fields(asked, found).items():
        raise BadInput(words, field=name)
    work.add(
        StepFinding(
            dossier_id=dossier.pk,
            seq=part_seq(dossier, index),
            step_code=step_code,
            about_seq=about_seq,
            found=found,
            at=at,
            by_name=by.name,
        )
    )
    return found
