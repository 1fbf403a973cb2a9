"""What becomes of consents when it turns out whose account is whose; called in the worker."""

from datetime import datetime

from django.db.models import QuerySet

from motcua.foundation.mandates.choices import EndedBecause, Proof, Word
from motcua.foundation.mandates.models import Mandate
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .entering import enter
from .giving import end_mandate


@work.story
def follow_merged(from_id: int, to_id: int, *, at: datetime) -> None:
    """Let the mandates of an account that was merged be the other's; done again it does nothing.

    Where that one has let the same agent act already, its own consent counts.
    """
    theirs = Mandate.objects.select_for_update().filter(principal_id=to_id, ended_at=None)
    known = {(one.helper_id, one.firm_id, one.body_id) for one in theirs}
    for one in Mandate.objects.select_for_update().filter(principal_id=from_id):
        if one.ended_at is None and (one.helper_id, one.firm_id, one.body_id) in known:
            end_mandate(one, EndedBecause.REPLACED, at=at)
        one.principal_id = to_id
        one.save(update_fields=["principal"])


@work.story
def end_on_paper(account_id: int, *, at: datetime) -> int:
    """End what somebody agreed to on paper, if the account turns out not to be the giver's."""
    return _end_each(Mandate.objects.filter(principal_id=account_id, proof=Proof.PAPER), at=at)


@work.story
def end_reclaimed(account_id: int, *, at: datetime) -> int:
    """End what was agreed to in an account before who has its telephone took it over."""
    return _end_each(Mandate.objects.filter(principal_id=account_id, given_at__lte=at), at=at)


def _end_each(found: QuerySet[Mandate], *, at: datetime) -> int:
    ending = list(found.select_for_update().filter(ended_at=None))
    for one in ending:
        end_mandate(one, EndedBecause.TAKEN_BACK, at=at)
        enter(one.pk, Word.TAKEN_BACK, by=SYSTEM, at=at)
    return len(ending)
