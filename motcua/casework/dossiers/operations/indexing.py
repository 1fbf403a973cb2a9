"""Keep the words by which a dossier is found."""

from collections.abc import Collection

from motcua.casework.dossiers.models import Dossier, DossierParty
from motcua.casework.dossiers.rules.application import Application
from motcua.lib import work
from motcua.lib.text import exact, fold, words

FIRST_PARTY = 1000
_REMEMBER = """
INSERT INTO dossiers_search (dossier_id, sort_at, exact_words, folded_words)
VALUES (%s, %s, %s::tsvector, %s::tsvector)
"""


_REMEMBER_AGAIN = """
UPDATE dossiers_search SET exact_words = %s::tsvector, folded_words = %s::tsvector
WHERE dossier_id = %s
"""


def remember_for_search(dossier: Dossier, application: Application) -> None:
    """Hand over the names of everybody in the dossier as words with and without tones."""
    names = {dossier.submitter_name, *(party.full_name for party in application.parties)}
    with_tones, folded = _words_of(names)
    work.put(_REMEMBER, [dossier.pk, dossier.sort_at, with_tones, folded])


def remember_names_again(dossier: Dossier) -> None:
    """Hand over the words of a dossier whose names were corrected.

    Costs: one query.
    """
    others = DossierParty.objects.filter(dossier_id=dossier.pk).exclude(seq=FIRST_PARTY)
    names = {dossier.applicant_name, dossier.submitter_name}
    names.update(others.values_list("full_name", flat=True))
    with_tones, folded = _words_of(names)
    work.put(_REMEMBER_AGAIN, [with_tones, folded, dossier.pk])


def _words_of(names: Collection[str]) -> tuple[str, str]:
    found = {word for name in names for word in words(name)}
    with_tones = " ".join(sorted({exact(word) for word in found}))
    return with_tones, " ".join(sorted({fold(word) for word in found}))
