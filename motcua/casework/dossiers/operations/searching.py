"""Find dossiers by code, personal number or names; who searched for people leaves a trace.

Source: docs/law/one-stop.md
"""

import re
from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.models import Dossier, DossierParty, DossierScope
from motcua.casework.dossiers.queries.lists import in_order
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.foundation.people import api as people
from motcua.foundation.search import api as search
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.paging import PAGE_SIZE, Cursor, Page
from motcua.lib.text import tidy

from .indexing import KIND, agency_roots

_NUMBER = re.compile(r"^(\d{9}|\d{12})$")
_AT_ONCE = 200
_MOST_LOOKS = 10
_LONGEST = 100
_MOST_UNITS = 4


@work.story
def search_dossiers(
    text: str,
    *,
    by: Actor,
    at: datetime,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
) -> Page[Dossier]:
    """Return what the actor may see of what fits, the newest first; very words before folded ones.

    A whole code goes to its index, nine or twelve digits to the person with that number, all else
    to the names of those who apply, file, or are concerned. What finds nobody and has a digit is
    looked for among the answers by which a form lets its dossiers be found, word for word.

    Raises: NotAllowed for who may not search for people.
    Costs: a code two statements; a number four; a common name three; names two or three for each
    look, of a page (twice a page where not all may be seen) and then of 200 hits; answers two more.
    """
    typed = tidy(text)[:_LONGEST]
    code = numbering.parse_dossier_code(typed)
    if code is not None:
        return Page(_by_code(by, typed.upper()))
    if not typed:
        return Page(())
    by.require(Power.SEARCH_PEOPLE)
    digits = people.tidy_number(typed)
    is_number = _NUMBER.match(digits) is not None
    found = _by_number(by, digits) if is_number else _by_names(by, typed, after, limit)
    what = "number" if is_number else "name"
    if not found.rows and after is None and any(letter.isdigit() for letter in typed):
        found, what = _by_answer(by, typed), "answer"
    detail = {"by": what, "found": len(found.rows)}
    audit.record_access("dossiers.search", "search:dossiers", by=by, at=at, detail=detail)
    return found


def _by_code(actor: Actor, code: str) -> list[Dossier]:
    dossier = Dossier.objects.filter(code=code).first()
    if dossier is None or not access.may_see(DossierScope, actor, dossier.pk):
        return []
    return [dossier]


def _by_number(actor: Actor, digits: str) -> Page[Dossier]:
    person = people.find_person_by_number(digits)
    if person is None:
        return Page(())
    own = Dossier.objects.filter(applicant_person_id=person.pk).order_by("-sort_at")
    named = DossierParty.objects.filter(person_id=person.pk).order_by("-dossier_id")
    keys = {*own.values_list("pk", flat=True)[:_AT_ONCE]}
    keys.update(named.values_list("dossier_id", flat=True)[:_AT_ONCE])
    visible = access.visible_among(DossierScope, actor, keys)
    found = in_order(sorted(visible))
    return Page(sorted(found, key=lambda dossier: (dossier.sort_at, dossier.pk), reverse=True))


# The names of such fields are few: each is jumped to, then looked up with the words, by one index.
_ANSWERED = """
WITH RECURSIVE f(field) AS (
  (SELECT a.field FROM dossiers_answerfield a ORDER BY a.field LIMIT 1)
  UNION ALL
  SELECT (SELECT a.field FROM dossiers_answerfield a WHERE a.field > f.field
          ORDER BY a.field LIMIT 1)
  FROM f WHERE f.field IS NOT NULL
)
SELECT DISTINCT a.dossier_id FROM f CROSS JOIN LATERAL (
  SELECT x.dossier_id FROM dossiers_answerfield x
  WHERE x.field = f.field AND x.text = ANY(%s) LIMIT %s
) a WHERE f.field IS NOT NULL
"""


def _by_answer(actor: Actor, text: str) -> Page[Dossier]:
    """Return what has this very answer: the number of a passport, of a plate, of a certificate."""
    rows = work.fetch(_ANSWERED, [[text, text.upper()], _AT_ONCE])
    visible = access.visible_among(DossierScope, actor, [pk for (pk,) in rows])
    found = in_order(sorted(visible))
    return Page(sorted(found, key=lambda dossier: (dossier.sort_at, dossier.pk), reverse=True))


def _by_names(actor: Actor, text: str, after: Cursor | None, limit: int) -> Page[Dossier]:
    scope = None if actor.sees_all else agency_roots(actor.unit_ids)
    if scope and after is None and (found := _newest_by_names(actor, text, scope, limit)):
        return found
    hits: list[search.Hit] = []
    place = after
    for look in range(_MOST_LOOKS):
        few = limit + 1 if actor.sees_all else 2 * limit + 1
        most = _AT_ONCE if look else min(_AT_ONCE, few)
        page = search.find(KIND, text, scope_ids=scope, limit=most, after=place)
        hits += _visible(actor, page.rows)
        place = page.next
        if place is None or len(hits) > limit:
            break
    rows = in_order([hit.subject_id for hit in hits[:limit]])
    rows = _not_kept_from(actor, rows)
    return Page(rows, next=hits[limit - 1].place if len(hits) > limit else place)


def _newest_by_names(actor: Actor, text: str, scope: set[int], limit: int) -> Page[Dossier] | None:
    """Return the first page of a common name from the newest dossiers the actor sees."""
    if len(actor.scope_ids) > _MOST_UNITS:  # the newest of each would be read
        return None

    def newest(most: int) -> Sequence[int]:
        return access.page(DossierScope, actor, limit=most).rows

    found = search.find_newest(KIND, text, scope_ids=scope, newest=newest, limit=limit)
    if found is None:
        return None
    return Page(in_order([hit.subject_id for hit in found.rows]), next=found.next)


def _not_kept_from(actor: Actor, rows: Sequence[Dossier]) -> list[Dossier]:
    """Leave out what is kept closely also from who sees the whole province."""
    close = [dossier.pk for dossier in rows if dossier.secrecy] if actor.sees_all else []
    seen = access.visible_among(DossierScope, actor, close)
    return [dossier for dossier in rows if dossier.pk not in close or dossier.pk in seen]


def _visible(actor: Actor, hits: Sequence[search.Hit]) -> list[search.Hit]:
    if actor.sees_all:
        return list(hits)
    visible = access.visible_among(DossierScope, actor, [hit.subject_id for hit in hits])
    return [hit for hit in hits if hit.subject_id in visible]
