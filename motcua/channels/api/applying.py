"""From what a partner sends to an application: agency, people, papers, an outside code."""

from datetime import datetime
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.foundation.files import api as files
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, Conflict, NotFound

from .naming import agency_of
from .shapes import FilingBody, PaperBody


def application_of(body: FilingBody, by: Actor, at: datetime, **more: Any) -> dossiers.Application:
    """Return the application a body describes. Raises: BadInput."""
    agency = agency_of(body.agency_code)
    if any(p.birth_date and p.birth_date > local_day(at) for p in body.parties):
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
        papers=tuple(paper_of(paper, by, at) for paper in body.papers),
        return_way=body.return_way,
        summary=body.summary,
        **more,
    )


def paper_of(body: PaperBody, by: Actor, at: datetime) -> dossiers.PaperIn:
    """Return one paper, with the file sent beforehand if it names one. Raises: BadInput."""
    stored = stored_file(body.upload_token, by, at, what=body.spec_code)
    return dossiers.PaperIn(
        spec_code=body.spec_code,
        name=body.name or body.spec_code,
        kind=body.kind,
        quantity=body.quantity,
        file_id=stored.pk if stored else None,
        file_name=body.name if stored else "",
    )


def stored_file(token: str, by: Actor, at: datetime, *, what: str = "") -> files.StoredFile | None:
    """Return the file of a finished upload, None without one. Raises: BadInput."""
    if not token:
        return None
    try:
        return files.finish_upload(token, by=by, at=at)
    except NotFound as error:
        message = f"Không tìm thấy tệp {what or token}; hãy gửi lại tệp."
        raise BadInput(message, field="upload_token") from error


def outside_code(code: str, at: datetime) -> str:
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
