"""Judge the texts that are shown, and keep what was found: the catalogue's report reads it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import islice

from django.db import transaction
from django.db.models import F

from motcua.casework.procedures.errors import BadDefinition
from motcua.casework.procedures.models import DutyHolder, LintedVersion, ProcedureVersion
from motcua.casework.procedures.rules.linting import (
    EDITION,
    Finding,
    Surroundings,
    Weight,
    ended_by,
    lint,
)
from motcua.casework.procedures.rules.parse import parse_text
from motcua.lib.clock import local_day

AT_ONCE = 200


def lint_shown(*, at: datetime, most: int | None = None) -> int:
    """Judge the shown versions whose text, surroundings or rules changed; return how many.

    Texts are read a few at a time; rows of versions no longer shown go. Locks: nothing.
    """
    _forget_others()
    duties = held_duties()
    waiting = islice(_waiting(duties, at), most)
    done = 0
    while batch := dict(islice(waiting, AT_ONCE)):
        versions = ProcedureVersion.objects.filter(pk__in=batch)
        rows = [_judged(one, batch[one.pk], duties, at) for one in versions]
        with transaction.atomic():
            LintedVersion.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["version"],
                update_fields=["mark", "faults", "looks", "rules", "found", "linted_at"],
            )
        done += len(rows)
    return done


def held_duties() -> frozenset[str]:
    """Return the duties that some unit of some agency does."""
    return frozenset(DutyHolder.objects.values_list("duty", flat=True).distinct())


def lint_version(version: ProcedureVersion, *, at: datetime) -> Sequence[Finding]:
    """Return what is found in a version as it is now, published or not.

    Raises: BadDefinition.
    """
    return lint(
        parse_text(version.source),
        Surroundings(local_day(at), held_duties(), tuple(version.unclear)),
    )


def _forget_others() -> None:
    shown = F("version__procedure__current_version_id")
    LintedVersion.objects.exclude(version_id=shown).delete()


def _waiting(duties: frozenset[str], at: datetime) -> Iterator[tuple[int, str]]:
    """Yield the shown versions that were not judged so, with the mark they get."""
    marks = dict(LintedVersion.objects.values_list("version_id", "mark"))
    shown = ProcedureVersion.objects.filter(pk=F("procedure__current_version_id"))
    around = (EDITION, sorted(duties), ended_by(local_day(at)))
    for pk, digest, unclear in list(shown.values_list("pk", "digest", "unclear").order_by("pk")):
        mark = sha256(json.dumps([*around, digest, unclear]).encode()).hexdigest()
        if marks.get(pk) != mark:
            yield pk, mark


def _judged(
    version: ProcedureVersion, mark: str, duties: frozenset[str], at: datetime
) -> LintedVersion:
    around = Surroundings(local_day(at), duties, tuple(version.unclear))
    try:
        found = lint(parse_text(version.source), around)
    except BadDefinition:  # an old text that today's reader refuses says so on its own page
        found = []
    return LintedVersion(
        version=version,
        mark=mark,
        faults=_count(found, Weight.FAULT),
        looks=_count(found, Weight.LOOK),
        rules=sorted({str(one.rule) for one in found}),
        found=[one.as_plain() for one in found],
        linted_at=at,
    )


def _count(found: Iterable[Finding], weight: Weight) -> int:
    return sum(one.weight == weight for one in found)
