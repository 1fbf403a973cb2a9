"""What somebody is reminded of, and which outcomes can be asked for again."""

from collections.abc import Sequence
from datetime import date, timedelta

from motcua.casework.dossiers.choices import OutcomeKind
from motcua.casework.dossiers.models import Dossier, DossierOutcome, Prompt, PromptRefused
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Renewal
from motcua.lib.actor import Actor

MOST = 50


def key_of_outcome(outcome: DossierOutcome) -> str:
    """Return how a reminder names an outcome."""
    return f"outcome:{outcome.dossier_id}#{outcome.seq}"


def key_of_age(procedure_code: str) -> str:
    """Return how a reminder names an age that is reached."""
    return f"age:{procedure_code}"


def renewal_of(dossier: Dossier, outcome: DossierOutcome) -> Renewal | None:
    """Return how an outcome is renewed, if its version says so."""
    specs = procedures.definition_of(dossier.procedure_version_id).outcomes
    return next((one.renewal for one in specs if one.code == outcome.spec_code), None)


def is_renewable(dossier: Dossier, outcome: DossierOutcome, on: date) -> bool:
    """Say whether the page of a dossier offers to ask for an outcome again."""
    renewal = renewal_of(dossier, outcome)
    if renewal is None or outcome.valid_until is None or outcome.kind != OutcomeKind.GRANTED:
        return False
    return on >= outcome.valid_until - timedelta(days=renewal.days_before)


def prompts_for(actor: Actor) -> Sequence[Prompt]:
    """Return what the actor was reminded of, the latest first. Costs: one query."""
    return list(Prompt.objects.filter(account_id=actor.id).order_by("-told_at", "-id")[:MOST])


def refused_by(actor: Actor) -> frozenset[str]:
    """Return of which procedures the actor does not want to be reminded. Costs: one query."""
    rows = PromptRefused.objects.filter(account_id=actor.id)
    return frozenset(rows.values_list("procedure_code", flat=True))


def outcome_of(prompt: Prompt) -> DossierOutcome | None:
    """Return the outcome a reminder is about. Costs: one query."""
    kind, _, rest = prompt.key.partition(":")
    if kind != "outcome":
        return None
    dossier_id, _, seq = rest.partition("#")
    found = DossierOutcome.objects.select_related("dossier")
    return found.filter(dossier_id=int(dossier_id), seq=int(seq)).first()
