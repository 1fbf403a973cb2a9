"""Show personal data to who must know it, and note who saw it."""

from datetime import datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.people.errors import NumberAbsent, RevealNotAllowed
from motcua.foundation.people.queries import (
    MaskedPerson,
    find_people_by_name,
    find_person_by_number,
    get_person,
    keys,
    mask,
)
from motcua.foundation.people.rules import seals
from motcua.foundation.people.rules.numbers import tidy_number
from motcua.lib import text, work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import BadInput
from motcua.lib.masking import mask_number

UNMASK, SEARCH = "people.unmask", "people.search"


@work.story
def reveal_number(person_id: int, *, by: Actor, at: datetime, purpose: str) -> str:
    """Return the whole personal number and note who saw it, when and for what.

    Raises: RevealNotAllowed, NumberAbsent, NoSuchPerson, BadInput.
    Source: docs/law/identity.md
    """
    is_own = by.kind == ActorKind.CITIZEN and by.person_id == person_id
    if not is_own and not by.can(UNMASK):
        raise RevealNotAllowed("Ông/bà không có quyền xem đầy đủ số định danh.")
    if not purpose.strip():
        raise BadInput("Hãy ghi mục đích xem số định danh.", field="purpose")
    person = get_person(person_id)
    if person.personal_id_cipher is None or person.personal_id_hash is None:
        raise NumberAbsent("Người này chưa có số định danh trong hệ thống.")
    audit.record_access(
        "people.reveal",
        f"person:{person_id}",
        by=by,
        at=at,
        person_id=person_id,
        detail={"purpose": text.tidy(purpose)},
    )
    return seals.unseal(
        bytes(person.personal_id_cipher),
        key=person.personal_id_key,
        digest=bytes(person.personal_id_hash),
        keys=keys(),
    )


@work.story
def search_people(typed: str, *, by: Actor, at: datetime, purpose: str) -> list[MaskedPerson]:
    """Return people of that name or number, masked, and note who searched for what.

    Raises: NotAllowed.
    """
    by.require(SEARCH)
    is_number = any(letter.isdigit() for letter in typed)
    if is_number:
        person = find_person_by_number(typed)
        found = [person] if person else []
    else:
        found = list(find_people_by_name(typed))
    asked = mask_number(tidy_number(typed)) if is_number else text.tidy(typed)
    detail = {"asked": asked, "found": len(found), "purpose": text.tidy(purpose)}
    audit.record_access("people.search", "people", by=by, at=at, detail=detail)
    return [mask(person, by) for person in found]
