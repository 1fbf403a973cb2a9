"""The acts of the office, in the order in which they are offered."""

from .applicant import APPLICANT_ACTS
from .asking import ASKING_ACTS
from .clock import CLOCK_ACTS
from .councils import COUNCIL_ACTS
from .field import FIELD_ACTS
from .money import MONEY_ASKED, MONEY_TAKEN
from .outcomes import OUTCOME_ACTS
from .situation import Act, Onward, Situation, situate
from .steps import STEP_ACTS

ACTS = (
    *STEP_ACTS,
    *APPLICANT_ACTS[:1],
    *ASKING_ACTS,
    *FIELD_ACTS,
    *COUNCIL_ACTS,
    *MONEY_TAKEN,
    *CLOCK_ACTS,
    *MONEY_ASKED,
    *APPLICANT_ACTS[1:],
    *OUTCOME_ACTS,
)

__all__ = ["ACTS", "Act", "Onward", "Situation", "find_act", "offers", "situate"]


def find_act(slug: str) -> Act | None:
    """Return the act with this slug."""
    return next((act for act in ACTS if act.slug == slug), None)


def offers(situation: Situation) -> list[Act]:
    """Return the acts open to the actor now, the main one first."""
    return [act for act in ACTS if not act.is_per_item and act.is_open_to(situation)]
