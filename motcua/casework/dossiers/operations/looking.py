"""Look at a dossier: whoever may see it, but its owner, leaves a trace of having looked.

Source: docs/law/one-stop.md
"""

from datetime import datetime

from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.queries.merging import WordDraft, word_draft
from motcua.casework.dossiers.queries.one import get_dossier_for
from motcua.casework.dossiers.queries.papers import paper_pdf
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor

from .rights import is_applicant


@work.story
def open_dossier(code: str, *, by: Actor, at: datetime, purpose: str = "view") -> Dossier:
    """Return the dossier if the actor may see it, and note who opened it, when and for what.

    Raises: NoSuchDossier.
    Costs: three statements.
    """
    dossier = get_dossier_for(by, code)
    _note(dossier, purpose, by=by, at=at)
    return dossier


@work.story
def print_paper(code: str, form: str, seq: int = 0, *, by: Actor, at: datetime) -> bytes:
    """Return an official paper as PDF and note who printed it. Raises: NoSuchDossier."""
    _note(get_dossier_for(by, code), "print", by=by, at=at)
    return paper_pdf(by, code, form, seq)


@work.story
def take_word_draft(code: str, outcome_code: str, *, by: Actor, at: datetime) -> WordDraft:
    """Return the Word template of an outcome filled for the dossier, and note who took it.

    Raises: NoSuchDossier, OutcomeMissing without a template.
    """
    _note(get_dossier_for(by, code), "print", by=by, at=at)
    return word_draft(by, code, outcome_code, at)


def _note(dossier: Dossier, purpose: str, *, by: Actor, at: datetime) -> None:
    if is_applicant(dossier, by):
        return
    audit.record_access(
        f"dossiers.{purpose}",
        f"dossier:{dossier.code}",
        by=by,
        at=at,
        person_id=dossier.applicant_person_id,
    )
