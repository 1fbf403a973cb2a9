"""What an applicant has kept to supply, and has not sent yet."""

from collections.abc import Sequence
from typing import NamedTuple

from motcua.casework.dossiers.models import Dossier, SupplementRequest, SupplyDraft, SupplyPaper


class Supplying(NamedTuple):
    """What is kept after one request: the draft, if there is one, and its files."""

    draft: SupplyDraft | None = None
    papers: Sequence[SupplyPaper] = ()


def supplying_of(dossier: Dossier) -> Supplying:
    """Return what is kept for the open request of a dossier. Costs: two or three queries."""
    request_seq = open_request_of(dossier)
    draft = SupplyDraft.objects.filter(dossier=dossier, request_seq=request_seq).first()
    if draft is None:
        return Supplying()
    papers = SupplyPaper.objects.filter(supply=draft).select_related("file")
    return Supplying(draft, list(papers.order_by("item_seq", "pk")))


def open_request_of(dossier: Dossier) -> int:
    """Return the number of the request that is not answered yet, 0 if there is none."""
    requests = SupplementRequest.objects.filter(dossier=dossier, supplied_at=None)
    return requests.order_by("-seq").values_list("seq", flat=True).first() or 0
