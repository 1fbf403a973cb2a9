"""Trying a fee table with facts, typed or of a dossier one may see: nothing is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.fees import api as fees
from motcua.channels.backoffice import fee_words
from motcua.channels.backoffice.fee_grid import as_fact, fact_words
from motcua.channels.backoffice.forms.fee_tables import TryForm
from motcua.channels.backoffice.frame import form_page
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.decisions import Asked, Model, facts_asked, read_dmn
from motcua.lib.errors import Anticipated
from motcua.lib.money import in_dong

from .fee_tables import CURRENT, FORM, address, crumbs, readers

FETCH = "fetch"


@require_http_methods(FORM)
@readers
def try_table(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Decide by the version for the facts given: the amount, the row that fired, and why."""
    found = fees.get_version(code, number)
    model = read_dmn(found.model.encode())
    asked = facts_asked(model)
    form = TryForm(asked, request.POST or None, initial=initial_of(asked))
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == FETCH:
            form = fetched(form, asked, request.actor)
        else:
            context = decided(model, form, asked, found.basis_words)
    return form_page(
        request,
        form,
        {
            "title": f"Thử bảng “{found.table.name}”, phiên bản {number}",
            "crumbs": crumbs(code, number),
            "back": address(code, number),
            "button": "Tính thử",
            "answer": None,
            "whys": [],
            "complaint": "",
            **context,
        },
        current=CURRENT,
        template="fee_try",
    )


def initial_of(asked: Sequence[Asked]) -> dict[str, str]:
    """Return the day of filing, if the table asks for it: today."""
    today = fact_words(local_day(now()))
    return {f"fact_{one.name}": today for one in asked if one.name in {"on", "filed_on"}}


def decided(model: Model, form: TryForm, asked: Sequence[Asked], basis: str) -> dict[str, Any]:
    """Return what the table says of the facts, and why."""
    facts = {
        one.name: value
        for one in asked
        if (value := as_fact(form.cleaned_data[f"fact_{one.name}"], one.kind)) is not None
    }
    try:
        decision = fees.decide_fee(model, facts, basis=basis)
        whys = fee_words.reasons(model, facts)
    except Anticipated as error:
        return {"complaint": str(error)}
    answer = [
        {"key": "Mức thu", "value": in_dong(decision.amount_vnd)},
        {"key": "Lý do", "value": decision.reason or "–"},
        {"key": "Căn cứ", "value": decision.basis or "–"},
        {"key": "Hàng áp dụng", "value": decision.row_words or "–"},
    ]
    return {"answer": answer, "whys": whys}


def fetched(form: TryForm, asked: Sequence[Asked], actor: Actor) -> TryForm:
    """Return the form filled with the facts of a dossier that the actor may see."""
    code = form.cleaned_data["dossier"]
    try:
        facts = facts_of(code, actor)
    except Anticipated as error:
        form.blame(str(error), "dossier")
        return form
    values = {f"fact_{one.name}": fact_words(facts.get(one.name)) for one in asked}
    return TryForm(asked, initial={"dossier": code, **values})


def facts_of(code: str, actor: Actor) -> Mapping[str, Any]:
    """Return the facts of a dossier, noting that it was looked at. Raises: NoSuchDossier."""
    dossier = dossiers.open_dossier(code, by=actor, at=now())
    found = dossiers.whole(dossier)
    known = found.definition.known(found.facts)
    filed = known.get("filed_on") or local_day(now())
    return {**known, "on": filed, "quantity": 1}
