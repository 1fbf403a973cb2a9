"""Names of BPMN 2.0 as far as it is read and written here.

Source: OMG BPMN 2.0.2 (formal/13-12-09), BPMN20.xsd, BPMNDI.xsd
"""

from collections.abc import Mapping

from .definition import Budget

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OURS = "urn:motcua:bpmn:1"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"

# What is ours on a task, an event or a part, beside what BPMN says of it.
OWN = (
    *("agency", "budget", "duty", "kind", "outsideBody"),
    *("pauseGround", "role", "service", "silenceIsConsent"),
)
_PERIODS: Mapping[str, str] = {
    "working_day": "P{}D",
    "calendar_day": "P{}D",
    "month": "P{}M",
    "working_hour": "PT{}H",
    "half_day": "PT{}H",
    "same_day": "P1D",
}
_HOURS_OF_HALF = 4


def as_duration(budget: Budget) -> str:
    """Return a budget as the nearest ISO 8601 duration; the exact one stands in `budget`."""
    hours = _HOURS_OF_HALF if budget.unit == "half_day" else 1
    return _PERIODS[budget.unit].format(budget.amount * hours)


def as_words(budget: Budget) -> str:
    """Return a budget as our attribute has it: “3 working_day”."""
    return f"{budget.amount} {budget.unit}"
