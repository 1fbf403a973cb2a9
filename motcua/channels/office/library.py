"""Which act of the office takes standard reasons, into which of its fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from motcua.casework.dossiers.api import OutcomeKind
from motcua.casework.reasons.api import ReasonKind
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.reasons import Shelf, bases, hold, is_putting_in, joined, shelf_for
from motcua.channels.kit.requests import ActorRequest

from .acts import Act, Situation
from .forms import SupplementForm


@dataclass(frozen=True, slots=True)
class Filling:
    """For what the reasons of an act are, and where their words and their basis in law go."""

    kind: ReasonKind
    field: str = "reason"
    basis: str = ""
    answer: str = ""


FILLINGS: Mapping[str, Filling] = {
    "yeu-cau-bo-sung": Filling(ReasonKind.SUPPLEMENT, ""),
    "hoan-thanh": Filling(ReasonKind.REFUSAL, answer=OutcomeKind.REFUSED.value),
    "dung": Filling(ReasonKind.SUSPENSION, "ground", "basis"),
    "cho": Filling(ReasonKind.SUSPENSION, "note"),
    "xin-loi": Filling(ReasonKind.APOLOGY),
    "ve-mot-cua": Filling(ReasonKind.SEND_BACK),
    "sua-to-khai": Filling(ReasonKind.CORRECTION),
}


def shelf_of(request: ActorRequest, act: Act, situation: Situation, form: KitForm) -> Shelf | None:
    """Return what the library offers for the act, None where its form takes no reason."""
    filling = FILLINGS.get(act.slug)
    if filling is None or (filling.field and filling.field not in form.fields):
        return None
    return shelf_for(request, situation.whole, filling.kind, at=situation.at)


def put_in(
    request: ActorRequest, act: Act, situation: Situation, form: KitForm, shelf: Shelf | None
) -> KitForm | None:
    """Return the form with the ticked reasons in it, None if that is not what was asked."""
    if shelf is None or not is_putting_in(request):
        return None
    filling, typed = FILLINGS[act.slug], request.POST.copy()
    if isinstance(form, SupplementForm):
        _fill_rows(form, typed, shelf)
    else:
        with_basis = not filling.basis
        words = joined(shelf.chosen, typed.get(filling.field, ""), with_basis=with_basis)
        typed[filling.field] = words
        if filling.basis:
            typed[filling.basis] = bases(shelf.chosen, typed.get(filling.basis, ""))
        if filling.answer and shelf.chosen:
            typed["kind"] = filling.answer
    filled = act.ask(situation, typed, request.FILES)
    hold(filled)
    return filled


def _fill_rows(form: SupplementForm, typed: QueryDict, shelf: Shelf) -> None:
    """Put each reason into the first free row; when all are taken, to the words of the last."""
    chosen = list(shelf.chosen)
    papers = {key for key, _ in form.papers}
    for what, why, paper in form.rows():
        if typed.get(what, "").strip() or typed.get(why, "").strip():
            continue
        if not chosen:
            return
        one = chosen.pop(0)
        code = one.suggestion.paper_code if one.suggestion.paper_code in papers else ""
        typed[what], typed[why], typed[paper] = one.suggestion.title, one.whole_words, code
    if chosen:
        last = form.rows()[-1][1]
        typed[last] = joined(chosen, typed.get(last, ""), with_basis=True)


def written_in(act: Act, data: Mapping[str, Any]) -> str | None:
    """Return the reason as it was sent in the end, None where the act gives none this time."""
    filling = FILLINGS[act.slug]
    if filling.answer and data.get("kind") != filling.answer:
        return None
    if not filling.field:
        return "\n".join(f"{item.what}: {item.reason}" for item in data.get("items", ()))
    return str(data.get(filling.field, ""))
