"""What messages say, and shared lists such as the standard reasons: from a day on."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.doing import tried
from motcua.channels.backoffice.forms.texts import ListForm, NewListForm, TextForm, as_lines
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.codelists import api as codelists
from motcua.foundation.notifications import api as notifications
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput

FORM = ["GET", "POST"]
publishers = needs(Power.PUBLISH_PROCEDURES, everywhere=True)


@require_GET
@publishers
def texts(request: ActorRequest) -> HttpResponse:
    """List the kinds of messages by name."""
    kinds = sorted(notifications.kinds.values(), key=lambda kind: kind.label)
    context = {"title": "Lời thông báo", "kinds": kinds}
    return page(request, "texts", context, current="texts")


@require_http_methods(FORM)
@publishers
def edit_text(request: ActorRequest, code: str) -> HttpResponse:
    """Let messages of a kind say something else from a day on."""
    kind = notifications.get_kind(code)
    day = local_day(now())
    text = notifications.text_on(kind, day)
    subject_en, body_en = text.given_english or text.english or ("", "")
    initial = {"subject": text.subject, "body": text.body}
    initial |= {"subject_en": subject_en, "body_en": body_en}
    form = TextForm(request.POST or None, initial=initial)
    if kind.for_officers:
        del form.fields["subject_en"], form.fields["body_en"]

    def act(at: datetime) -> str:
        values = dict(form.cleaned_data)
        english = values.pop("subject_en", ""), values.pop("body_en", "")
        notifications.publish_text(code, **values, english=english, by=request.actor, at=at)
        return reverse("backoffice:texts")

    sheet = Sheet(
        kind.label,
        "Công bố",
        "Đã công bố nội dung mới.",
        intro="Chữ trong ngoặc nhọn {…} được thay bằng dữ liệu khi gửi.",
    )
    return asked(
        request,
        form,
        act,
        sheet,
        Way(reverse("backoffice:texts"), [("Lời thông báo", reverse("backoffice:texts"))], "texts"),
    )


@require_GET
@publishers
def lists(request: ActorRequest) -> HttpResponse:
    """List the shared lists by name.

    Costs: one statement.
    """
    context = {"title": "Danh mục dùng chung", "lists": codelists.lists()}
    return page(request, "lists", context, current="lists")


@require_http_methods(FORM)
@publishers
def add_list(request: ActorRequest) -> HttpResponse:
    """Begin a list."""
    form = NewListForm(request.POST or None)

    def act(_at: datetime) -> str:
        code = form.cleaned_data["code"]
        if any(one.code == code for one in codelists.lists()):
            raise BadInput(f"Đã có danh mục mang mã “{code}”.", field="code")
        codelists.name_list(code, form.cleaned_data["name"], by=request.actor)
        return reverse("backoffice:list", args=[code])

    sheet = Sheet("Thêm danh mục", "Thêm danh mục", "Đã thêm danh mục.")
    return asked(
        request,
        form,
        act,
        sheet,
        Way(
            reverse("backoffice:lists"),
            [("Danh mục dùng chung", reverse("backoffice:lists"))],
            "lists",
        ),
    )


@require_http_methods(FORM)
@publishers
def edit_list(request: ActorRequest, code: str) -> HttpResponse:
    """Show a list with its publications, and publish another version from a day on."""
    known = {one.code: one.name for one in codelists.lists()}
    if code not in known:
        raise codelists.NoSuchList(f"Không có danh mục “{code}”.")
    codes = codelists.codes(code, on=local_day(now())) if codelists.versions_of(code) else ()
    form = ListForm(request.POST or None, initial={"entries": as_lines(codes)})

    def act(at: datetime) -> str:
        values = form.cleaned_data
        codelists.publish_version(
            code,
            values["entries"],
            valid_from=values["valid_from"],
            legal_basis=values["basis"],
            by=request.actor,
            at=at,
        )
        return reverse("backoffice:list", args=[code])

    if answer := tried(request, form, act, "Đã công bố danh mục."):
        return answer
    context = {
        "title": known[code],
        "versions": codelists.versions_of(code),
        "button": "Công bố",
        "back": reverse("backoffice:lists"),
        "crumbs": [("Danh mục dùng chung", reverse("backoffice:lists"))],
    }
    return form_page(request, form, context, current="lists", template="list")
