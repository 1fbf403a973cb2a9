"""What stands around every page of the counter: the desk, the way about, the counters."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from motcua.casework.dossiers import api as dossiers
from motcua.casework.indicators import api as indicators
from motcua.channels.kit.addresses import address
from motcua.channels.kit.areas import working_areas
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor

RECEIVE = Power.RECEIVE_DOSSIERS
DESK_POWERS = (RECEIVE, Power.HAND_OVER_DOSSIERS, Power.RETURN_OUTCOMES)
WAITING = f"dossiers.open.{dossiers.Status.SUBMITTED}"
SUPPLEMENTS = f"dossiers.open.{dossiers.Status.AWAITING_APPLICANT}"
TO_HAND_OUT = f"dossiers.open.{dossiers.Status.RESOLVED}"

Item = tuple[str, ...] | tuple[str, str, str, int]


def desks_of(actor: Actor) -> list[organisation.UnitInfo]:
    """Return the desks at which the actor may do a desk's work, by code."""
    units = set().union(*(actor.powers.get(power, ()) for power in DESK_POWERS))
    return [desk for desk in organisation.tree().desks() if desk.id in units]


def desk_of(request: ActorRequest) -> organisation.UnitInfo:
    """Return the desk the officer works at now. Raises: PermissionDenied if there is none."""
    desks = desks_of(request.actor)
    if not desks:
        message = "Trang này dành cho người làm việc tại bộ phận một cửa."
        raise PermissionDenied(message)
    wanted = request.GET.get("desk", "") or request.POST.get("desk", "")
    here = organisation.tree().descendants(request.actor.unit_ids[0])
    usual = next((desk for desk in desks if desk.id in here), desks[0])
    return next((desk for desk in desks if str(desk.id) == wanted), usual)


def units_here(request: ActorRequest) -> frozenset[int]:
    """Return the desk worked at now with what is below it."""
    return organisation.tree().descendants(desk_of(request).id)


def page(
    request: ActorRequest,
    template: str,
    context: Mapping[str, object],
    *,
    current: str,
    status: int = 200,
) -> HttpResponse:
    """Return the page inside the counter's frame.

    Costs: one statement for the counters.
    """
    desk = desk_of(request)
    standing = indicators.standing([desk.id])
    around = {
        "desk": desk,
        "standing": standing,
        "side": side(standing, request.actor, desk.id),
        "current": current,
        "areas": working_areas(request.actor, here="counter"),
        "actor": request.actor,
    }
    return render(request, f"counter/{template}.html", {**around, **context}, status=status)


def side(standing: Mapping[str, int], actor: Actor, desk_id: int) -> list[Item]:
    """Return the pages of the counter, those with a heap of work with its size."""
    receives = actor.can(RECEIVE, unit_id=desk_id)
    cash = ("Quầy thu", address("counter:cash"), "cash")
    arranging = ("Bố trí quầy", address("counter:arrange"), "arrange")
    confirming = ("Xác nhận tài khoản", address("counter:confirm_account"), "confirm_account")
    consents = ("Giấy đồng ý, ủy quyền", address("counter:consents"), "consents")
    helpers = ("Người hỗ trợ ở thôn, tổ", address("counter:helpers"), "helpers")
    return [
        ("Hôm nay", address("counter:start"), "start"),
        ("Tiếp nhận", address("counter:receive"), "receive"),
        ("Chứng thực bản sao", address("counter:certify"), "certify"),
        ("Hồ sơ trực tuyến chờ", address("counter:waiting"), "waiting", standing.get(WAITING, 0)),
        (
            "Chờ bổ sung",
            address("counter:supplements"),
            "supplements",
            standing.get(SUPPLEMENTS, 0),
        ),
        ("Chờ nộp tiền, xem nháp", address("counter:pending"), "pending"),
        ("Chuyên môn trả lại", address("counter:sent_back"), "sent_back"),
        ("Trả kết quả", address("counter:returns"), "returns", standing.get(TO_HAND_OUT, 0)),
        *((cash,) if actor.can(Power.TAKE_CASH, unit_id=desk_id) else ()),
        ("Bàn giao", address("counter:hand_overs"), "hand_overs"),
        ("Tìm hồ sơ", address("counter:find"), "find"),
        ("Niêm yết công khai", address("counter:postings"), "postings"),
        *((arranging,) if actor.can(Power.ARRANGE_DESKS, unit_id=desk_id) else ()),
        *((confirming, consents) if receives else ()),
        *((helpers,) if actor.can(Power.APPOINT_HELPERS, unit_id=desk_id) else ()),
        ("Sổ và báo cáo", "", ""),
        ("Sổ theo dõi", address("counter:register"), "register"),
        ("Sổ chứng thực", address("counter:certifications"), "certifications"),
        ("Báo cáo", address("counter:report"), "report"),
    ]
