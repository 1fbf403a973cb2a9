"""Keep the words by which a dossier is found."""

from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.rules.application import Application
from motcua.lib import work
from motcua.lib.text import exact, fold, words

_REMEMBER = """
INSERT INTO dossiers_search (dossier_id, sort_at, exact_words, folded_words)
VALUES (%s, %s, %s::tsvector, %s::tsvector)
"""


def remember_for_search(dossier: Dossier, application: Application) -> None:
    """Hand over the names of everybody in the dossier as words with and without tones."""
    names = {dossier.submitter_name, *(party.full_name for party in application.parties)}
    found = {word for name in names for word in words(name)}
    with_tones = " ".join(sorted({exact(word) for word in found}))
    folded = " ".join(sorted({fold(word) for word in found}))
    work.put(_REMEMBER, [dossier.pk, dossier.sort_at, with_tones, folded])
