"""What the once-only linter found in the catalogue: by rule, by procedure, as a table to keep."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.views.procedures import crumbs, readers
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.spreadsheets import csv_lines
from motcua.lib.clock import local_day, now

ROWS = 30
SHOWN = 3
WEIGHTS = {procedures.Weight.FAULT: "Lỗi", procedures.Weight.LOOK: "Nên xem"}


@require_GET
@readers
def linted(request: ActorRequest) -> HttpResponse:
    """Show what is found in the whole catalogue, and the procedures, of one rule if wanted.

    Costs: two statements.
    """
    rule, after = asked_rule(request), request.GET.get("after", "")
    found = procedures.linted_procedures(rule, after=after, limit=ROWS + 1)
    judged, counts = procedures.lint_overview()
    context = {
        "title": "Rà soát thủ tục",
        "crumbs": crumbs(),
        "judged": judged,
        "counts": [one for one in counts if one.procedures],
        "rule": rule or "",
        "rules": [("", "Tất cả"), *procedures.LintRule.choices],
        "rows": [(one, one.findings[:SHOWN], len(one.findings) - SHOWN) for one in found[:ROWS]],
        "after": found[ROWS - 1].code if len(found) > ROWS else "",
        "is_later": bool(after),
    }
    return page(request, "linted", context, current="procedures")


@require_GET
@readers
def linted_table(request: ActorRequest) -> HttpResponseBase:
    """Stream every finding (of one rule) as a table for a spreadsheet."""
    return StreamingHttpResponse(
        csv_lines(rows_of(asked_rule(request))),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="ra-soat-{local_day(now()):%Y%m%d}.csv"'
        },
    )


def asked_rule(request: ActorRequest) -> procedures.LintRule | None:
    """Return the rule that is asked for; an unknown word asks for all of them."""
    word = request.GET.get("loai", "")
    return procedures.LintRule(word) if word in procedures.LintRule.values else None


def rows_of(rule: procedures.LintRule | None) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table, its head first."""
    yield ("Mã", "Thủ tục", "Lĩnh vực", "Mức", "Loại", "Chỗ", "Lời văn", "Nên làm")
    for one, finding in procedures.every_finding(rule):
        yield (
            one.code,
            one.name,
            one.sector,
            WEIGHTS[finding.weight],
            finding.rule.label,
            finding.place,
            finding.words,
            finding.advice,
        )
