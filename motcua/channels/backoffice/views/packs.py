"""Procedure packs: export, import, what one would change here, and the draft made of it."""

from datetime import datetime
from typing import NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.packs import api as packs
from motcua.channels.backoffice import versions
from motcua.channels.backoffice.doing import done, tried
from motcua.channels.backoffice.forms.packs import PackDraftForm, PackForm
from motcua.channels.backoffice.forms.procedures import UseTemplateForm, WordTemplateForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.staff_files import keep_for_later
from motcua.channels.backoffice.views.procedures import FORM, crumbs, editors, publishers, readers
from motcua.channels.backoffice.views.word_templates import spec_of, trial_of, try_page
from motcua.channels.kit.downloads import bytes_response
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound

CURRENT = "procedures"
SHOWN_FAULTS = 100
MOST_LINES = 6_000
TONES = {
    packs.Turn.NEW: "ok",
    packs.Turn.CHANGED: "info",
    packs.Turn.SAME: "neutral",
    packs.Turn.GONE: "late",
}
STATES = {
    packs.PackState.WAITING: "soon",
    packs.PackState.DRAFTED: "ok",
    packs.PackState.DROPPED: "neutral",
}
SIGNED = {
    packs.Signed.TRUSTED: "ok",
    packs.Signed.UNCHECKED: "soon",
    packs.Signed.UNKNOWN: "late",
    packs.Signed.NONE: "neutral",
}


class ShownPart(NamedTuple):
    """One file of a pack with its differences."""

    part: packs.Part
    tone: str
    changes: list[list[versions.Line]]


def address(pack_id: int) -> str:
    return reverse("backoffice:pack", args=[pack_id])


def way_down() -> list[tuple[str, str]]:
    return [*crumbs(), ("Gói thủ tục", reverse("backoffice:packs"))]


@require_http_methods(FORM)
@editors
def received(request: ActorRequest) -> HttpResponse:
    """List the packs that came, and take another one in: nothing here changes by it.

    Costs: one statement.
    """
    form = PackForm(request.POST or None, request.FILES or None)
    faults: tuple[packs.Fault, ...] = ()
    if form.is_valid():
        try:
            return done(request, lambda at: take_in(request, form, at), "Đã đọc gói.")
        except packs.BadPack as error:
            faults = error.faults
            form.blame(f"Gói có {len(faults)} chỗ phải sửa; chưa có gì được nhập.", "file")
        except (NotAllowed, NotFound):
            raise
        except Anticipated as error:
            form.blame(str(error), "file")
    word = request.GET.get("before", "")
    rows = packs.received_packs(
        by=request.actor,
        before=int(word) if word.isdecimal() and len(word) < 18 else None,  # noqa: PLR2004 -- fits a key
    )
    context = {
        "title": "Gói thủ tục",
        "crumbs": crumbs(),
        "form": form,
        "faults": faults[:SHOWN_FAULTS],
        "rows": [(one, STATES[packs.PackState(one.state)]) for one in rows[: packs.SHOWN]],
        "before": rows[packs.SHOWN - 1].pk if len(rows) > packs.SHOWN else "",
        "is_later": bool(word),
    }
    status = 422 if form.errors else 200
    return page(request, "packs", context, current=CURRENT, status=status)


def take_in(request: ActorRequest, form: PackForm, at: datetime) -> str:
    """Keep what the archive holds; return where to look at it. Raises: BadPack."""
    file = form.cleaned_data["file"][0]
    content = file.read() if isinstance(file, UploadedFile) else b""
    kept = packs.receive_packs(packs.read_zip(content), by=request.actor, at=at)
    return address(kept[0].pk) if len(kept) == 1 else reverse("backoffice:packs")


@require_http_methods(FORM)
@editors
def pack(request: ActorRequest, pack_id: int) -> HttpResponse:
    """Show what a pack would change here, part by part; make drafts of it when asked.

    Costs: a few statements, and two for each fee table.
    """
    kept = packs.get_pack(pack_id, by=request.actor)
    content, today = packs.content_of(kept), local_day(now())
    standing = packs.standing_of(content, on=today)
    form = PackDraftForm(request.POST or None, initial={"valid_from": today})

    def act(at: datetime) -> str:
        drafted = packs.draft_pack(
            pack_id,
            request.POST.get("seen", ""),
            by=request.actor,
            at=at,
            valid_from=form.cleaned_data["valid_from"],
        )
        return address(drafted.pk)

    if answer := tried(request, form, act, "Đã đưa vào bản thảo; chưa công khai."):
        return answer
    parts, is_cut = shown_parts(standing)
    context = {
        "title": kept.name,
        "crumbs": way_down(),
        "pack": kept,
        "tone": STATES[packs.PackState(kept.state)],
        "signed_tone": SIGNED[packs.Signed(kept.signed)],
        "is_waiting": kept.state == packs.PackState.WAITING,
        "standing": standing,
        "parts": parts,
        "is_cut": is_cut,
        "templates": list(content.templates),
        "form": form,
    }
    status = 422 if form.errors else 200
    return page(request, "pack", context, current=CURRENT, status=status)


def shown_parts(standing: packs.Standing) -> tuple[list[ShownPart], bool]:
    """Return the parts with their differences, and whether some are left out for their length."""
    rows, left = [], MOST_LINES
    for part in standing.parts:
        one = shown(part) if left > 0 else ShownPart(part, TONES[part.turn], [])
        left -= sum(map(len, one.changes))
        rows.append(one if left >= 0 else one._replace(changes=[]))
    return rows, left <= 0


def shown(part: packs.Part) -> ShownPart:
    """Return one part with its differences; of a new one all its lines."""
    is_other = part.turn != packs.Turn.SAME
    return ShownPart(
        part, TONES[part.turn], versions.differences(part.was, part.now) if is_other else []
    )


@require_POST
@editors
def drop(request: ActorRequest, pack_id: int) -> HttpResponse:
    """Put a pack aside."""

    def act(at: datetime) -> str:
        packs.drop_pack(pack_id, by=request.actor, at=at)
        return reverse("backoffice:packs")

    return done(request, act, "Đã bỏ gói; ở đây không có gì thay đổi.")


@require_GET
@editors
def download(request: ActorRequest, pack_id: int) -> HttpResponseBase:
    """Hand out a pack as it was read."""
    kept = packs.get_pack(pack_id, by=request.actor)
    return bytes_response(bytes(kept.content), f"goi-{kept.code}.zip")


@require_POST
@publishers
def try_template(request: ActorRequest, pack_id: int, outcome: str) -> HttpResponse:
    """Try a Word template of a pack with invented answers; from there it can be put in use."""
    kept = packs.get_pack(pack_id, by=request.actor)
    content = packs.content_of(kept).templates.get(outcome)
    if content is None or kept.version is None:
        raise packs.NoSuchPack("Gói không có mẫu Word này, hoặc chưa được đưa vào bản thảo.")
    at = now()
    file = SimpleUploadedFile(f"{outcome}.docx", content)
    token = keep_for_later(file, by=request.actor, at=at)
    found = kept.version.procedure
    tried_so_far = {"trial": trial_of(request, found, token, at), "token": token}
    use_form = UseTemplateForm(initial={"valid_from": local_day(at)})
    return try_page(
        request, found, spec_of(found, outcome), (WordTemplateForm(), use_form), tried_so_far
    )


@require_GET
@readers
def export(_request: HttpRequest, code: str, number: int | None = None) -> HttpResponseBase:
    """Hand out a procedure as a pack: this version, else the one in force. Raises: NoSuchPack."""
    files = packs.pack_of(code, on=local_day(now()), number=number)
    return bytes_response(packs.write_zip({code: files}), f"goi-{code}.zip")
