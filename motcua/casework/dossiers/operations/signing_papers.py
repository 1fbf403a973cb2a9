"""Let slips and notices be signed digitally where policy asks for it; nobody waits for that.

Source: docs/law/signatures.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.models import Dossier, DossierMove, IssuedPaper
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

_ACT = 1000
_WITHOUT_A_CLERK = frozenset({IssuedForm.FILED, IssuedForm.SLIP})


@work.story
def sign_issued(code: str, seq: int, *, at: datetime) -> None:
    """Ask for the signatures of a paper that was issued; receipts and slips are sealed at once.

    An agency without a seal issues them as before. What was asked for already is left.
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
    turns = tuple(_turn(role, dossier, agency_id, by, at) for role in policy.turns)
    wanted = signing.Wanted(
        kind=kind_of_paper(form),
        owner=owner_of_paper(code, seq),
        title=form.label,
        about=f"{code} · {dossier.applicant_name}",
        pdf=papers.render_paper(official_paper(dossier, issued), has_fields=True),
        agency_id=agency_id,
        unit_id=turns[0].unit_id,
        turns=turns,
        level=policy.level,
        token=signing.new_token(),
        secrecy=dossier.secrecy,
    )
    request = signing.request_signatures(wanted, by=by, at=at)
    if form in _WITHOUT_A_CLERK:
        signing.seal_by_itself(request.code, at=at)


def _issuer(issued: IssuedPaper) -> Actor:
    """Return whose act issued the paper."""
    moves = DossierMove.objects.filter(dossier_id=issued.dossier_id, seq=issued.seq // _ACT)
    move = moves.get()
    return Actor(move.by_id, move.by_name, title=move.by_title)


def _turn(role: TurnRole, dossier: Dossier, agency_id: int, by: Actor, at: datetime) -> TurnIn:
    """Return who takes the turn: whoever issued the paper signs, the clerk seals."""
    if role != TurnRole.SEAL:
        return TurnIn(role, dossier.competent_unit_id, by.id, by.name, by.title)
    try:
        unit_id = signing.registry_unit(agency_id, at)
    except signing.SigningError:
        unit_id = organisation.tree().agency(agency_id).root_unit_id
    return TurnIn(role, unit_id)
