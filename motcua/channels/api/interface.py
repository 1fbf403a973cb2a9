"""The first version of the interface: sign in, find, file, receive, act, read."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router, Status
from ninja.files import UploadedFile
from ninja.params import functions as params
from ninja.security import HttpBearer
from pydantic_core import to_json

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access import api as access
from motcua.foundation.files import api as files
from motcua.foundation.identity import api as identity
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.lib import paging
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, Conflict, NotAllowed, NotFound

from . import problems, promises
from .routers import hooks
from .shapes import (
    ActBody,
    DossierPage,
    Filed,
    FilingBody,
    HandingBody,
    Problem,
    ProcedureOut,
    ProposalBody,
    ReceptionBody,
    RefusalBody,
    SignInBody,
    Token,
    WholeOut,
    WorkPage,
    dossier_row,
    work_row,
)

R = TypeVar("R")
REFUSED = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
PATIENCE_S = 5  # an examination takes a fraction of a second: the next one waits for its turn
_LONGEST_SEQ = 9
_KEY: Any = params.Header("", alias="Idempotency-Key", max_length=80)
_FILE: Any = params.File(...)
_FILE_BESIDE: Any = params.File(None)
_LIMIT: Any = params.Query(50, ge=1, le=200)
_WORDS: Any = params.Query("", max_length=200)


class Bearer(HttpBearer):
    """Find out who asks: one statement, no cookie."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Set the actor of the request, or answer None to a stranger."""
        at = now()
        found = identity.signed_in(token, at=at)
        if found is None or found.must_set_password:
            return None
        compiled = access.actor_of(
            found.account_id, found.version, at=at, acting_for=found.acting_for
        )
        if compiled.is_privileged and not found.has_second_factor:
            return None
        actor = compiled.actor
        if actor.kind == ActorKind.PARTNER:  # their pages are all they have
            return None
        request.actor = actor  # type: ignore[attr-defined]  # -- as the sign-in middleware does
        return actor


def make_interface() -> NinjaAPI:
    """Return the interface with everything in its place."""
    interface = NinjaAPI(
        title="motcua",
        version="1",
        description="Giao diện kết nối của hệ thống một cửa cấp tỉnh.",
        urls_namespace="api",
        auth=Bearer(),
        docs_url=None,
        openapi_url=None,
    )
    problems.install(interface)
    interface.add_router("/v1", router)
    interface.add_router("/v1/ledger", promises.router)
    interface.add_router("/v1/hooks", hooks.router)
    return interface


router = Router()


@router.post("/sessions", auth=None, response={200: Token, **REFUSED}, tags=["sessions"])
def open_session(request: HttpRequest, body: SignInBody) -> Mapping[str, str]:
    """Sign a partner's account in."""
    device = request.headers.get("User-Agent", "")
    return {"token": identity.open_token(body.username, body.password, at=now(), device=device)}


@router.get("/procedures", response={200: list[ProcedureOut], **REFUSED}, tags=["procedures"])
def find_procedures(request: HttpRequest, q: str = _WORDS) -> Any:  # noqa: ARG001 -- ninja passes the request by this name
    """Find published procedures by words with or without tones."""
    return procedures.find_procedures(q)


@router.post("/dossiers", response={201: Filed, **REFUSED}, tags=["dossiers"])
def file_dossier(request: ActorRequest, body: FilingBody, key: str = _KEY) -> Any:
    """File on-line. The same key always gets the same code. Officers file nothing here."""
    if request.actor.kind == ActorKind.OFFICER:
        message = "Hồ sơ trực tuyến không nộp bằng tài khoản công vụ; tại quầy thì dùng /desk."
        raise NotAllowed(message)
    application = _application(body, request.actor, channel=procedures.FilingChannel.PORTAL)
    code = dossiers.file_application(application, by=request.actor, at=now(), key=key)
    return Status(201, Filed(code=code))


@router.post("/desk/dossiers", response={201: Filed, **REFUSED}, tags=["desk"])
def receive_in_person(request: ActorRequest, body: ReceptionBody, key: str = _KEY) -> Any:
    """Take in and receive at a desk, under an outside code if there is one."""
    desk = organisation.tree().unit_by_code(body.desk_code)
    if desk is None:
        message = f"Không có bộ phận một cửa mang mã {body.desk_code}."
        raise BadInput(message, field="desk_code")
    more: dict[str, Any] = {"channel": body.channel, "legal_at": body.legal_at}
    if body.outside_code and requests.answer_of(key, by=request.actor) is None:
        more |= {"outside_code": _outside_code(body.outside_code, now()), "origin": "api"}
    application = _application(body, request.actor, **more)
    code = dossiers.receive_in_person(
        application, desk_unit_id=desk.id, by=request.actor, at=now(), key=key
    )
    return Status(201, Filed(code=code))


@router.post("/dossiers/{code}/receive", response={200: Filed, **REFUSED}, tags=["desk"])
def receive(request: ActorRequest, code: str) -> Any:
    """Receive a filed dossier and promise a moment."""
    return dossiers.receive_dossier(code, by=request.actor, at=now())


@router.post("/dossiers/{code}/refuse", response={200: Filed, **REFUSED}, tags=["desk"])
def refuse(request: ActorRequest, code: str, body: RefusalBody) -> Any:
    """Refuse to receive, with the reason and its basis in law."""
    return dossiers.refuse_dossier(
        code, reason=body.reason, basis=body.basis, by=request.actor, at=now()
    )


@router.post("/dossiers/{code}/steps/{step}/take", response={200: Filed, **REFUSED}, tags=["work"])
def take(request: ActorRequest, code: str, step: str) -> Any:
    """Take an open step for oneself; a step is named by its number or its code."""
    return dossiers.take_step(code, _step(step), by=request.actor, at=now())


@router.post(
    "/dossiers/{code}/steps/{step}/complete", response={200: Filed, **REFUSED}, tags=["work"]
)
def complete(request: ActorRequest, code: str, step: str, body: ProposalBody) -> Any:
    """Finish a step that is not a decision, with a proposal if one is ready."""
    proposal = dossiers.Proposal(body.outcome, body.reason) if body.outcome else None
    return dossiers.complete_step(
        code, _step(step), by=request.actor, at=now(), comment=body.comment, proposal=proposal
    )


@router.post(
    "/dossiers/{code}/steps/{step}/return", response={200: Filed, **REFUSED}, tags=["work"]
)
def send_back(request: ActorRequest, code: str, step: str, body: ActBody) -> Any:
    """Send back what is to be done again."""
    return dossiers.return_step(code, _step(step), comment=body.comment, by=request.actor, at=now())


@router.post(
    "/dossiers/{code}/steps/{step}/decide", response={200: Filed, **REFUSED}, tags=["work"]
)
def decide(request: ActorRequest, code: str, step: str, body: ActBody) -> Any:
    """Sign the outcome."""
    return dossiers.decide(code, _step(step), by=request.actor, at=now(), comment=body.comment)


@router.post("/dossiers/{code}/hand-out", response={200: Filed, **REFUSED}, tags=["desk"])
def hand_out(request: ActorRequest, code: str, body: HandingBody) -> Any:
    """Hand the outcome out."""
    return dossiers.return_outcome(
        code,
        handed_to=body.handed_to,
        handed_how=body.handed_how,
        way=body.way,
        by=request.actor,
        at=now(),
    )


@router.get("/dossiers", response={200: DossierPage, **REFUSED}, tags=["dossiers"])
def list_dossiers(
    request: ActorRequest, q: str = _WORDS, after: str = "", limit: int = _LIMIT
) -> Any:
    """Return the newest dossiers one may see, or those that a code, number or name finds."""
    actor, place = request.actor, paging.decode(after)
    if q:
        page = dossiers.search_dossiers(q, by=actor, at=now(), after=place, limit=limit)
    else:
        page = dossiers.dossiers_for(actor, after=place, limit=limit)
    return _listed(page, dossier_row)


@router.get("/work", response={200: WorkPage, **REFUSED}, tags=["work"])
def list_work(request: ActorRequest, after: str = "", limit: int = _LIMIT) -> Any:
    """Return the open steps of one's units, the most urgent first."""
    page = dossiers.worklist_for(request.actor, after=paging.decode(after), limit=limit)
    return _listed(page, work_row)


@router.get("/dossiers/{code}", response={200: WholeOut, **REFUSED}, tags=["dossiers"])
def read_dossier(request: ActorRequest, code: str) -> Any:
    """Return one dossier with its moves, steps and outcomes."""
    return dossiers.whole(dossiers.get_dossier_for(request.actor, code))


def _listed(page: paging.Page[R], plain: Callable[[R], Mapping[str, object]]) -> HttpResponse:
    """Return a page of rows as bytes: ours needs no checking, which costs more than reading it."""
    body = {
        "rows": [plain(row) for row in page.rows],
        "next": page.next.encode() if page.next else "",
        "previous": page.previous.encode() if page.previous else "",
    }
    return HttpResponse(to_json(body), content_type="application/json; charset=utf-8")


def _step(word: str) -> int | str:
    return int(word) if word.isdecimal() and len(word) <= _LONGEST_SEQ else word


def _outside_code(code: str, at: datetime) -> str:
    """Return the code another system gave, if ours will never give it.

    Raises: BadInput, Conflict.
    """
    parsed = numbering.parse_dossier_code(code)
    if parsed is None:
        message = "Mã hồ sơ do hệ thống khác cấp phải có dạng H18.101-261008-0007."
        raise BadInput(message, field="outside_code")
    tree = organisation.tree()
    is_ours = tree.agency_by_code(parsed.unit_code) or tree.unit_by_code(parsed.unit_code)
    if is_ours and parsed.day >= f"{local_day(at):%y%m%d}":
        message = "Mã này thuộc dãy số mà hệ thống đang cấp; hãy để trống để hệ thống cấp mã."
        raise BadInput(message, field="outside_code")
    code = code.strip().upper()
    if dossiers.find_dossier(code):
        message = f"Đã có hồ sơ mang mã {code}."
        raise Conflict(message)
    return code


def _application(body: FilingBody, by: Actor, **more: Any) -> dossiers.Application:
    agency = organisation.tree().agency_by_code(body.agency_code)
    if agency is None:
        message = f"Không có cơ quan mang mã {body.agency_code}."
        raise BadInput(message, field="agency_code")
    if any(p.birth_date and p.birth_date > local_day(now()) for p in body.parties):
        message = "Ngày sinh không thể ở tương lai."
        raise BadInput(message, field="birth_date")
    parties = tuple(
        dossiers.PartyIn(p.role, p.full_name, birth_date=p.birth_date, note=p.note)
        for p in body.parties
    )
    return dossiers.Application(
        procedure_code=body.procedure_code,
        case_code=body.case_code,
        agency_id=agency.id,
        submitter=dossiers.SubmitterIn(
            name=body.submitter_name or by.name,
            account_id=None if by.kind == ActorKind.OFFICER else by.id,
            phone=body.submitter_phone,
        ),
        parties=parties,
        answers=body.answers,
        papers=tuple(_paper(paper, by) for paper in body.papers),
        return_way=body.return_way,
        summary=body.summary,
        **more,
    )


def _paper(body: Any, by: Actor) -> dossiers.PaperIn:
    file_id, name = None, ""
    if body.upload_token:
        try:
            stored = files.finish_upload(body.upload_token, by=by, at=now())
        except NotFound as error:
            message = f"Không tìm thấy tệp của giấy tờ {body.spec_code}; hãy gửi lại tệp."
            raise BadInput(message, field="upload_token") from error
        file_id = stored.pk
        name = body.name
    return dossiers.PaperIn(
        spec_code=body.spec_code,
        name=body.name or body.spec_code,
        kind=body.kind,
        quantity=body.quantity,
        file_id=file_id,
        file_name=name,
    )


@router.post("/signatures/examine", response={200: signing.Report, **REFUSED}, tags=["signatures"])
def examine_signatures(
    request: ActorRequest,  # noqa: ARG001 -- ninja passes the request by this name
    file: UploadedFile = _FILE,
    beside: UploadedFile | None = _FILE_BESIDE,
) -> Any:
    """Say what the signatures of a PDF or an XML are worth: ETSI's terms and plain words.

    `beside`: the file that is signed, where the signature lies apart. Nothing is kept.
    """
    sizes = [one.size for one in (file, beside) if one is not None]
    if any(size is None or size > files.most_bytes() for size in sizes):
        raise BadInput("Tệp lớn quá mức nhận.", field="file")
    content = None if beside is None else beside.read()
    with requests.slow_place(patience_s=PATIENCE_S):
        return signing.examine(file.read(), at=now(), beside=content)
