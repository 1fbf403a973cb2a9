"""Whether and how far the outcomes of a dossier are signed digitally."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import Dossier, DossierOutcome, IssuedPaper
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, OwnedPaper, WholeRequest
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .deciding import deciding
from .merging import takes_fields

_WITHOUT_PAPER = "khong-giay"


def owner_of(dossier: Dossier, outcome: DossierOutcome) -> str:
    """Return how signing names an outcome."""
    return f"dossier:{dossier.code}#{outcome.seq}"


def code_in(owner: str) -> str:
    """Return the code of the dossier that a request belongs to, nothing if it is no dossier's."""
    room, _, rest = owner.partition(":")
    return rest.partition("#")[0] if room == "dossier" else ""


def is_signable(definition: Definition, outcome: DossierOutcome) -> bool:
    """Say whether the outcome is set by our own press, and leaves as a file.

    A Word draft is, if its template has places for number, day and signature; a file whose
    places were found as well. What somebody chose to sign on paper is not.
    """
    is_paper = outcome.spec_code == _WITHOUT_PAPER
    if is_paper or definition.is_on_paper_only(outcome.spec_code):
        return False
    if outcome.paper_why:
        return False
    return outcome.file_id is None or bool(outcome.placing) or takes_fields(outcome)


def policy_of(dossier: Dossier, definition: Definition, at: datetime) -> signing.PolicyInfo | None:
    """Return what the policy in force asks of the dossier's outcomes. Costs: seldom a query."""
    return signing.policy_for(
        signing.DocumentKind.OUTCOME,
        on=local_day(at),
        agency_id=deciding(dossier).agency_id,
        procedure_code=definition.code,
    )


def signers_of(code: str, by: Actor, at: datetime) -> bool:
    """Say whether the actor is to sign the outcome of a dossier digitally.

    Costs: nothing where no policy is in force, else four queries.
    Raises: NoSuchDossier.
    """
    if not signing.has_policy(signing.DocumentKind.OUTCOME, on=local_day(at)):
        return False
    dossier = Dossier.objects.filter(code=code).first()
    if dossier is None:
        raise NoSuchDossier(f"Không tìm thấy hồ sơ {code}.")
    return is_for_digital_signing(dossier, by, at)


def is_for_digital_signing(dossier: Dossier, by: Actor, at: datetime) -> bool:
    """Say the same of a dossier at hand. Costs: nothing without a policy, else three queries."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    policy = policy_of(dossier, definition, at)
    if policy is None:
        return False
    if not are_signable(dossier, definition):
        return False
    return policy.is_required or bool(signing.certificates_for(by, at))


def are_signable(dossier: Dossier, definition: Definition) -> bool:
    """Say whether all that is drafted, or would be, is set by our press and leaves as a file."""
    rows = DossierOutcome.objects.select_related("file")
    drafts = rows.filter(dossier=dossier, decided_at__isnull=True)
    ours = [spec for spec in definition.outcomes if not spec.given_by]
    found = list(drafts) or [DossierOutcome(spec_code=one.code) for one in ours]
    return bool(found) and all(is_signable(definition, outcome) for outcome in found)


def signing_of(dossier: Dossier) -> Sequence[WholeRequest]:
    """Return the requests of the drafts of a dossier with their turns, the open ones.

    Costs: three queries for each outcome.
    """
    drafts = DossierOutcome.objects.filter(dossier=dossier, decided_at__isnull=True)
    newest = [signing.requests_of(owner_of(dossier, one))[:1] for one in drafts.order_by("seq")]
    found = [signing.find_request(request.code) for rows in newest for request in rows]
    return [one for one in found if one is not None]


def signed_papers_of(dossier: Dossier, *, at: datetime) -> Mapping[int, OwnedPaper]:
    """Return the signed papers of the outcomes of a dossier, each by its number there.

    Costs: three queries, one if there are none.
    """
    outcomes = DossierOutcome.objects.filter(dossier=dossier, decided_at__isnull=False)
    owners = {owner_of(dossier, one): one.seq for one in outcomes}
    found = signing.papers_of(owners, on=local_day(at)) if owners else {}
    return {owners[owner]: paper for owner, paper in found.items()}


_PAPERS = {
    IssuedForm.FILED: DocumentKind.RECEIPT,
    IssuedForm.SLIP: DocumentKind.SLIP,
    IssuedForm.SUPPLEMENT: DocumentKind.SUPPLEMENT,
    IssuedForm.REFUSAL: DocumentKind.REFUSAL,
    IssuedForm.APOLOGY: DocumentKind.APOLOGY,
    IssuedForm.STOP: DocumentKind.STOP,
    IssuedForm.PROGRESS: DocumentKind.PROGRESS,
}
_OF_THE_DECIDING_AGENCY = frozenset({IssuedForm.APOLOGY, IssuedForm.STOP})


def owner_of_paper(code: str, seq: int) -> str:
    """Return how signing names a slip or notice."""
    return f"paper:{code}#{seq}"


def kind_of_paper(form: IssuedForm) -> DocumentKind:
    """Return of which kind a slip or notice is, as policies name it."""
    return _PAPERS[form]


def agency_behind(dossier: Dossier, form: IssuedForm) -> int:
    """Return whose seal a slip or notice bears: the deciding agency's, or that of the desk."""
    if form in _OF_THE_DECIDING_AGENCY:
        return dossier.agency_id
    return organisation.tree().agency_of(dossier.receiving_unit_id).id


def policy_of_paper(dossier: Dossier, form: IssuedForm, at: datetime) -> signing.PolicyInfo | None:
    """Return what the policy in force asks of a slip or notice. Costs: seldom a query."""
    on = local_day(at)
    if form not in _PAPERS or not signing.has_policy(_PAPERS[form], on=on):
        return None
    return signing.policy_for(
        _PAPERS[form],
        on=on,
        agency_id=agency_behind(dossier, form),
        procedure_code=procedures.definition_of(dossier.procedure_version_id).code,
    )


def signed_issued(dossier: Dossier, issued: IssuedPaper) -> bytes | None:
    """Return a slip or notice with its signatures, if they are all there. Costs: two queries."""
    asked = signing.requests_of(owner_of_paper(dossier.code, issued.seq))
    done = next((one for one in asked if one.state == signing.RequestState.COMPLETED), None)
    return signing.document_of(done) if done else None


def signed_slips_of(dossier: Dossier, *, at: datetime) -> Mapping[int, OwnedPaper]:
    """Return the signed slips and notices of a dossier, each by its number there.

    Costs: four queries, one if nothing was issued.
    """
    seqs = IssuedPaper.objects.filter(dossier=dossier).values_list("seq", flat=True)
    owners = {owner_of_paper(dossier.code, seq): seq for seq in seqs}
    found = signing.papers_of(owners, on=local_day(at)) if owners else {}
    return {owners[owner]: paper for owner, paper in found.items()}


def slip_reissued_at(code: str) -> datetime | None:
    """Return when the slip of a dossier was issued anew, if it was. Costs: one query."""
    slips = IssuedPaper.objects.filter(dossier__code=code, form=IssuedForm.SLIP)
    issued = list(slips.order_by("seq").values_list("issued_at", flat=True))
    return issued[-1] if len(issued) > 1 else None


def signed_slip_of(code: str, *, at: datetime) -> OwnedPaper | None:
    """Return the newest slip of a dossier if it is signed digitally. Costs: four queries."""
    slips = IssuedPaper.objects.filter(dossier__code=code, form=IssuedForm.SLIP)
    seq = slips.order_by("-seq").values_list("seq", flat=True).first()
    owner = owner_of_paper(code, seq or 0)
    return signing.papers_of([owner], on=local_day(at)).get(owner)
