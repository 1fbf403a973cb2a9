"""Whether and how far the outcomes of a dossier are signed digitally."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import Dossier, DossierOutcome
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import OwnedPaper, WholeRequest
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

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

    A Word draft is, if its template has places for number, day and signature.
    """
    is_paper = outcome.spec_code == _WITHOUT_PAPER
    if is_paper or definition.is_on_paper_only(outcome.spec_code):
        return False
    return outcome.file_id is None or takes_fields(outcome)


def policy_of(dossier: Dossier, definition: Definition, at: datetime) -> signing.PolicyInfo | None:
    """Return what the policy in force asks of the dossier's outcomes. Costs: seldom a query."""
    return signing.policy_for(
        signing.DocumentKind.OUTCOME,
        on=local_day(at),
        agency_id=dossier.agency_id,
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
    if not _are_signable(dossier, definition):
        return False
    return policy.is_required or bool(signing.certificates_for(by, at))


def _are_signable(dossier: Dossier, definition: Definition) -> bool:
    """Say whether all that is drafted, or would be, is set by our press and leaves as a file."""
    rows = DossierOutcome.objects.select_related("file")
    drafts = rows.filter(dossier=dossier, decided_at__isnull=True)
    found = list(drafts) or [DossierOutcome(spec_code=one.code) for one in definition.outcomes]
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
