"""What anybody who holds an issued paper may learn of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import F

from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing.choices import DocumentKind, PaperState
from motcua.foundation.signing.models import DocumentVersion, SignedPaper


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """One issued paper without anything personal."""

    token: str
    kind: str
    title: str
    agency: str
    number: str
    issued_on: date
    state: PaperState
    valid_until: date | None
    successor_token: str
    basis_number: str
    basis_on: date | None
    digests: frozenset[str]

    @property
    def is_in_force(self) -> bool:
        """Say whether the paper counts as it stands."""
        return self.state == PaperState.IN_FORCE

    def is_same(self, copy: Iterable[bytes]) -> bool:
        """Say whether a copy, in pieces, is byte for byte what was issued, or lifted since."""
        digest = sha256()
        for piece in copy:
            digest.update(piece)
        return digest.hexdigest() in self.digests


def paper_by_token(token: str, *, on: date) -> PublicPaper | None:
    """Return the paper with that mark as it stands on the day. Costs: three queries."""
    paper = SignedPaper.objects.filter(token=token).first()
    if paper is None:
        return None
    state = PaperState(paper.state)
    is_over = paper.valid_until is not None and paper.valid_until < on
    if state == PaperState.IN_FORCE and is_over:
        state = PaperState.EXPIRED
    return PublicPaper(
        token=paper.token,
        kind=DocumentKind(paper.document_kind).label,
        title=paper.title,
        agency=organisation.name_of_agency(paper.agency_id, on=paper.issued_on),
        number=paper.number,
        issued_on=paper.issued_on,
        state=state,
        valid_until=paper.valid_until,
        successor_token=paper.successor_token,
        basis_number=paper.basis_number,
        basis_on=paper.basis_on,
        digests=_digests_of(paper),
    )


def _digests_of(paper: SignedPaper) -> frozenset[str]:
    """Return the hashes of all versions since it was issued: lifted ones say the same."""
    versions = DocumentVersion.objects.filter(
        request_id=paper.request_id, level__gt="", at__gte=F("request__ended_at")
    )
    return frozenset({paper.sha256, *versions.values_list("file__sha256", flat=True)})
