"""Papers and outcomes of earlier dossiers, offered where a file is asked for."""

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import AtHand, Draft
from motcua.channels.kit import words
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import translate as _
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

PREFIX = "dung-lai."


def offers(actor: Actor, draft: Draft) -> list[tuple[str, str]]:
    """Return what can be chosen in place of a file; nothing where there is nothing."""
    found = dossiers.at_hand(actor, draft, local_day(now()))
    if not found:
        return []
    return [("", _("Không dùng lại")), *((one.key, _in_words(one)) for one in found)]


def _in_words(one: AtHand) -> str:
    name, day = one.name, words.short_day(one.on)
    if one.is_outcome:
        return _("%(name)s (kết quả, %(day)s)", name=name, day=day)
    return _("%(name)s (đã nộp %(day)s)", name=name, day=day)


def reuse_chosen(request: ActorRequest, draft: Draft, spec_code: str) -> None:
    """Attach what was chosen for this paper, if anything. Raises: BadInput."""
    if key := request.POST.get(f"{PREFIX}{spec_code}", ""):
        dossiers.reuse_in_draft(draft.token, spec_code, key, by=request.actor, at=now())
