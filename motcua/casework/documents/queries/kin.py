"""Which documents belong to one another: answers, replacements, corrections."""

from collections.abc import Sequence

from django.db.models import Q

from motcua.casework.documents.models import Document, DocumentScope
from motcua.foundation.access import api as access
from motcua.lib.actor import Actor

from .one import reading

_FORWARD = (
    ("answers_id", "Trả lời"),
    ("replaces_id", "Thay thế"),
    ("amends_id", "Đính chính"),
    ("replaced_by_id", "Được thay thế bằng"),
    ("duplicate_of_id", "Trùng với"),
)
_BACK = (("answers_id", "Được trả lời bằng"), ("amends_id", "Được đính chính bằng"))


def kin_of(actor: Actor, document: Document) -> Sequence[tuple[str, Document]]:
    """Return the documents this one belongs with, each with a word; only those the actor may see.

    Costs: three queries.
    """
    named = {name: getattr(document, name) for name, _ in _FORWARD}
    condition = Q(pk__in=[key for key in named.values() if key])
    for name, _ in _BACK:
        condition |= Q(**{name: document.pk})
    found = {one.pk: one for one in Document.objects.filter(condition).order_by("pk")}
    seen = access.visible_among(DocumentScope, reading(actor), found)
    shown = [(word, found[named[name]]) for name, word in _FORWARD if named[name] in seen]
    for name, word in _BACK:
        shown += [
            (word, found[key])
            for key in found
            if key in seen and points(found[key], name, document)
        ]
    return shown


def points(one: Document, name: str, to: Document) -> bool:
    """Say whether a document names another as the one it answers or corrects."""
    return bool(getattr(one, name) == to.pk)
