"""The library as its keepers see it, and what it offers for one act on one dossier."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from motcua.casework.reasons.choices import ReasonKind
from motcua.casework.reasons.errors import NoSuchReason
from motcua.casework.reasons.models import ReasonUse, ReasonVersion, StandardReason
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import Actor

YEAR = timedelta(days=365)
MOST_OFFERED = 40
_OFFERED = f"""
SELECT r.id, v.id, v.title, v.text, v.legal_basis, r.paper_code, r.agency_id, r.procedure_id,
       (SELECT count(*) FROM (
          SELECT 1 FROM reasons_reasonuse u WHERE u.reason_id = r.id ORDER BY u.id DESC LIMIT 500
        ) AS latest) AS uses
FROM reasons_standardreason r JOIN reasons_reasonversion v ON v.reason_id = r.id
WHERE r.retired_at IS NULL AND r.kind = %s
  AND (r.agency_id IS NULL OR r.agency_id = ANY(%s::bigint[]))
  AND (r.procedure_id IS NULL OR r.procedure_id = %s)
  AND v.valid_from <= %s AND (v.valid_to IS NULL OR v.valid_to >= %s)
ORDER BY (r.paper_code <> '' AND r.paper_code = ANY(%s::text[])) DESC,
         (r.procedure_id IS NOT NULL) DESC, (r.agency_id IS NOT NULL) DESC, uses DESC, r.id
LIMIT {MOST_OFFERED}
"""  # noqa: S608 -- our own constant
_COUNTS = (
    "SELECT reason_id, count(*), count(*) FILTER (WHERE is_changed) FROM reasons_reasonuse"
    " WHERE reason_id = ANY(%s) AND used_on >= %s GROUP BY reason_id"
)


class Suggestion(NamedTuple):
    """One reason that is offered; those of a paper that is missing come first."""

    reason_id: int
    version_id: int
    title: str
    text: str
    legal_basis: str
    paper_code: str
    agency_id: int | None
    procedure_id: int | None
    uses: int


class InLibrary(NamedTuple):
    """One reason of the library with its newest words and how often it was used in a year."""

    reason: StandardReason
    version: ReasonVersion
    uses: int
    changed: int


class LibraryFilter(NamedTuple):
    """What a list of the library is narrowed to."""

    kind: str = ""
    agency_id: int | None = None
    procedure_id: int | None = None
    retired: bool = False


def suggestions(
    kind: ReasonKind,
    *,
    procedure_id: int,
    agency_ids: Collection[int],
    missing: Collection[str],
    on: date,
) -> list[Suggestion]:
    """Return what the library offers: for a missing paper first, then the procedure's.

    Costs: one prepared statement.
    """
    params = [str(kind), list(agency_ids), procedure_id, on, on, list(missing)]
    return [Suggestion._make(row) for row in work.fetch(_OFFERED, params)]


def library_for(
    actor: Actor,
    on: date,
    *,
    only: LibraryFilter | None = None,
    after: int | None = None,
    limit: int = 50,
) -> list[InLibrary]:
    """Return the reasons the actor keeps, the newest first; `after` is the reason before.

    Raises: NotAllowed. Costs: three queries.
    """
    wanted = only or LibraryFilter()
    found = _kept_by(actor).filter(retired_at__isnull=not wanted.retired)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.agency_id is not None:
        found = found.filter(agency_id=wanted.agency_id)
    if wanted.procedure_id is not None:
        found = found.filter(procedure=wanted.procedure_id)
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found.select_related("procedure").order_by("-pk")[:limit])
    return _with_words(rows, on)


def _with_words(rows: Sequence[StandardReason], on: date) -> list[InLibrary]:
    keys = [one.pk for one in rows]
    newest: dict[int, ReasonVersion] = {}
    for version in ReasonVersion.objects.filter(reason__in=keys).order_by("reason", "number"):
        if version.valid_from <= on or version.reason_id not in newest:
            newest[version.reason_id] = version
    counts = {key: (uses, changed) for key, uses, changed in work.fetch(_COUNTS, [keys, on - YEAR])}
    return [InLibrary(one, newest[one.pk], *counts.get(one.pk, (0, 0))) for one in rows]


def get_reason_for(actor: Actor, reason_id: int) -> StandardReason:
    """Raises: NoSuchReason if there is none, or it is not the actor's to keep; NotAllowed."""
    found = _kept_by(actor).filter(pk=reason_id).select_related("procedure").first()
    if found is None:
        raise NoSuchReason("Không tìm thấy lý do mẫu này.")
    return found


def versions_of(reason_id: int) -> list[ReasonVersion]:
    """Return all words a reason has had, the newest first. Costs: one query."""
    return list(ReasonVersion.objects.filter(reason=reason_id).order_by("-number"))


def uses_of(reason_id: int, *, limit: int = 20) -> list[ReasonUse]:
    """Return where a reason was used last. Costs: one query."""
    return list(ReasonUse.objects.filter(reason=reason_id).order_by("-pk")[:limit])


def uses_in(subject: str) -> list[ReasonUse]:
    """Return which reasons of the library were used in one dossier. Costs: one query."""
    return list(ReasonUse.objects.filter(subject=subject).select_related("version").order_by("pk"))


def keeps_for(actor: Actor) -> tuple[bool, tuple[int, ...]]:
    """Say whether the actor keeps the province's library, and those of which agencies."""
    is_province = Power.KEEP_REASONS in actor.province_powers
    return is_province, access.agencies_reached(Power.KEEP_REASONS, actor)


def _kept_by(actor: Actor) -> QuerySet[StandardReason]:
    actor.require(Power.KEEP_REASONS)
    is_province, agencies = keeps_for(actor)
    if is_province:
        return StandardReason.objects.all()
    return StandardReason.objects.filter(agency_id__in=agencies)
