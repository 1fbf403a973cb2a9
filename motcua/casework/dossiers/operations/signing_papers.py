"""Let slips and notices be signed digitally where policy asks for it; nobody waits for that.

Source: docs/law/signatures.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.models import DossierMove, IssuedPaper
from motcua.casework.dossiers.queries.papers import official_paper
from motcua.casework.dossiers.queries.signing import (
    agency_behind,
    kind_of_paper,
    owner_of_paper,
    policy_of_paper,
)
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import TurnIn, TurnRole
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .initialling import initial_turns

_ACT = 1000
_WITHOUT_A_CLERK = frozenset({IssuedForm.FILED, IssuedForm.SLIP, IssuedForm.PROGRESS})


@work.story
def sign_issued(code: str, seq: int, *, at: datetime) -> None:
    """Ask for the signatures of a paper that was issued.

    Receipts, slips and progress sheets are sealed at once. An agency without a seal issues them as
    before. What was asked for already is left.
    """
    issued = (
        IssuedPaper.objects.filter(dossier__code=code, seq=seq).select_related("dossier").first()
    )
    if issued is None or signing.requests_of(owner_of_paper(code, seq)):
        return
    dossier, form = issued.dossier, IssuedForm(issued.form)
    policy = policy_of_paper(dossier, form, issued.issued_at)
    agency_id = agency_behind(dossier, form)
    if policy is None or not signing.has_seal(agency_id, at):
        return
    by = _issuer(issued)
    initials = initial_turns(dossier, policy, by.id, at)
    asked = [role for role in policy.turns if role != TurnRole.INITIAL]
    later = [_turn(role, issued, agency_id, by, at) for role in asked]
    turns = (*initials, *later)
    wanted = signing.Wanted(
        kind=kind_of_paper(form),
        owner=owner_of_paper(code, seq),
        title=form.label,
        about=f"{code} · {dossier.applicant_name}",
        pdf=papers.render_paper(
            official_paper(dossier, issued), has_fields=True, initials=len(initials)
        ),
        agency_id=agency_id,
        unit_id=turns[0].unit_id,
        turns=turns,
        level=policy.level,
        token=signing.new_token(),
        secrecy=dossier.secrecy,
        is_apart=policy.is_apart,
    )
    request = signing.request_signatures(wanted, by=by, at=at)
    if form in _WITHOUT_A_CLERK:
        signing.seal_by_itself(request.code, at=at)


def replace_older_slips(owner: str, *, at: datetime) -> int:
    """Let a sealed slip stand in place of those issued before it; return how many it replaced.

    Costs: five queries, and a story for each older slip.
    """
    code, _, seq = owner.removeprefix("paper:").partition("#")
    slips = IssuedPaper.objects.filter(dossier__code=code, form=IssuedForm.SLIP)
    seqs = [one for one in slips.values_list("seq", flat=True) if one <= int(seq)]
    found = signing.papers_of([owner_of_paper(code, one) for one in seqs], on=local_day(at))
    newest = found.pop(owner, None)
    if newest is None:
        return 0
    older = found.values()
    return sum(signing.replace_slip(one.token, newest.token, at=at) for one in older)


def _issuer(issued: IssuedPaper) -> Actor:
    """Return whose act issued the paper."""
    moves = DossierMove.objects.filter(dossier_id=issued.dossier_id, seq=issued.seq // _ACT)
    move = moves.get()
    return Actor(move.by_id, move.by_name, title=move.by_title)


def _turn(role: TurnRole, issued: IssuedPaper, agency_id: int, by: Actor, at: datetime) -> TurnIn:
    """Return who takes the turn: whoever issued the paper signs, the clerk seals."""
    if role != TurnRole.SEAL:
        kind = kind_of_paper(IssuedForm(issued.form))
        block = signing.block_for(by, agency_id, kind, at)
        return signing.leader_turn(issued.dossier.competent_unit_id, by.id, block)
    try:
        unit_id = signing.registry_unit(agency_id, at)
    except signing.SigningError:
        unit_id = organisation.tree().agency(agency_id).root_unit_id
    return TurnIn(role, unit_id)
