"""Keep the words by which a dossier is found, and in which agencies.

An entry is found in whole agencies; who in them may see it the scope rows say.
"""

from collections.abc import Iterable, Iterator

from motcua.casework.dossiers.models import Dossier, DossierParty, DossierScope
from motcua.casework.dossiers.rules.application import Application
from motcua.casework.dossiers.rules.importing import OLD_CODE
from motcua.foundation.organisation import api as organisation
from motcua.foundation.search import api as search

KIND = "dossier"
FIRST_PARTY = 1000
_CHUNK = 500


def remember_for_search(dossier: Dossier, application: Application) -> None:
    """Hand over the names of everybody in a new dossier."""
    names = (party.full_name for party in application.parties)
    search.remember(entry_of(dossier, names, agency_roots(_own_units(dossier))))


def remember_again(dossier: Dossier) -> None:
    """Hand over the entry of a dossier whose names or agencies were corrected.

    Costs: two queries.
    """
    others = DossierParty.objects.filter(dossier_id=dossier.pk).exclude(seq=FIRST_PARTY)
    names = [dossier.applicant_name, *others.values_list("full_name", flat=True)]
    search.remember(entry_of(dossier, names, _roots_now(dossier)))


def let_find(dossier: Dossier, unit_id: int) -> None:
    """Let the agency of the unit find the dossier too.

    Costs: one query.
    """
    search.rescope(KIND, dossier.pk, _roots_now(dossier) | agency_roots([unit_id]))


def agency_roots(unit_ids: Iterable[int]) -> set[int]:
    """Return the root units of the agencies these units belong to."""
    tree = organisation.tree()
    return {tree.agency_of(unit_id).root_unit_id for unit_id in unit_ids if unit_id > 0}


def _own_units(dossier: Dossier) -> list[int]:
    return [dossier.receiving_unit_id, dossier.competent_unit_id, dossier.return_unit_id]


def _roots_now(dossier: Dossier) -> set[int]:
    rows = DossierScope.objects.filter(dossier=dossier, unit_id__gt=0)
    return agency_roots([*_own_units(dossier), *rows.values_list("unit_id", flat=True)])


def entry_of(dossier: Dossier, names: Iterable[str], roots: Iterable[int]) -> search.Entry:
    """Return how a dossier is found: by its people, and by a code another system gave it."""
    old = dossier.origin.removeprefix(OLD_CODE) if dossier.origin.startswith(OLD_CODE) else ""
    every = dict.fromkeys(filter(None, [*names, dossier.submitter_name, old]))
    return search.Entry(
        kind=KIND,
        subject_id=dossier.pk,
        text="\n".join(every),
        sort_at=dossier.sort_at,
        code=dossier.code,
        scope_ids=tuple(roots),
    )


def every_entry() -> Iterator[search.Entry]:
    """Yield how each dossier is found, by its key; for rebuilding."""
    latest = 0
    while True:
        chunk = list(Dossier.objects.filter(pk__gt=latest).order_by("pk")[:_CHUNK])
        if not chunk:
            return
        latest = chunk[-1].pk
        keys = [dossier.pk for dossier in chunk]
        names: dict[int, list[str]] = {key: [] for key in keys}
        parties = DossierParty.objects.filter(dossier_id__in=keys).order_by("dossier_id", "seq")
        for key, name in parties.values_list("dossier_id", "full_name"):
            names[key].append(name)
        roots: dict[int, list[int]] = {dossier.pk: _own_units(dossier) for dossier in chunk}
        scope = DossierScope.objects.filter(dossier_id__in=keys, unit_id__gt=0)
        for key, unit_id in scope.values_list("dossier_id", "unit_id"):
            roots[key].append(unit_id)
        for dossier in chunk:
            yield entry_of(dossier, names[dossier.pk], agency_roots(roots[dossier.pk]))
