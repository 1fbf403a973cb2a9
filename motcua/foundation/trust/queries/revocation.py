"""How old what authorities said of revoked certificates is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.trust.choices import AnswerKind
from motcua.foundation.trust.models import RevocationAnswer


@dataclass(frozen=True, slots=True)
class AnswersKept:
    """The newest list of each authority, without its content, and how many answers besides."""

    lists: Sequence[RevocationAnswer]
    answers: int
    newest_answer_at: datetime | None

    def stale(self, at: datetime) -> Sequence[RevocationAnswer]:
        """Return the lists whose authority has promised a newer one by now."""
        return [one for one in self.lists if one.next_update is not None and one.next_update < at]


def answers_kept() -> AnswersKept:
    """Return what is kept of lists and answers. Costs: three queries."""
    kept = RevocationAnswer.objects.defer("der")
    lists = kept.filter(kind=AnswerKind.CRL).order_by("issuer_key_hash", "-this_update", "-id")
    answers = kept.filter(kind=AnswerKind.OCSP)
    newest = answers.order_by("-fetched_at").first()
    return AnswersKept(
        sorted(lists.distinct("issuer_key_hash"), key=lambda one: one.issuer),
        answers.count(),
        newest.fetched_at if newest is not None else None,
    )
