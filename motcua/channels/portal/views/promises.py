"""The public ledger of promises, and what it proves to the holder of a slip."""

import mimetypes
from http import HTTPStatus

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.access import public
from motcua.channels.kit.signatures import badge_of
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.promises import agency_names, facts_of, months_shown, verdict_of
from motcua.channels.portal.views.lookup import may_look
from motcua.foundation.ledger import api as ledger
from motcua.lib.clock import local_day, now

_LEDGER_TYPES = {".jsonl": "application/jsonl", ".py": "text/x-python; charset=utf-8"}


@public
@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """Show the latest head, the totals of a month as the leaves give them, and how to check."""
    months = ledger.counted_months()
    asked = request.GET.get("thang", "")
    month = asked if asked in months else next(iter(months), f"{local_day(now()):%Y-%m}")
    head = ledger.latest_head()
    context = {
        "state": ledger.ledger_state(),
        "head": head,
        "checkpoint": ledger.checkpoint_of(head) if head else "",
        "keys": [(key, ledger.fingerprint(bytes(key.public_key))) for key in ledger.known_keys()],
        "month": month,
        "months": months_shown(months),
        "names": agency_names(),
        "rows": ledger.months_of_agencies(month),
        "has_files": bool(settings.LEDGER_DIR),
        "steps": steps(),
    }
    return render(request, "portal/ledger.html", context)


def steps() -> list[str]:
    """Return the commands that bring a copy of the ledger and check it."""
    base = f"{settings.SITE_ADDRESS}{reverse('portal:ledger_file', args=['files'])}"
    folder = base.removesuffix("files")
    return [
        f"curl -O {base}",
        f"wget -x -nH --cut-dirs=2 -B {folder} -i files",
        "python3 verify_ledger.py . --totals",
    ]


@public
@require_GET
def file(request: HttpRequest, path: str) -> HttpResponseBase:  # noqa: ARG001 -- Django passes it
    """Answer one published file as it lies on the disk."""
    found = ledger.published_file(path)
    if found is None:
        raise Http404
    kind = _LEDGER_TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "text/plain"
    if path.startswith("tile/"):
        kind = "application/octet-stream"
    answer = FileResponse(found.open("rb"), content_type=kind)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "no-cache"
    return answer


@public
@require_GET
def slip(request: HttpRequest, code: str, word: str) -> HttpResponse:
    """Show what was promised, each change of it, and whether the public ledger holds it all."""
    proof = _proof(request, code, word)
    if isinstance(proof, HttpResponse):
        return proof
    context = {
        "proof": proof,
        "facts": facts_of(proof),
        "verdict": verdict_of(proof),
        "progress": dossiers.progress_of(code),
        "word": word,
        "signed": badge_of(dossiers.signed_slip_of(code, at=now())),
        "reissued_at": dossiers.slip_reissued_at(code),
    }
    return _kept_quiet(render(request, "portal/slip.html", context))


@public
@require_GET
def slip_file(request: HttpRequest, code: str, word: str) -> HttpResponse:
    """Hand out the proof as a file, to be checked without us."""
    proof = _proof(request, code, word)
    if isinstance(proof, HttpResponse):
        return proof
    answer = HttpResponse(proof.as_json(), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="chung-minh-{code}.json"'
    return _kept_quiet(answer)


def _proof(request: HttpRequest, code: str, word: str) -> ledger.Proof | HttpResponse:
    """Return the proof, or the page that says why there is none."""
    if not may_look(request):
        says = _("Ông/bà đã tra cứu nhiều lần. Hãy đợi 10 phút rồi quét lại.")
        status = HTTPStatus.TOO_MANY_REQUESTS
    else:
        try:
            return dossiers.slip_proof(code, word)
        except dossiers.NoSuchDossier:
            says = _("Mã trên giấy hẹn không đúng hoặc đã bị sửa. Hãy quét lại mã QR trên giấy.")
            status = HTTPStatus.NOT_FOUND
    page = render(request, "portal/slip_unknown.html", {"says": says}, status=status)
    return _kept_quiet(page)


def _kept_quiet(answer: HttpResponse) -> HttpResponse:
    """Keep the secret word in the address from other sites, search engines and shared caches."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    return answer
