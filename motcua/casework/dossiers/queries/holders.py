"""Who applies and who hands in, by name and by the marks of their numbers: to compare signers.

Source: docs/law/signatures.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from motcua.casework.dossiers.choices import PartyRole
from motcua.casework.dossiers.models import Dossier, DossierParty
from motcua.foundation.identity import api as identity
from motcua.foundation.people import api as people

_ROLES = (PartyRole.APPLICANT, PartyRole.SUBMITTER)


@dataclass(frozen=True, slots=True)
class Holder:
    """One who may sign the papers of a dossier: as what, under which name, known by which marks."""

    role: PartyRole
    name: str
    marks: frozenset[str] = field(default=frozenset(), repr=False)


def holders_of(dossier: Dossier) -> Sequence[Holder]:
    """Return applicants and submitter of a dossier, applicants first. Costs: up to six queries."""
    rows = DossierParty.objects.filter(dossier_id=dossier.pk, role__in=_ROLES).order_by("seq")
    parties = sorted(rows, key=lambda one: _ROLES.index(PartyRole(one.role)))
    submitter = _submitter_person(dossier)
    by_person = people.marks_of_people(
        {one.person_id for one in parties if one.person_id}
        | {key for key in (submitter, dossier.applicant_person_id) if key}
    )
    by_enterprise = people.marks_of_enterprises(
        {one.enterprise_id for one in parties if one.enterprise_id}
    )
    found = [
        Holder(
            PartyRole(one.role),
            one.full_name,
            _known(by_person, one.person_id) | _known(by_enterprise, one.enterprise_id),
        )
        for one in parties
    ]
    if not any(one.role == PartyRole.APPLICANT for one in found):
        own = _known(by_person, dossier.applicant_person_id)
        found.insert(0, Holder(PartyRole.APPLICANT, dossier.applicant_name, own))
    if not any(one.role == PartyRole.SUBMITTER for one in found):
        own = _known(by_person, submitter)
        found.append(Holder(PartyRole.SUBMITTER, dossier.submitter_name, own))
    return found


def _submitter_person(dossier: Dossier) -> int | None:
    accounts = identity.Account.objects.filter(pk=dossier.submitter_account_id or 0)
    return accounts.values_list("person_id", flat=True).first()


def _known(marks: Mapping[int, frozenset[str]], key: int | None) -> frozenset[str]:
    return marks.get(key or 0, frozenset())
