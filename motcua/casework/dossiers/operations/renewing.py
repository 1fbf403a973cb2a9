"""A draft goes over to the version of its procedure that is in force by now; nothing is lost."""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.forms.api import Form, with_reckoned
from motcua.casework.procedures import api as procedures
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .drafts import own_draft, saved


@work.story
def renew_draft(token: str, *, by: Actor, at: datetime) -> Sequence[str] | None:
    """Bind the draft to the version in force, answers and files as they are.

    Answers with the questions that are new or asked otherwise; None if nothing had to be done.
    Raises: NoSuchDraft, DossierError once filed.
    """
    draft = own_draft(token, by)
    before = procedures.definition_of(draft.procedure_version_id)
    found = procedures.find_in_force(before.code, local_day(at))
    if found is None or found.version_id == draft.procedure_version_id:
        return None
    after = found.definition
    draft.procedure_version_id = found.version_id
    if draft.case_code not in {case.code for case in after.cases}:
        draft.case_code = after.cases[0].code
    if after.form is not None:
        draft.answers = with_reckoned(after.form, draft.answers)
    saved(draft, "procedure_version_id", "case_code", "answers", at=at)
    return _asked_anew(before.form, after.form)


def _asked_anew(before: Form | None, after: Form | None) -> list[str]:
    known = set(before.all_fields()) if before else set()
    return [field.label for field in (after.all_fields() if after else ()) if field not in known]
