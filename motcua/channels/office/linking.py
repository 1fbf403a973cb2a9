"""Where an act on one part of a dossier is done."""

from dataclasses import replace

from django.urls import reverse

from .acts import Situation, find_act


def item_href(situation: Situation, slug: str, seq: int, *, is_open: bool) -> str:
    """Return the address of an act on one part, empty where it is not open."""
    act = find_act(slug)
    about = replace(situation, item=seq)
    if not is_open or act is None or not act.is_open_to(about):
        return ""
    return f"{reverse('office:act', args=[situation.dossier.code, slug])}?muc={seq}"
