"""Several dossiers of one person in one go: the person once, a line for each, all or none."""

import re
from collections.abc import Sequence

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.channels.counter.applying import applicant_of, application_from
from motcua.channels.counter.fees import FeeRow, fees_taken
from motcua.channels.counter.frame import page
from motcua.channels.counter.sheet import Sheet, fill, find_chosen
from motcua.channels.kit.answers import PREFIX
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local_day
from motcua.lib.errors import Anticipated, BadInput, NotAllowed
from motcua.lib.text import whole_number

from .listing import named
from .reception import begun, focus_of, only_one_found, read, show_earlier, with_card

MOST = dossiers.MOST_IN_ONE_GO
OF_ONE_DOSSIER = ("case", "agency", "number_of_sets")
_LINE = re.compile(r"d(\d{1,3})_procedure")


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:several")
def several(request: ActorRequest) -> HttpResponse:
    """Show the person and the lines, or receive them all."""
    data = moved(request.POST) if request.method == "POST" else begun(request)
    act = data.get("act", "")
    is_final = act == "receive"
    head = with_card(request, data) if act == "card" else read(request, data, is_final=is_final)
    fill(head)
    if only := only_one_found(head):
        head.typed = head.typed.copy()
        head.typed["add"] = only
    lines = lines_of(head, is_final=is_final)
    if head.typed.get("add"):
        head.query = ""
        fill(head)
    show_earlier(head)
    head.focus = focus_of(head, data)
    if head.typed.get("add") and lines:
        head.focus, lines[-1].focus = "", "papers"
    if is_final and is_right(head, lines):
        answer = take_in(head, lines)
        if answer is not None:
            return answer
    context = {
        "sheet": head,
        "lines": lines,
        "most": MOST,
        "paid_vnd": sum(whole_number(row.amount) or 0 for row in fees_of(lines)),
    }
    status = 422 if is_final or head.errors else 200
    return page(request, "several", context, current="receive", status=status)


def moved(typed: QueryDict) -> QueryDict:
    """Return what was typed on the screen of one dossier as the first of several."""
    code, data = typed.get("procedure", ""), typed.copy()
    for name in typed if code else ():
        if name in OF_ONE_DOSSIER or name.startswith(("paper_", "fee_", PREFIX)):
            data.setlist(f"d1_{name}", data.pop(name))
    if code:
        data["d1_procedure"], data["procedure"] = code, ""
    return data


def fees_of(lines: Sequence[Sheet]) -> list[FeeRow]:
    return [row for line in lines for row in line.fees]


def lines_of(head: Sheet, *, is_final: bool) -> list[Sheet]:
    """Return a sheet for each dossier on the screen; one is added or dropped by its button."""
    data = head.typed
    chosen = {int(m[1]): str(data[m[0]]) for name in data if (m := _LINE.fullmatch(name))}
    if (drop := whole_number(data.get("drop", ""))) is not None:
        chosen.pop(drop, None)
    if (added := data.get("add", "")) and len(chosen) < MOST:
        chosen[max(chosen, default=0) + 1] = added
    return [
        line_of(head, f"d{place}_", code, is_final=is_final)
        for place, code in sorted(chosen.items())[:MOST]
        if find_chosen(code, head.at)
    ]


def line_of(head: Sheet, prefix: str, code: str, *, is_final: bool) -> Sheet:
    """Return the sheet of one dossier: the person of the head, the rest of its own."""
    own = QueryDict(mutable=True)
    for name in head.typed:
        if name.startswith(prefix):
            own.setlist(name.removeprefix(prefix), head.typed.getlist(name))
        elif name in head.form.fields and name not in OF_ONE_DOSSIER:
            own.setlist(name, head.typed.getlist(name))
    own["procedure"] = code
    line = read(head.request, own, is_final=is_final)
    line.prefix = prefix
    fill(line)
    return line


def is_right(head: Sheet, lines: Sequence[Sheet]) -> bool:
    """Say whether everything typed is usable; what is not is said where it stands."""
    for name in OF_ONE_DOSSIER:
        head.form.errors.pop(name, None)
    for line in lines:
        for name in OF_ONE_DOSSIER:
            line.errors += [{"text": str(error), "href": ""} for error in line.form[name].errors]
    if not lines:
        head.errors.append({"text": "Hãy chọn ít nhất một thủ tục.", "href": "#id_q"})
    return not (head.form.errors or head.errors or any(line.errors for line in lines))


def take_in(head: Sheet, lines: Sequence[Sheet]) -> HttpResponse | None:
    """Receive every line and go on; what stands in the way is said at its line."""
    by, at = head.request.actor, head.at
    fees = [paid for line in lines if (paid := paid_for(line)) is not None]
    if len(fees) < len(lines):
        return None
    try:
        applicant = applicant_of(lines[0], by=by, at=at)
        applications = [application_from(line, applicant) for line in lines]
        codes = dossiers.receive_several(
            applications,
            desk_unit_id=head.desk.id,
            by=by,
            at=at,
            fees=fees,
            key=head.typed.get("request_key", ""),
        )
    except NotAllowed:
        raise
    except dossiers.SeveralWrong as error:
        for place, why in error.complaints.items():
            lines[place].blame(why)
            if isinstance(why, dossiers.AnswersWrong):
                lines[place].answer_errors = why.complaints
    except Anticipated as error:
        field = getattr(error, "field", "")
        head.form.blame(str(error), field) if field in head.form.fields else head.blame(error)
    else:
        return redirect(reverse("counter:received_several", query={"ma": codes}))
    return None


def paid_for(line: Sheet) -> list[dossiers.FeeIn] | None:
    try:
        return fees_taken(line.fees)
    except BadInput as error:
        line.blame(error)
        return None


@require_GET
@shows_errors("counter:start")
def received_several(request: ActorRequest) -> HttpResponse:
    """Show what was received together: codes, promises, what to print."""
    found = dossiers.received_together(request.actor, codes_asked(request))
    slips = dossiers.with_slips(found)
    context = {
        "rows": [(one, name, one.pk in slips) for one, name in named(found)],
        "list_href": reverse("counter:print_several", query={"ma": [one.code for one in found]}),
        "first": found[0],
    }
    return page(request, "received_several", context, current="receive")


@require_GET
@shows_errors("counter:start")
def print_several(request: ActorRequest) -> HttpResponse:
    """Print the list of what was received together."""
    codes = codes_asked(request)
    return pdf_response(
        dossiers.received_list_pdf(request.actor, codes), f"danh-sach-{codes[0]}.pdf"
    )


def codes_asked(request: ActorRequest) -> list[str]:
    """Return the codes in the address. Raises: NoSuchDossier if there are none, or too many."""
    codes = request.GET.getlist("ma")
    if not 0 < len(codes) <= MOST:
        message = "Không tìm thấy các hồ sơ này."
        raise dossiers.NoSuchDossier(message)
    return codes


@require_GET
@shows_errors("counter:start")
def person_list(request: ActorRequest, code: str) -> HttpResponse:
    """Print one list of what this person handed in on that day at that desk."""
    first = dossiers.get_dossier_for(request.actor, code)
    found = [first]
    if first.applicant_person_id is not None:
        found = dossiers.earlier_dossiers(request.actor, first.applicant_person_id, limit=MOST)
    codes = [one.code for one in found if is_together(one, first)]
    return pdf_response(dossiers.received_list_pdf(request.actor, codes), f"danh-sach-{code}.pdf")


def is_together(one: dossiers.Dossier, first: dossiers.Dossier) -> bool:
    return (
        local_day(one.sort_at) == local_day(first.sort_at)
        and one.receiving_unit_id == first.receiving_unit_id
        and one.submitter_name == first.submitter_name
    )
