"""Directives as a reader may read them: secret words only for those named in them."""

from typing import NamedTuple

from motcua.casework.documents.models import Directive, DirectiveLine
from motcua.lib.actor import Actor

from .one import WholeDocument


class DirectiveShown(NamedTuple):
    """One directive; without `words` it is not for this reader."""

    directive: Directive
    words: str
    lines: list[DirectiveLine]
    is_hidden: bool


def directives_for(actor: Actor, whole: WholeDocument) -> list[DirectiveShown]:
    """Return the directives on a document, the newest first, each as this actor may read it."""
    found = []
    for one in reversed(whole.directives):
        lines = [line for line in whole.lines if line.directive_seq == one.seq]
        is_open = not one.is_secret or _is_named(actor, one, lines)
        words, shown = (one.words, lines) if is_open else ("", [])
        found.append(DirectiveShown(one, words, shown, not is_open))
    return found


def _is_named(actor: Actor, directive: Directive, lines: list[DirectiveLine]) -> bool:
    """Say whether the actor wrote it, or is named in it himself or through his unit."""
    if directive.by_id == actor.id:
        return True
    people = {line.account_id for line in lines if line.account_id is not None}
    units = {line.unit_id for line in lines if line.account_id is None}
    return actor.id in people or bool(units.intersection(actor.unit_ids))
