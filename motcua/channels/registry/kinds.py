"""The kinds of documents as a choice on a page."""

from motcua.casework.documents.api import KINDS, OTHER_KIND
from motcua.foundation.papers.api import DocumentKind

_COMMON = (DocumentKind.OFFICIAL_LETTER, DocumentKind.DECISION, DocumentKind.NOTICE)


def kind_options() -> list[tuple[str, str]]:
    """Return the kinds, the commonest first."""
    first = {int(kind) for kind in _COMMON}
    every = [*_COMMON, *(kind for kind, _ in KINDS if kind not in first and kind != OTHER_KIND)]
    names = dict(KINDS)
    return [(str(int(kind)), str(names[kind])) for kind in (*every, OTHER_KIND)]
