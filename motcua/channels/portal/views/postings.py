"""What is posted in public: the list, one posting, its notice to print, what people say."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.access import is_signed_in, public
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.forms import ObjectionForm
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, BadInput, NotAllowed, NotFound

from .lookup import may_look

SIZE = 20


@public
@require_GET
def postings(request: HttpRequest) -> HttpResponse:
    """List what is posted now, the newest first, of one agency if it is named."""
    at = now()
    code = request.GET.get("co-quan", "")
    agency = organisation.tree().agency_by_code(code) if code else None
    before = _moment(request.GET.get("truoc", ""))
    found = dossiers.field.posted_now(
        at=at, agency_id=agency.id if agency else None, before=before, limit=SIZE + 1
    )
    rows = [
        {
            "posting": one,
            "agency": organisation.name_of_agency(one.agency_id),
            "procedure": procedures.definition_of(one.dossier.procedure_version_id).short_name,
        }
        for one in found[:SIZE]
    ]
    context = {
        "rows": rows,
        "agency": agency,
        "older": found[SIZE - 1].posted_at.isoformat() if len(found) > SIZE else "",
    }
    return render(request, "portal/postings.html", context)


def _moment(typed: str) -> datetime | None:
    """Return where the list goes on; nothing for what is no moment."""
    try:
        found = parse_datetime(typed.replace(" ", "+"))
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


@public
@require_GET
def posting(request: ActorRequest, key: str) -> HttpResponse:
    """Show one posting, and to who objected on-line what was answered.

    When its time is over whom it names is shown to those who objected, and to nobody else.
    """
    return _shown(request, key, ObjectionForm())


def _shown(request: ActorRequest, key: str, form: ObjectionForm, status: int = 200) -> HttpResponse:
    at = now()
    try:
        found = dossiers.field.find_posting(key)
    except dossiers.NoSuchDossier:
        return render(request, "portal/posting_unknown.html", status=HTTPStatus.NOT_FOUND)
    is_running = found.ended_at is None and at <= found.until_at
    own = dossiers.field.own_objections(request.actor, found)
    context = {
        "posting": found,
        "agency": organisation.name_of_agency(found.agency_id),
        "procedure": procedures.definition_of(found.dossier.procedure_version_id).name,
        "is_running": is_running,
        "may_object": is_running and is_signed_in(request),
        "is_shown": is_running or bool(own),
        "own": own,
        "form": form,
    }
    return render(request, "portal/posting.html", context, status=status)


@public
@require_GET
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the notice to be put up at the commune's office and in the village."""
    if not may_look(request):
        return HttpResponse(
            _("Ông/bà đã tải nhiều lần. Hãy đợi 10 phút rồi thử lại."),
            status=HTTPStatus.TOO_MANY_REQUESTS,
            content_type="text/plain; charset=utf-8",
        )
    try:
        found = dossiers.field.find_posting(key)
    except dossiers.NoSuchDossier:
        found = None
    if found is None or found.ended_at is not None:
        return render(request, "portal/posting_unknown.html", status=HTTPStatus.NOT_FOUND)
    content = dossiers.field.notice_pdf(found)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="niem-yet.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("portal:postings")
def object_to(request: ActorRequest, key: str) -> HttpResponse:
    """Take what an identified account says; whoever is not signed in is asked to sign in first."""
    if request.method != "POST":
        return redirect("portal:posting", key)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        said = dossiers.field.ObjectionIn(
            form.cleaned_data["text"], contact=form.cleaned_data["contact"]
        )
        try:
            dossiers.field.object_to(key, said, by=request.actor, at=now())
        except (NotFound, NotAllowed):
            raise
        except BadInput as error:
            form.blame(said_by(error), error.field)
        except Anticipated as error:
            form.blame(said_by(error))
        else:
            messages.success(request, _("Đã gửi ý kiến. Cơ quan sẽ xem xét và trả lời ông/bà."))
            return redirect("portal:posting", key)
    return _shown(request, key, form, HTTPStatus.UNPROCESSABLE_ENTITY)
