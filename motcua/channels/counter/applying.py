"""From what stands on the reception screen to the application a desk takes in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import (
    ApplicantKind,
    Authority,
    CopyKind,
    PaperIn,
    PartyIn,
    PartyRole,
)
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor
from motcua.lib.text import tidy

from .checklist import papers_given
from .sheet import Sheet

HAND_SLIP = "giay-viet-tay"


def application_from(sheet: Sheet, applicant: PartyIn | None = None) -> dossiers.Application:
    """Return the application, its applicant remembered if nobody did so before.

    Raises: BadInput, NumberNotUsable, NoSuchDossier.
    """
    typed = sheet.form.cleaned_data
    if applicant is None:
        applicant = applicant_of(sheet, by=sheet.request.actor, at=sheet.at)
    is_self = typed["authority"] == Authority.SELF
    return dossiers.Application(
        procedure_code=sheet.definition.code,
        case_code=typed["case"],
        agency_id=int(typed["agency"]),
        channel=sheet.channel,
        submitter=dossiers.SubmitterIn(
            name=typed["full_name"] if is_self else typed["submitter_name"],
            phone=typed["phone"],
            email=typed["email"],
            address=typed["address"],
            authority=Authority(typed["authority"]),
            authority_until=typed["authority_until"],
            helper_name=_helper_of(typed),
        ),
        parties=(applicant, *_others(typed)),
        answers=sheet.answers,
        papers=tuple(papers_from(sheet)),
        applicant_kind=ApplicantKind(typed["applicant_kind"]),
        receiving_unit_id=sheet.desk.id,
        return_unit_id=int(typed["return_unit"]),
        return_way=dossiers.ReturnWay(typed["return_way"]),
        return_address=typed["return_address"],
        summary=typed["gist"],
        number_of_sets=typed["number_of_sets"],
        outside_code=typed["outside_code"],
        origin=typed["origin"],
        legal_at=sheet.legal_at,
    )


def applicant_of(sheet: Sheet, *, by: Actor, at: datetime) -> PartyIn:
    """Return the applicant: the person of an earlier dossier, or one remembered now."""
    typed = sheet.form.cleaned_data
    role, name = PartyRole.APPLICANT, typed["full_name"]
    if typed["applicant_kind"] != ApplicantKind.CITIZEN:
        return PartyIn(role, name, enterprise_id=_enterprise_id(typed, by=by, at=at))
    if typed["same_as"] and not typed["personal_id"]:
        earlier = dossiers.get_dossier_for(by, typed["same_as"])
        if earlier.applicant_name == name:
            hint = earlier.applicant_hint
            return PartyIn(role, name, person_id=earlier.applicant_person_id, number_hint=hint)
    person = people.remember_person(_person_facts(typed), by=by, at=at)
    hint, birth = person.personal_id_hint, typed["birth_date"]
    return PartyIn(role, name, person_id=person.pk, number_hint=hint, birth_date=birth)


def _enterprise_id(typed: dict[str, Any], *, by: Actor, at: datetime) -> int | None:
    if not typed["tax_code"]:
        return None
    facts = people.EnterpriseFacts(
        tax_code=typed["tax_code"],
        name=typed["full_name"],
        phone=typed["phone"],
        address=typed["address"],
    )
    return people.remember_enterprise(facts, by=by, at=at).pk


def _person_facts(typed: dict[str, Any]) -> people.PersonFacts:
    is_self = typed["authority"] == Authority.SELF
    return people.PersonFacts(
        full_name=typed["full_name"],
        personal_id=typed["personal_id"],
        birth_date=typed["birth_date"],
        sex=people.Sex(typed["sex"]) if typed["sex"] else None,
        phone=typed["phone"] if is_self else "",
        email=typed["email"] if is_self else "",
        address=typed["address"] if is_self else "",
    )


def _helper_of(typed: dict[str, Any]) -> str:
    """Return who really helped: the submitter, where they say that this is what they do."""
    return typed["submitter_name"] if typed["authority"] == Authority.HELPER else ""


def _others(typed: dict[str, Any]) -> Iterator[PartyIn]:
    for line in typed["other_applicants"].splitlines():
        if name := tidy(line):
            yield PartyIn(PartyRole.APPLICANT, name)
    if typed["authority"] != Authority.SELF:
        yield PartyIn(PartyRole.SUBMITTER, typed["submitter_name"])
    if typed["subject_name"]:
        yield PartyIn(PartyRole.SUBJECT, typed["subject_name"])


def papers_from(sheet: Sheet) -> Iterator[PaperIn]:
    """Yield the papers that were ticked, one for each file of a paper."""
    yield from papers_given(sheet.papers)
    slip = sheet.form.cleaned_data["hand_slip"]
    if slip:
        yield PaperIn(HAND_SLIP, f"Giấy tiếp nhận viết tay số {slip}", CopyKind.COPY)
