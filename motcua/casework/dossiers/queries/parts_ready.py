"""What is signed of a dossier that is still worked on, and not yet handed out."""

from motcua.casework.dossiers.choices import Status
from motcua.casework.dossiers.models import Dossier, DossierOutcome

_UNDER_WAY = frozenset(
    {Status.PROCESSING, Status.AWAITING_PAYMENT, Status.AWAITING_APPLICANT, Status.RECEIVED}
)


def part_to_hand_out(dossier: Dossier) -> list[DossierOutcome]:
    """Return the signed outcomes that can be handed out before the end. Costs: one query at most.

    Source: docs/law/further-procedures.md
    """
    if dossier.status not in _UNDER_WAY:
        return []
    ready = DossierOutcome.objects.filter(
        dossier_id=dossier.pk, decided_at__isnull=False, handed_at__isnull=True
    )
    return list(ready.order_by("seq"))
