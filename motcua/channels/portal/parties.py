"""Who applies for whom: between the pages of an application and what a draft keeps.

Numbers of people are never kept in a draft: only the person they belong to and three digits.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.casework.dossiers.api import ApplicantKind, Authority, PartyRole
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor

Plain = dict[str, Any]
Known = people.Person | people.Enterprise | None
PEOPLE, CONTACT = "typed_people", "typed_contact"
_SECRET = frozenset({"personal_id"})


def people_typed(kept: Mapping[str, Any]) -> Plain:
    """Return what was typed on the page about people, to show it again."""
    return dict(kept.get(PEOPLE, {}))


def contact_typed(kept: Mapping[str, Any]) -> Plain:
    """Return what was typed on the page about contacts and the return, to show it again."""
    return dict(kept.get(CONTACT, {}))


def with_typed_people(kept: Mapping[str, Any], typed: Mapping[str, Any]) -> Plain:
    """Return the draft's people with what has been typed so far, finished or not."""
    return {**kept, PEOPLE: _plain(typed)}


def with_typed_contact(kept: Mapping[str, Any], typed: Mapping[str, Any]) -> Plain:
    """Return the draft's people with the contacts typed so far, finished or not."""
    return {**kept, CONTACT: _plain(typed)}


def with_people(
    kept: Mapping[str, Any], answers: Mapping[str, Any], known: Known, by: Actor
) -> Plain:
    """Return the draft's people from the finished page; `known` is the applicant, if known."""
    parties = [_applicant(answers, known, by), *_others(answers), *_subject(answers)]
    submitter = {
        **kept.get("submitter", {}),
        "name": by.name,
        "authority": answers["authority"],
        "authority_until": _iso(answers.get("authority_until")),
        **_helper(answers, by),
    }
    is_staff = answers["authority"] == Authority.STAFF
    kind = answers.get("organisation_kind") if is_staff else ApplicantKind.CITIZEN
    return {
        **kept,
        "parties": parties,
        "submitter": submitter,
        "applicant_kind": str(kind or ApplicantKind.ENTERPRISE),
        PEOPLE: _plain(answers),
    }


def with_contact(kept: Mapping[str, Any], answers: Mapping[str, Any]) -> Plain:
    """Return the draft's people with how to reach them and how the outcome gets there."""
    contact = {name: answers[name] for name in ("phone", "email", "address")}
    return {
        **kept,
        "submitter": {**kept.get("submitter", {}), **contact},
        "return_way": answers["return_way"],
        "return_address": answers.get("return_address", ""),
        CONTACT: _plain(answers),
    }


def is_by_writing(kept: Mapping[str, Any]) -> bool:
    """Say whether the submitter acts by a written authorisation, which is then attached."""
    return bool(kept.get("submitter", {}).get("authority") == Authority.WRITTEN)


def _applicant(answers: Mapping[str, Any], known: Known, by: Actor) -> Plain:
    authority = answers["authority"]
    person = known if isinstance(known, people.Person) else None
    if authority == Authority.STAFF:
        return {
            "role": str(PartyRole.APPLICANT),
            "full_name": answers["organisation"],
            "enterprise_id": known.pk if isinstance(known, people.Enterprise) else None,
            "note": answers.get("tax_code", ""),
        }
    name = by.name if authority == Authority.SELF else answers["full_name"]
    return {
        "role": str(PartyRole.APPLICANT),
        "full_name": name,
        "person_id": person.pk if person else None,
        "number_hint": person.personal_id_hint if person else "",
        "birth_date": _iso(answers.get("birth_date") or (person.birth_date if person else None)),
    }


def _others(answers: Mapping[str, Any]) -> list[Plain]:
    names = [value for name, value in answers.items() if name.startswith("other_") and value]
    return [{"role": str(PartyRole.APPLICANT), "full_name": name} for name in names]


def _subject(answers: Mapping[str, Any]) -> list[Plain]:
    if not answers.get("subject_name"):
        return []
    subject = {
        "role": str(PartyRole.SUBJECT),
        "full_name": answers["subject_name"],
        "birth_date": _iso(answers.get("subject_birth_date")),
        "note": answers.get("subject_note", ""),
    }
    return [subject]


def _helper(answers: Mapping[str, Any], by: Actor) -> Plain:
    if answers["authority"] == Authority.HELPER:
        name = f"{by.name} ({by.title})" if by.title else by.name
        return {"helper_name": name[:200], "helper_account_id": by.id}
    return {"helper_name": answers.get("helper_name", ""), "helper_account_id": None}


def _iso(day: Any) -> str | None:
    return day.isoformat() if isinstance(day, date) else None


def _plain(answers: Mapping[str, Any]) -> Plain:
    kept = {name: value for name, value in answers.items() if name not in _SECRET}
    return {name: _iso(value) if isinstance(value, date) else value for name, value in kept.items()}
