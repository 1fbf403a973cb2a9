"""From a draft's plain data to an application."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from motcua.casework.dossiers.choices import (
    ApplicantKind,
    Authority,
    CopyKind,
    PartyRole,
    ReturnWay,
)
from motcua.casework.dossiers.errors import PapersMissing
from motcua.casework.procedures.api import PaperSpec
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .application import PaperIn, PartyIn, SubmitterIn

Plain = Mapping[str, Any]
AUTHORISATION = PaperSpec("uy-quyen", "Văn bản ủy quyền")
# The application as one document, signed by its applicant: no version of a procedure lists it.
APPLICATION_FORM = PaperSpec("to-khai-ky-so", "Tờ khai điện tử có chữ ký số")


def check_parties(data: Plain) -> None:
    """Raises: BadInput if the people of a draft cannot be understood.

    Shape: {"parties": [{"role", "full_name", "person_id"?, "enterprise_id"?, "number_hint"?,
    "birth_date"? (ISO), "note"?}], "submitter": {"name", "phone"?, "email"?, "address"?,
    "authority"?, "authority_until"? (ISO), "helper_name"?}, "applicant_kind"?, "return_way"?,
    "return_address"?, "summary"?}; the first party is the applicant. All values are plain JSON.
    """
    try:
        parties_of(data)
        submitter_of(data, account_id=None)
        applicant_kind_of(data)
        return_way_of(data)
    except (ValueError, TypeError) as error:
        message = said("Thông tin người nộp, chủ hồ sơ chưa đúng; hãy kiểm tra lại.")
        raise BadInput(message, field="parties") from error


def parties_of(data: Plain) -> tuple[PartyIn, ...]:
    """Return the people named in the draft. Raises: ValueError."""
    return tuple(_party(one) for one in data.get("parties", ()))


def _party(one: Plain) -> PartyIn:
    return PartyIn(
        role=PartyRole(one.get("role", PartyRole.APPLICANT)),
        full_name=str(one.get("full_name", "")).strip(),
        person_id=one.get("person_id"),
        enterprise_id=one.get("enterprise_id"),
        number_hint=str(one.get("number_hint", ""))[-3:],
        birth_date=_day(one.get("birth_date")),
        note=str(one.get("note", "")),
    )


def submitter_of(data: Plain, *, account_id: int | None) -> SubmitterIn:
    """Return who files, by what right. Raises: ValueError."""
    one: Plain = data.get("submitter", {})
    return SubmitterIn(
        name=str(one.get("name", "")).strip(),
        account_id=account_id,
        phone=str(one.get("phone", "")),
        email=str(one.get("email", "")),
        address=str(one.get("address", "")),
        authority=Authority(one.get("authority", Authority.SELF)),
        authority_until=_day(one.get("authority_until")),
        helper_name=str(one.get("helper_name", "")),
        helper_account_id=one.get("helper_account_id"),
    )


def applicant_kind_of(data: Plain) -> ApplicantKind:
    """Raises: ValueError."""
    return ApplicantKind(data.get("applicant_kind", ApplicantKind.CITIZEN))


def return_way_of(data: Plain) -> ReturnWay:
    """Raises: ValueError."""
    return ReturnWay(data.get("return_way", ReturnWay.COUNTER))


def papers_of(papers: Sequence[Plain]) -> tuple[PaperIn, ...]:
    """Return the files attached to the draft."""
    return tuple(
        PaperIn(
            spec_code=paper["spec_code"],
            name=paper["name"],
            kind=CopyKind.ELECTRONIC,
            file_id=paper["file_id"],
            file_name=paper["file_name"],
            reused_from=paper.get("reused_from", ""),
        )
        for paper in papers
    )


def check_authority(submitter: SubmitterIn, papers: Sequence[Plain]) -> None:
    """Ask for the written authorisation where the submitter acts by one.

    Raises: PapersMissing, BadInput.
    Source: docs/law/one-stop.md
    """
    if submitter.authority != Authority.WRITTEN:
        return
    if AUTHORISATION.code not in {paper["spec_code"] for paper in papers}:
        message = said("Hồ sơ còn thiếu: Văn bản ủy quyền.")
        raise PapersMissing(message)
    if submitter.authority_until is None:
        message = said("Hãy ghi ngày hết giá trị của văn bản ủy quyền.")
        raise BadInput(message, field="authority_until")


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
