"""Put corrected answers in the place of earlier ones, and so the words by which one is found."""

from collections.abc import Mapping
from typing import Any

from motcua.casework.dossiers.errors import AnswersWrong
from motcua.casework.dossiers.models import Dossier, DossierAnswers
from motcua.casework.forms.api import Form, check_answers
from motcua.casework.procedures.api import Definition
from motcua.lib import work

from .filing import add_searchable_answers


def answers_of(dossier: Dossier) -> DossierAnswers | None:
    """Return what the form was answered with, locked until the story ends."""
    try:
        return work.lock(DossierAnswers, dossier_id=dossier.pk)
    except DossierAnswers.DoesNotExist:
        return None


def put_answers(
    dossier: Dossier,
    definition: Definition,
    kept: DossierAnswers | None,
    corrected: Mapping[str, Any],
) -> dict[str, dict[str, Any]]:
    """Put all answers as they are now; return what each changed one was, and what it is.

    What was wrong before and is left as it was is no ground to refuse the rest.
    Raises: AnswersWrong.
    """
    old = kept.answers if kept is not None else {}
    changed = {
        name: {"was": old.get(name), "now": corrected.get(name)}
        for name in {**old, **corrected}
        if old.get(name) != corrected.get(name)
    }
    if definition.form is not None and (wrong := new_complaints(definition.form, old, corrected)):
        raise AnswersWrong(wrong)
    if kept is None:
        work.add(DossierAnswers(dossier_id=dossier.pk, answers=dict(corrected)))
    else:
        kept.answers = dict(corrected)
        work.update(kept, "answers")
    work.put(_DROP_ANSWER_FIELDS, [dossier.pk, dossier.version + 1])
    add_searchable_answers(dossier, definition, corrected)
    return changed


def new_complaints(
    form: Form, old: Mapping[str, Any], corrected: Mapping[str, Any]
) -> dict[str, str]:
    """Return what is wrong with the answers as they are now, but was not, or was changed."""
    before = check_answers(form, old)
    return {
        name: text
        for name, text in check_answers(form, corrected).items()
        if name not in before or old.get(_whole(name)) != corrected.get(_whole(name))
    }


def _whole(name: str) -> str:
    """Return the field of the form a complaint is about: “group” for “group.0.field”."""
    return name.split(".", maxsplit=1)[0]


_DROP_ANSWER_FIELDS = "DELETE FROM dossiers_answerfield WHERE dossier_id = %s AND seq / 1000 < %s"
