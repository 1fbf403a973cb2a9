"""What is entered in a book that all applicants sign when they get it.

Source: docs/law/one-stop.md
"""

from motcua.casework.dossiers.choices import OutcomeKind
from motcua.casework.dossiers.models import BookEntry, Dossier, DossierOutcome
from motcua.casework.procedures import api as procedures


def outcomes_to_book(dossier: Dossier) -> list[DossierOutcome]:
    """Return what is signed, granted, and not yet in the book it belongs in.

    Costs: nothing for most procedures, else two queries.
    """
    definition = procedures.definition_of(dossier.procedure_version_id)
    if not any(spec.book for spec in definition.outcomes):
        return []
    rows = BookEntry.objects.filter(dossier_id=dossier.pk)
    entered = set(rows.values_list("outcome_seq", flat=True))
    signed = DossierOutcome.objects.filter(
        dossier_id=dossier.pk, decided_at__isnull=False, kind=OutcomeKind.GRANTED
    )
    return [
        one
        for one in signed.order_by("seq")
        if one.seq not in entered and definition.book_of(one.spec_code)
    ]
