"""The application of a draft as one document: what it says, its fingerprint, whether it holds.

Source: docs/law/signatures.md
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from motcua.casework.dossiers.choices import ApplicantKind, Authority, PartyRole
from motcua.casework.dossiers.models import Draft
from motcua.casework.dossiers.rules.application import PartyIn
from motcua.casework.dossiers.rules.drafts import parties_of, return_way_of, submitter_of
from motcua.casework.dossiers.rules.facts import facts_for
from motcua.casework.forms.api import summary_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, FilingChannel
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.canonical import canonical
from motcua.lib.clock import local_day

_ROLES = {PartyRole.APPLICANT: "Chủ hồ sơ", PartyRole.SUBJECT: "Người được nói tới"}


def application_form(draft: Draft, at: datetime) -> papers.ApplicationForm:
    """Return the application as it stands now."""
    definition = procedures.definition_of(draft.procedure_version_id)
    submitter = submitter_of(draft.parties, account_id=None)
    day = local_day(at)
    agency = organisation.name_of_agency(draft.agency_id, on=day) if draft.agency_id else ""
    return papers.ApplicationForm(
        letterhead=papers.Letterhead(
            superior="", issuer=submitter.name or "Người nộp", place="Cổng dịch vụ", issued_on=day
        ),
        addressee=agency,
        procedure_name=definition.name,
        case_name=definition.case(draft.case_code).name if len(definition.cases) > 1 else "",
        people=tuple(_people(draft)),
        contact=tuple(_contact(draft)),
        groups=tuple(_groups(draft, definition, day)),
        papers=tuple(dict.fromkeys(one["name"] for one in draft.papers)),
        signer_name=submitter.name,
    )


def fingerprint_of(form: papers.ApplicationForm) -> str:
    """Return the fingerprint of what a form says, whatever the day it was set on."""
    said = {name: value for name, value in asdict(form).items() if name != "letterhead"}
    return sha256(canonical(said)).hexdigest()


def is_application_signed(draft: Draft) -> bool:
    """Say whether the application was signed, still valid or not."""
    return "signed_file_id" in draft.application


def is_application_stale(draft: Draft, at: datetime) -> bool:
    """Say whether what the draft says now is no longer what was frozen to be signed."""
    kept = draft.application.get("fingerprint")
    return kept is not None and kept != fingerprint_of(application_form(draft, at))


def _people(draft: Draft) -> Iterator[papers.Fact]:
    submitter = submitter_of(draft.parties, account_id=None)
    yield papers.Fact(name="Người nộp", value=submitter.name)
    yield papers.Fact(name="Nộp với tư cách", value=Authority(submitter.authority).label)
    kind = draft.parties.get("applicant_kind")
    if kind and kind != ApplicantKind.CITIZEN:
        yield papers.Fact(name="Loại chủ hồ sơ", value=ApplicantKind(kind).label)
    for one in parties_of(draft.parties):
        yield papers.Fact(name=_ROLES.get(one.role, ""), value=_party(one))
    if submitter.helper_name:
        yield papers.Fact(name="Người giúp làm hồ sơ", value=submitter.helper_name)


def _party(one: PartyIn) -> str:
    told = [one.full_name]
    if one.birth_date:
        told.append(f"sinh ngày {_day(one.birth_date)}")
    if one.number_hint:
        told.append(f"số định danh …{one.number_hint}")
    if one.note:
        told.append(one.note)
    return ", ".join(told)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _contact(draft: Draft) -> Iterator[papers.Fact]:
    submitter = submitter_of(draft.parties, account_id=None)
    way = return_way_of(draft.parties).label if draft.parties.get("return_way") else ""
    rows: list[tuple[str, Any]] = [
        ("Số điện thoại", submitter.phone),
        ("Thư điện tử", submitter.email),
        ("Địa chỉ liên hệ", submitter.address),
        ("Nhận kết quả", way),
        ("Địa chỉ nhận kết quả", draft.parties.get("return_address", "")),
    ]
    return (papers.Fact(name=name, value=str(value)) for name, value in rows if value)


def _groups(draft: Draft, definition: Definition, day: date) -> Iterator[papers.AnswerGroup]:
    if definition.form is None:
        return
    facts = facts_for(
        draft.answers,
        channel=FilingChannel.PORTAL.value,
        case_code=draft.case_code,
        on=day,
        authority=str(draft.parties.get("submitter", {}).get("authority", "")),
    )
    for title, rows in summary_of(definition.form, facts):
        told = tuple(papers.Fact(name=one.label, value=text) for one, text in rows if text)
        yield papers.AnswerGroup(title=title, rows=told)
