"""What was filed from spreadsheets, and how the template of one begins."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.dossiers.errors import NoSuchDraft
from motcua.casework.dossiers.models import BulkFiling, Dossier, Draft
from motcua.casework.dossiers.rules.bulk import Column, columns_of
from motcua.casework.forms.api import in_words
from motcua.casework.procedures.api import Definition
from motcua.lib.actor import Actor
from motcua.lib.tongue import said

from .drafts import is_known_to


def bulk_for(actor: Actor, token: str) -> BulkFiling:
    """Return the actor's own filing from a spreadsheet. Raises: NoSuchDraft."""
    found = BulkFiling.objects.filter(token=token, account_id=actor.id).first()
    if found is None or not _is_known(found, actor):
        raise NoSuchDraft(said("Không tìm thấy lần nộp này trong tài khoản của ông/bà."))
    return found


def _is_known(bulk: BulkFiling, actor: Actor) -> bool:
    """Say whether an agent may know of it: as of the draft beside which it lies."""
    if actor.agent is None:
        return True
    draft = Draft.objects.filter(pk=bulk.draft_id).first()
    return draft is not None and is_known_to(actor, draft)


def bulk_beside(actor: Actor, draft_id: int) -> BulkFiling | None:
    """Return the spreadsheet that lies beside a draft of the actor's."""
    return BulkFiling.objects.filter(draft_id=draft_id, account_id=actor.id).first()


def columns_for(definition: Definition) -> list[Column]:
    """Return the columns of the spreadsheet of a version."""
    return columns_of(definition.form) if definition.form else []


def words_of_row(columns: Sequence[Column], answers: Mapping[str, Any]) -> list[str]:
    """Return a row as people read it, cell by cell."""
    cells = []
    for column in columns:
        value = column.answer_of(answers)
        cells.append("" if value in (None, "") else in_words(column.field, value))
    return cells


def filed_in_bulk(bulk: BulkFiling) -> list[Dossier]:
    """Return the dossiers that were filed, in the order of the rows. Costs: one query."""
    found = {one.code: one for one in Dossier.objects.filter(code__in=bulk.codes)}
    return [found[code] for code in bulk.codes if code in found]
