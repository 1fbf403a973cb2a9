"""The ledger for administrators: streams, heads, who signs, and who countersigns."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.signing import CountersignerForm, bytes_of
from motcua.channels.backoffice.frame import SIGNING, page
from motcua.channels.backoffice.guard import EVERYWHERE, needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.ledger import api as ledger
from motcua.lib.text import whole_number

HEADS = 50
TITLE = "Sổ cam kết"


@require_GET
@needs(Power.READ_AUDIT, everywhere=True)
def book(request: ActorRequest) -> HttpResponse:
    """Show how each stream stands, the latest heads, and the keys that sign them.

    Costs: ten statements.
    """
    before = whole_number(request.GET.get("truoc", ""))
    heads = ledger.heads_before(before, limit=HEADS + 1)
    shown = heads[:HEADS]
    sizes = [head.size for head in shown]
    context = {
        "title": TITLE,
        "state": ledger.ledger_state(),
        "heads": shown,
        "signatures": ledger.signatures_of(sizes),
        "stamps": ledger.stamps_of(sizes),
        "keys": [(key, ledger.fingerprint(bytes(key.public_key))) for key in ledger.known_keys()],
        "may_admit": request.actor.can(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE),
        "older": shown[-1].size if len(heads) > HEADS else 0,
    }
    return page(request, "ledger", context, current="ledger")


@asks(*SIGNING, everywhere=True)
def admit(request: ActorRequest) -> HttpResponse:
    """Let another agency sign our heads as a witness."""
    form = CountersignerForm(request.POST or None, request.FILES or None)

    def act(at: datetime) -> str:
        name = form.cleaned_data["name"]
        ledger.admit_countersigner(name, bytes_of(form), by=request.actor, at=at)
        return reverse("backoffice:ledger")

    sheet = Sheet(
        "Thêm bên ký chứng kiến",
        "Thêm",
        "Đã thêm bên ký chứng kiến. Hãy đọc dấu của khóa cho cơ quan ấy đối chiếu.",
        intro="Cơ quan ký chứng kiến giữ khóa riêng của mình, ký từng đầu sổ và gửi chữ ký qua "
        "giao diện kết nối. Có chữ ký ấy, chính tỉnh cũng không viết lại sổ được.",
        files=True,
    )
    crumbs = [(TITLE, reverse("backoffice:ledger"))]
    return asked(request, form, act, sheet, Way(reverse("backoffice:ledger"), crumbs, "ledger"))


@asks(*SIGNING, everywhere=True)
def dismiss(request: ActorRequest, mark: str) -> HttpResponse:
    """Take no more signatures of a witness."""
    key = next((one for one in ledger.known_keys() if one.sha256 == mark), None)
    if request.method == "POST" or key is None:

        def act(at: datetime) -> str:
            ledger.end_countersigner(mark, by=request.actor, at=at)
            return reverse("backoffice:ledger")

        return done(request, act, "Đã thôi nhận chữ ký chứng kiến bằng khóa này.")
    context = {
        "title": "Thôi nhận chữ ký chứng kiến",
        "question": f"Thôi nhận chữ ký chứng kiến của {key.name}?",
        "consequence": "Chữ ký đã có vẫn được giữ và công bố; chữ ký mới bằng khóa này bị từ chối.",
        "button": "Thôi nhận",
        "back": reverse("backoffice:ledger"),
        "crumbs": [(TITLE, reverse("backoffice:ledger"))],
    }
    return page(request, "confirm", context, current="ledger")
