"""One dossier at the office: what there is to do, its papers, the talk about it, its trail."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office import parts
from motcua.channels.office.acts import Act, Situation, offers, situate
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.showing import dossier_badge, status_badge
from motcua.lib.clock import now
from motcua.lib.errors import NotAllowed

Tab = tuple[str, str, str] | tuple[str, str, str, int]
TABS = {
    "viec": ("Việc", parts.work_part),
    "giay-to": ("Giấy tờ", parts.papers_part),
    "trao-doi": ("Trao đổi", parts.talk_part),
    "nhat-ky": ("Nhật ký", parts.trail_part),
}


@require_GET
@for_officers("office:work")
def dossier(request: ActorRequest, code: str) -> HttpResponse:
    """Show a dossier, and note who opened it."""
    at = now()
    opened = dossiers.open_dossier(code, by=request.actor, at=at, purpose="office")
    situation = situate(request.actor, opened, at, step_seq=request.GET.get("buoc", ""))
    current = request.GET.get("phan", "")
    tab = current if current in TABS else "viec"
    if tab == "trao-doi":
        note_reading(situation)
    context = {
        "dossier": opened,
        "name": situation.whole.definition.name,
        "status": status_badge(opened),
        "detail": dossiers.detail_label(opened),
        "badge": dossier_badge(opened, at),
        "tab": tab,
        "tabs": tabs(situation),
        **acts_shown(situation),
        **TABS[tab][1](situation),
    }
    return page(request, "dossier", context, current="")


def tabs(situation: Situation) -> list[Tab]:
    """Return the tabs with how much is behind them."""
    address = reverse("office:dossier", args=[situation.dossier.code])
    counts = {"giay-to": len(situation.whole.papers), "trao-doi": len(situation.whole.messages)}
    plain = [(word, f"{address}?phan={key}", key) for key, (word, _) in TABS.items()]
    return [(*tab, counts[tab[2]]) if tab[2] in counts else tab for tab in plain]


def acts_shown(situation: Situation) -> dict[str, object]:
    """Return the one act that comes next, and the others that are open."""
    open_acts = offers(situation)
    main = next((act for act in open_acts if act.is_main), None)
    others = [act for act in open_acts if act is not main]
    beside = next((act for act in others if act.slug == "tra-lai"), None)
    return {
        "main": address_of(main, situation) if main else None,
        "beside": address_of(beside, situation) if beside else None,
        "others": [address_of(act, situation) for act in others if act is not beside],
    }


def address_of(act: Act, situation: Situation) -> tuple[str, str, bool]:
    """Return the word of an act, its address, and whether it is done at once."""
    address = reverse("office:act", args=[situation.dossier.code, act.slug])
    if situation.step is not None:
        address = f"{address}?buoc={situation.step.seq}"
    return act.label, address, act.slug == "nhan"


def note_reading(situation: Situation) -> None:
    """Note that what the applicant wrote was read, where the reader may answer."""
    if not any(
        message.side == dossiers.Side.CITIZEN and message.read_at is None
        for message in situation.whole.messages
    ):
        return
    try:
        dossiers.read_messages(situation.dossier.code, by=situation.actor, at=situation.at)
    except NotAllowed:
        return
