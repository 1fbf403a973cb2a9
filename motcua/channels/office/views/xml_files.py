"""XML files that officers hand in to be signed at once: receipts, data for other agencies."""

from datetime import datetime

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.channels.kit.kept import kept_files
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.document_forms import SEAL_HAND, XmlForm
from motcua.channels.office.frame import for_officers, page
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Level, SigningRequest, XmlIn
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, BadInput, NotAllowed, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:documents")
def sign_xml(request: ActorRequest) -> HttpResponseBase:
    """Ask for an XML file and with what it is signed; sign it."""
    actor, at = request.actor, now()
    hands = hands_shown(actor, at)
    is_sent = request.method == "POST"
    form = XmlForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, hands=hands
    )
    if is_sent and form.is_valid():
        try:
            asked = signed_from(form, actor, at)
        except (NotAllowed, NotFound):
            raise
        except BadInput as error:
            form.blame(str(error), error.field)
        except Anticipated as error:
            form.blame(str(error))
        else:
            messages.success(request, "Đã nhận tệp; chữ ký đang được lập.")
            is_begun = bool(signing.underway_of(actor))
            return redirect("office:hands") if is_begun else redirect("office:document", asked.code)
    context = {"form": form, "has_hands": bool(hands)}
    status = 422 if form.errors else 200
    return page(request, "xml_new", context, current="documents", status=status)


def hands_shown(actor: Actor, at: datetime) -> list[tuple[str, str, str]]:
    """Return with what the actor may sign XML: certificates of his own, the agency's seal."""
    can_sign = actor.can(Power.SIGN_DOCUMENTS)
    found = [one for one in signing.hands_for(actor, at) if one.way in signing.XML_WAYS]
    own = [(one.key, one.label, one.hint) for one in found] if can_sign else []
    has_seal = signing.has_seal(actor.agency_id or 0, at)
    if actor.can(Power.SEAL_DOCUMENTS) and has_seal:
        own.append((SEAL_HAND, "Con dấu của cơ quan", "Ký nhân danh cơ quan, không cấp số."))
    return own


def signed_from(form: XmlForm, actor: Actor, at: datetime) -> SigningRequest:
    """Have the file of a form signed.

    Raises: FileRefused, VirusFound, UploadNotFound, and as `sign_xml_file`.
    """
    data = form.cleaned_data
    sent = kept_files(data["file"], by=actor, at=at)[0]
    with files.open_file(files.StoredFile.objects.get(pk=sent.pk)) as stream:
        content = stream.read()
    is_sealed = data["hand"] == SEAL_HAND
    given = XmlIn(
        name=sent.name,
        content=content,
        title=data["title"],
        level=Level(data["level"]),
        is_sealed=is_sealed,
        hand="" if is_sealed else data["hand"],
    )
    return signing.sign_xml_file(given, by=actor, at=at)
