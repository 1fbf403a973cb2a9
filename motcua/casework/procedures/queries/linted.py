"""Read what the linter found over the whole catalogue."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from motcua.casework.procedures.choices import LintRule
from motcua.casework.procedures.models import LintedVersion
from motcua.casework.procedures.rules.linting import Finding, Weight


class RuleCount(NamedTuple):
    """How often one rule was broken: faults, points to look at, and in how many procedures."""

    rule: LintRule
    faults: int
    looks: int
    procedures: int


class Linted(NamedTuple):
    """One procedure with what was found in the version shown."""

    code: str
    name: str
    sector: str
    number: int
    findings: Sequence[Finding]


def lint_overview() -> tuple[int, list[RuleCount]]:
    """Return how many procedures were judged, and each rule, the most broken first.

    Costs: one query over one row per procedure.
    """
    weights: Counter[tuple[str, str]] = Counter()
    procedures: Counter[str] = Counter()
    judged = 0
    for found in LintedVersion.objects.values_list("found", flat=True).iterator():
        judged += 1
        weights.update((one["rule"], one["weight"]) for one in found)
        procedures.update({one["rule"] for one in found})
    counts = [
        RuleCount(
            rule,
            weights[rule.value, Weight.FAULT],
            weights[rule.value, Weight.LOOK],
            procedures[rule.value],
        )
        for rule in LintRule
    ]
    return judged, sorted(counts, key=lambda one: (-one.faults, -one.looks))


def linted_procedures(
    rule: LintRule | None = None, *, after: str = "", limit: int = 50
) -> list[Linted]:
    """Return procedures with findings (of one rule), by code. Costs: one query."""
    rows = LintedVersion.objects.filter(version__procedure__code__gt=after).exclude(found=[])
    if rule is not None:
        rows = rows.filter(rules__contains=[rule.value])
    values = rows.order_by("version__procedure__code").values_list(
        "version__procedure__code",
        "version__procedure__name",
        "version__procedure__service_field__name",
        "version__number",
        "found",
    )
    return [
        Linted(code, name, sector, number, _of(found, rule))
        for code, name, sector, number, found in values[:limit]
    ]


def every_finding(rule: LintRule | None = None) -> Iterator[tuple[Linted, Finding]]:
    """Yield each finding of the catalogue (of one rule) with its procedure, page by page."""
    after = ""
    while rows := linted_procedures(rule, after=after, limit=200):
        for one in rows:
            yield from ((one, finding) for finding in one.findings)
        after = rows[-1].code


def _of(found: Sequence[dict[str, str]], rule: LintRule | None) -> list[Finding]:
    return [Finding.from_plain(one) for one in found if rule is None or one["rule"] == rule.value]
