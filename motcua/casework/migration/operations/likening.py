"""Questions whether an applicant is somebody we know: asked by runs, answered by people.

An answer is used by the next run through a table with that row.

Source: docs/law/migration.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.migration.choices import LikenessState
from motcua.casework.migration.errors import NoSuchSource, RunBusy
from motcua.casework.migration.models import Likeness, Run, Source
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor

from .matching import Like

_ASK = """
INSERT INTO migration_likeness
  (source_id, ref, person_id, told, state, asked_at, answered_by_name)
SELECT %s, x.ref, x.person_id, x.told, 'asked', %s, ''
FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS x(ref, person_id, told)
ON CONFLICT (source_id, ref, person_id) DO UPDATE SET
  told = EXCLUDED.told, state = 'asked', asked_at = EXCLUDED.asked_at, answered_at = NULL,
  answered_by_name = ''
WHERE migration_likeness.told <> EXCLUDED.told
"""


def ask_about(likes: Sequence[Like], run: Run, *, at: datetime) -> None:
    """Ask in the story of a batch, once for each row and person, anew where the row has changed."""
    alike = {(one.ref, one.person_id): one.told for one in likes}
    if alike:
        refs, ids = zip(*alike, strict=True)
        work.put(_ASK, [run.source_id, at, list(refs), list(ids), list(alike.values())])


@work.story
def answer_likeness(number: int, *, is_same: bool, by: Actor, at: datetime) -> Likeness:
    """Say whether the applicant of a row is that person; said otherwise later, that holds.

    Raises: NotAllowed, NoSuchSource, RunBusy if the row is already said to be somebody else.
    """
    by.require(Power.MIGRATE_DATA)
    try:
        source = work.lock(Source, id=Likeness.objects.get(pk=number).source_id)
        found = work.lock(Likeness, id=number)
    except Likeness.DoesNotExist as error:
        raise NoSuchSource("Không tìm thấy câu hỏi này.") from error
    same = Likeness.objects.filter(
        source_id=found.source_id, ref=found.ref, state=LikenessState.SAME
    )
    if is_same and same.exclude(pk=found.pk).exists():
        raise RunBusy("Dòng này đã được nói là một người khác; hãy đổi câu trả lời kia trước.")
    found.state = LikenessState.SAME if is_same else LikenessState.OTHER
    found.answered_at, found.answered_by_name = at, by.name
    work.update(found, "state", "answered_at", "answered_by_name")
    detail = {"ref": found.ref, "person": found.person_id, "same": is_same}
    subject = f"migration:{source.code}"
    audit.record("migration.person_answered", subject, by=by, at=at, detail=detail)
    return found
