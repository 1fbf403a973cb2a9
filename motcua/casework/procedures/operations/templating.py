"""Put Word templates of outcomes in use, and out of it."""

from datetime import date, datetime

from motcua.casework.procedures.errors import BadTemplate
from motcua.casework.procedures.models import OutcomeTemplate, Procedure
from motcua.casework.procedures.queries.catalogue import (
    content_of_template,
    get_procedure,
    get_template,
    latest_definition,
    try_template,
)
from motcua.casework.procedures.rules.merging import outcome_specs
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.files.api import StoredFile
from motcua.lib import work
from motcua.lib.actor import Actor

from .publishing import EVERYWHERE


@work.story
def add_template(  # noqa: PLR0913 -- of what, which file, from when, for whom
    code: str,
    outcome_code: str,
    file: StoredFile,
    file_name: str,
    *,
    valid_from: date,
    by: Actor,
    at: datetime,
    agency_id: int | None = None,
) -> OutcomeTemplate:
    """Use a Word template for an outcome from a day on, if it can be filled and set as it is.

    Raises: NotAllowed, NoSuchProcedure, TemplateRefused, BadTemplate.
    Source: docs/law/official-papers.md
    """
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    procedure = Procedure.objects.select_for_update().get(pk=get_procedure(code).pk)
    known = OutcomeTemplate.objects.filter(procedure=procedure, outcome_code=outcome_code)
    latest = known.order_by("-number").first()
    template = OutcomeTemplate(
        procedure=procedure,
        outcome_code=outcome_code,
        agency_id=agency_id,
        number=latest.number + 1 if latest else 1,
        valid_from=valid_from,
        file=file,
        file_name=files.clean_name(file_name),
        added_by_name=by.name,
        added_at=at,
    )
    check_template(template)
    template.save()
    detail = {"outcome": outcome_code, "number": template.number}
    audit.record("procedures.template", f"procedure:{code}", by=by, at=at, detail=detail)
    return template


def check_template(template: OutcomeTemplate) -> None:
    """Raises: BadTemplate for an outcome that there is not, unknown fields, or undrawn parts."""
    definition = latest_definition(template.procedure_id)
    if template.outcome_code not in {spec.code for spec in outcome_specs(definition)}:
        raise BadTemplate("Thủ tục không có kết quả này.", field="outcome")
    trial = try_template(definition, content_of_template(template), template.valid_from)
    if trial.unknown:
        unknown = ", ".join(trial.unknown)
        raise BadTemplate(f"Mẫu dùng trường không có: {unknown}.", field="file")
    if trial.undrawn:
        undrawn = ", ".join(trial.undrawn)
        message = f"Mẫu có {undrawn}; hệ thống không đưa được vào bản PDF. Hãy bỏ khỏi mẫu."
        raise BadTemplate(message, field="file")


@work.story
def withdraw_template(
    code: str, outcome_code: str, number: int, *, by: Actor, at: datetime
) -> OutcomeTemplate:
    """Offer a template no more; drafts made from it stay as they are.

    Raises: NotAllowed, NoSuchProcedure, NoSuchTemplate.
    """
    by.require(Power.PUBLISH_PROCEDURES, unit_id=EVERYWHERE)
    template = get_template(get_procedure(code).pk, outcome_code, number)
    template.withdrawn_at, template.withdrawn_by_name = at, by.name
    template.save(update_fields=["withdrawn_at", "withdrawn_by_name"])
    detail = {"outcome": outcome_code, "number": number}
    audit.record("procedures.drop_template", f"procedure:{code}", by=by, at=at, detail=detail)
    return template
