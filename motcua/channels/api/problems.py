"""Anticipated errors as problem+json (RFC 9457)."""

import logging
from collections.abc import Callable

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from motcua.casework.agendas import api as agendas
from motcua.casework.documents import api as documents
from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.tasks import api as tasks
from motcua.casework.workfiles import api as workfiles
from motcua.channels.kit.attempts import note_attempt
from motcua.channels.kit.middleware import SLOW
from motcua.channels.kit.pages import RETRY_AFTER_S, took_too_long
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated, BadInput, Conflict, NotAllowed, NotFound

from .guard import ScopeMissing, TooOften
from .shapes import Problem

logger = logging.getLogger(__name__)
KIND = "application/problem+json"
# What an address names, by which of its parts, and who finds it for whoever may know of it.
_NAMED: tuple[tuple[str, str, Callable[[Actor, str], object]], ...] = (
    ("/dossiers/<", "code", dossiers.get_dossier_for),
    ("/hand-overs/<", "number", dossiers.hand_over_for),
    ("/documents/<", "code", documents.get_document_for),
    ("/document-drafts/<", "code", documents.get_document_for),
    ("/tasks/<", "code", tasks.get_task_for),
    ("/agendas/<", "code", agendas.get_entry_for),
    ("/work-files/<", "code", workfiles.get_file_for),
)
_STATE = (
    dossiers.DossierError,
    documents.DocumentError,
    tasks.TaskError,
    payments.PaymentError,
    agendas.AgendaError,
    workfiles.WorkFileError,
)
_UNPROCESSABLE = 422
_CONFLICT = 409


def answer(
    request: HttpRequest, status: int, title: str, detail: str, errors: dict[str, str] | None = None
) -> HttpResponse:
    """Return a problem the sender can act on, with the reference for the operator."""
    reference = str(getattr(request, "reference", ""))
    problem = Problem(
        title=title, status=status, detail=detail, reference=reference, errors=errors or {}
    )
    return HttpResponse(problem.model_dump_json(), status=status, content_type=KIND)


def install(api: NinjaAPI) -> None:
    """Teach the interface how to answer each anticipated error."""

    @api.exception_handler(Anticipated)
    def refused(request: HttpRequest, error: Anticipated) -> HttpResponse:
        return _refused(request, error)

    @api.exception_handler(ScopeMissing)
    def out_of_scope(request: HttpRequest, error: ScopeMissing) -> HttpResponse:
        return answer(request, 403, "Ngoài phạm vi được cấp", str(error))

    @api.exception_handler(TooOften)
    def too_often(request: HttpRequest, error: TooOften) -> HttpResponse:
        refusal = answer(request, 429, "Gửi quá nhiều yêu cầu", str(error))
        refusal.headers["Retry-After"] = str(error.wait_s)
        return refusal

    @api.exception_handler(requests.SiteBusy)
    @api.exception_handler(signing.ExaminersBusy)
    def busy(
        request: HttpRequest, error: requests.SiteBusy | signing.ExaminersBusy
    ) -> HttpResponse:
        refusal = answer(request, 503, "Đang bận", str(error))
        refusal.headers[SLOW] = "1"  # the database is there: to ask at once again changes nothing
        refusal.headers["Retry-After"] = RETRY_AFTER_S
        return refusal

    install_unreadable(api)


def install_unreadable(api: NinjaAPI) -> None:
    """Teach the interface how to answer what it cannot read, and when it cannot work."""

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = {".".join(map(str, e["loc"][1:])): str(e["msg"]) for e in error.errors}
        return answer(
            request, _UNPROCESSABLE, "Dữ liệu sai dạng", "Xem từng ô trong errors.", errors
        )

    @api.exception_handler(HttpError)
    def unparsed(request: HttpRequest, error: HttpError) -> HttpResponse:
        detail = "Nội dung gửi lên không phải JSON (UTF-8) hoặc lồng quá sâu."
        return answer(request, error.status_code, "Không đọc được", detail)

    @api.exception_handler(DataError)
    @api.exception_handler(UnicodeEncodeError)  # half of a letter: JSON can bring one
    def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
        logger.warning("unreadable_input", extra={"path": request.path_info}, exc_info=error)
        detail = "Có ký tự hoặc con số không lưu được; chưa có gì bị thay đổi."
        return answer(request, _UNPROCESSABLE, "Dữ liệu sai dạng", detail)

    @api.exception_handler(OperationalError)
    @api.exception_handler(InterfaceError)
    def away(request: HttpRequest, error: Exception) -> HttpResponse:
        if took_too_long(error):
            return too_slow(request, error)
        logger.error("database_away", extra={"path": request.path_info}, exc_info=error)
        detail = "Đợi nửa phút rồi gửi lại; kèm cùng Idempotency-Key thì vẫn chỉ thành một việc."
        refusal = answer(request, 503, "Kho dữ liệu đang ngắt", detail)
        refusal.headers["Retry-After"] = RETRY_AFTER_S
        return refusal

    @api.exception_handler(AuthenticationError)
    def stranger(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
        detail = "Gửi mã phiên còn hạn trong đầu mục Authorization: Bearer."
        return answer(request, 401, "Chưa đăng nhập", detail)


def too_slow(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer that it took too long, and that nothing was changed."""
    logger.warning("took_too_long", extra={"path": request.path_info}, exc_info=error)
    detail = "Chưa có gì bị thay đổi; đợi một lát rồi gửi lại, hoặc hỏi ít hơn."
    refusal = answer(request, 503, "Việc này mất quá nhiều thời gian", detail)
    refusal.headers[SLOW] = "1"
    refusal.headers["Retry-After"] = RETRY_AFTER_S
    return refusal


def _may_know(request: HttpRequest) -> bool:
    """Say whether the sender may know of what the address names, if it names something."""
    match = request.resolver_match
    found = next((one for one in _NAMED if match and one[0] in match.route), None)
    if match is None or found is None:
        return True
    _, part, get = found
    try:
        get(request.actor, match.kwargs[part])  # type: ignore[attr-defined]  # -- set by the guard
    except NotFound as error:
        note_attempt(request, error)
        return False
    return True


def _refused(request: HttpRequest, error: Anticipated) -> HttpResponse:
    if not _may_know(request):  # in the same words, whatever else was wrong with it
        return answer(request, 404, "Không tìm thấy", "Không tìm thấy mã này.")
    if isinstance(error, NotFound):
        note_attempt(request, error)
        return answer(request, 404, "Không tìm thấy", str(error))
    return _refused_known(request, error)


def _refused_known(request: HttpRequest, error: Anticipated) -> HttpResponse:
    if isinstance(error, NotAllowed):
        return answer(request, 403, "Không có quyền", str(error))
    if isinstance(error, dossiers.AnswersWrong):
        return answer(request, _UNPROCESSABLE, "Tờ khai sai", str(error), error.complaints)
    if isinstance(error, dossiers.SeveralWrong):
        each = {f"applications.{place}": str(why) for place, why in error.complaints.items()}
        return answer(request, _UNPROCESSABLE, "Dữ liệu chưa đúng", str(error), each)
    if isinstance(error, BadInput):
        errors = {error.field: str(error)} if error.field else {}
        return answer(request, _UNPROCESSABLE, "Dữ liệu chưa đúng", str(error), errors)
    if isinstance(error, (Conflict, *_STATE)):
        return answer(request, _CONFLICT, "Đã thay đổi, hoặc chưa tới lúc làm được", str(error))
    return answer(request, 400, "Không thực hiện được", str(error))
