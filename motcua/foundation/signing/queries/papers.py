"""What anybody who holds an issued paper may learn of it, and what its owner shows of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from django.db.models import F

from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing.choices import DocumentKind, PaperState, TurnRole, TurnState
from motcua.foundation.signing.models import DocumentVersion, PaperChange, SignedPaper, Turn
from motcua.foundation.signing.rules.paper_states import REISSUED, can_change


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One decision about a paper, as whoever holds it may know."""

    state: PaperState
    basis_number: str
    basis_on: date

    @property
    def is_by_decision(self) -> bool:
        """Say whether a decision did it; a slip issued anew needs none."""
        return self.basis_number != REISSUED


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
    changes: Sequence[ChangeShown] = ()

    @property
    def is_in_force(self) -> bool:
        """Say whether the paper counts, as it stands or with its corrections."""
        return self.state in (PaperState.IN_FORCE, PaperState.CORRECTED)

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
    state = state_on(paper, on)
    decisions = PaperChange.objects.filter(paper=paper).order_by("seq")
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
        changes=[
            ChangeShown(PaperState(one.state), one.basis_number, one.basis_on) for one in decisions
        ],
    )


def _digests_of(paper: SignedPaper) -> frozenset[str]:
    """Return the hashes of all versions since it was issued: lifted ones say the same."""
    versions = DocumentVersion.objects.filter(
        request_id=paper.request_id, level__gt="", at__gte=F("request__ended_at")
    )
    return frozenset({paper.sha256, *versions.values_list("file__sha256", flat=True)})


def state_on(paper: SignedPaper, on: date) -> PaperState:
    """Return how the paper stands on the day; what counted until then may have expired."""
    state = PaperState(paper.state)
    is_over = paper.valid_until is not None and paper.valid_until < on
    return PaperState.EXPIRED if can_change(state) and is_over else state


@dataclass(frozen=True, slots=True)
class SignerShown:
    """Who signed, as what, when; of a seal, whose it is."""

    role: str
    name: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnedPaper:
    """An issued paper as the room shows it that asked for its signatures."""

    token: str
    code: str
    state: PaperState
    can_change: bool
    signers: Sequence[SignerShown]
    reasons: Sequence[str]

    @property
    def address(self) -> str:
        """Return where anybody sees whether it counts."""
        return f"/giay/{self.token}/"


def papers_of(owners: Iterable[str], *, on: date) -> dict[str, OwnedPaper]:
    """Return what was issued for each owner, the newest. Costs: three queries."""
    found = SignedPaper.objects.filter(request__owner__in=list(owners)).order_by("id")
    newest = {
        paper.request.owner: paper for paper in found.select_related("request") if paper.request
    }
    ids = [paper.pk for paper in newest.values()]
    turns, reasons = _signers([paper.request_id or 0 for paper in newest.values()]), _reasons(ids)
    return {
        owner: OwnedPaper(
            paper.token,
            paper.request.code if paper.request else "",
            state_on(paper, on),
            can_change(PaperState(paper.state)),
            turns.get(paper.request_id or 0, ()),
            reasons.get(paper.pk, ()),
        )
        for owner, paper in newest.items()
    }


def _signers(request_ids: Sequence[int]) -> dict[int, list[SignerShown]]:
    found: dict[int, list[SignerShown]] = {}
    done = Turn.objects.filter(request_id__in=request_ids, state=TurnState.DONE)
    for turn in done.select_related("certificate").order_by("request_id", "seq"):
        is_seal = turn.role in (TurnRole.SEAL, TurnRole.COPY)
        whose = turn.certificate.subject_name if turn.certificate else ""
        shown = SignerShown(
            TurnRole(turn.role).label,
            whose if is_seal else turn.done_by_name,
            "" if is_seal else turn.done_by_title,
            turn.done_at or datetime.min.replace(tzinfo=UTC),
        )
        found.setdefault(turn.request_id, []).append(shown)
    return found


def _reasons(paper_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in PaperChange.objects.filter(paper_id__in=paper_ids).order_by("paper_id", "seq"):
        by = "bằng" if one.basis_number == REISSUED else "theo quyết định"
        words = f"{PaperState(one.state).label} {by} {one.basis_number} ngày"
        said = f"{words} {one.basis_on:%d/%m/%Y}: {one.reason}"
        found.setdefault(one.paper_id, []).append(said)
    return found
