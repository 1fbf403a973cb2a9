"""The demo's Word templates: used for their outcomes, and in good order."""

import pytest

from demo.cast import Cast, founder
from demo.word_templates import SAMPLES, Sample, put_in_use, written
from motcua.casework.procedures import api as procedures
from motcua.lib.clock import local_day

from .provinces import AT

NAMES = [f"{sample.procedure_code}-{sample.outcome_code}" for sample in SAMPLES]


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_template_can_be_filled_and_set(cast: Cast, sample: Sample) -> None:  # noqa: ARG001 -- builds the province
    procedure = procedures.get_procedure(sample.procedure_code)
    definition = procedures.latest_definition(procedure.pk)

    trial = procedures.try_template(definition, written(sample), local_day(AT))

    assert (trial.unknown, trial.undrawn, trial.pdf[:5]) == ((), (), b"%PDF-")


def test_two_procedures_have_templates_and_a_second_time_changes_nothing(cast: Cast) -> None:  # noqa: ARG001 -- builds the province
    added = [put_in_use(by=founder(), at=AT) for _ in range(2)]

    owners = {template.procedure_id for template in procedures.OutcomeTemplate.objects.all()}
    assert (added, len(owners)) == ([len(SAMPLES), 0], 2)
