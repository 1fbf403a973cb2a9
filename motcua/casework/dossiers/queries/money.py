"""The money of dossiers, as the rooms of money keep it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.dossiers.choices import OutcomeKind, ReturnWay
from motcua.casework.dossiers.models import Dossier, DossierOutcome, DossierScope, DossierStep
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import FinancialObligation, Order, Taken
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FeeDue, FeeLine
from motcua.casework.processes.api import StepResult
from motcua.foundation.access import api as access
from motcua.lib.actor import Actor

_KIND = "dossier:"


def subject_of(code: str) -> str:
    """Return the name under which the rooms of money know a dossier."""
    return f"{_KIND}{code}"


def code_of(subject: str) -> str | None:
    """Return the code of the dossier that a subject names, None for something else."""
    return subject.removeprefix(_KIND) if subject.startswith(_KIND) else None


def ever_taken_of(dossier: Dossier) -> Sequence[Taken]:
    """Return what was paid for a dossier, even what has gone back. Costs: one statement."""
    subject = subject_of(dossier.code)
    return payments.taken_for([subject])[subject]


def taken_of(dossier: Dossier) -> Sequence[Taken]:
    """Return what was paid for a dossier and kept, in the order it was. Costs: one statement."""
    return [one for one in ever_taken_of(dossier) if one.is_kept]


def taken_of_each(dossiers: Collection[Dossier]) -> Mapping[int, Sequence[Taken]]:
    """Return what was paid for each dossier, by its key. Costs: one statement."""
    found = payments.taken_for([subject_of(one.code) for one in dossiers])
    return {
        one.pk: [taken for taken in found[subject_of(one.code)] if taken.is_kept]
        for one in dossiers
    }


def still_charged(dossier: Dossier, dues: Iterable[FeeDue]) -> list[FeeDue]:
    """Return what is to be paid of this: where the answer is no, only what the office keeps anyway.

    Costs: nothing until the dossier is resolved, then one query, and for a no up to one more.
    Source: docs/law/money.md
    """
    refused = DossierOutcome.objects.filter(
        dossier_id=dossier.pk, kind=OutcomeKind.REFUSED, decided_at__isnull=False
    )
    if dossier.resolved_at is None or not refused.exists():
        return list(dues)
    kept = {line.code for line in kept_lines(dossier)}
    return [one for one in dues if one.line.code in kept]


def kept_lines(dossier: Dossier) -> Sequence[FeeLine]:
    """Return the lines that stay with the office if the dossier ends without an outcome.

    Costs: a query where a line is kept only after one of its steps.
    """
    definition = procedures.definition_of(dossier.procedure_version_id)
    steps = {line.kept_after for line in definition.fees if line.kept_after}
    done = set()
    if steps:
        rows = DossierStep.objects.filter(
            dossier_id=dossier.pk, code__in=steps, result=StepResult.DONE
        )
        done = set(rows.values_list("code", flat=True))
    return [one for one in definition.fees if not one.is_refundable or one.kept_after in done]


def waiting_order(dossier: Dossier) -> Order | None:
    """Return the order by which a dossier waits for money."""
    return payments.waiting_order(subject_of(dossier.code))


def dues_of(dossier: Dossier) -> list[FinancialObligation]:
    """Return what other bodies ask for the dossier."""
    return payments.obligations_of(subject_of(dossier.code))


def was_paid_since(dossier: Dossier, since: datetime) -> bool:
    """Say whether anything was paid for a dossier, to us or elsewhere, since that moment."""
    if any(one.taken_at >= since for one in taken_of(dossier)):
        return True
    return any(one.settled_at is not None and one.settled_at >= since for one in dues_of(dossier))


@dataclass(frozen=True, slots=True)
class PostedTo:
    """To whom and where a result goes by post."""

    name: str
    address: str
    phone: str


def posted_to(code: str, actor: Actor) -> PostedTo | None:
    """Return where a result goes by post, if it does and the actor may know the dossier."""
    found = Dossier.objects.filter(code=code, return_way=ReturnWay.POST).first()
    if found is None or not access.may_see(DossierScope, actor, found.pk):
        return None
    return PostedTo(
        found.submitter_name,
        found.return_address or found.submitter_address,
        found.submitter_phone,
    )
