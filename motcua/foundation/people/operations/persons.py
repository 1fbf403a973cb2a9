"""Remember persons, confirm and correct who they are."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

from motcua.foundation.audit import api as audit
from motcua.foundation.people.models import Person, PersonPaper
from motcua.foundation.people.queries import PERSONAL_ID, get_person, keys
from motcua.foundation.people.rules import seals
from motcua.foundation.people.rules.facts import Contacts, Paper, PersonFacts
from motcua.foundation.people.rules.numbers import check_paper, check_personal_id, tidy_number
from motcua.lib import text, work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.tongue import said

UNMASK = "people.unmask"
NAMES = ("full_name", "sort_key", "name_exact", "name_folded", "name_words", "nationality")
DECLARED = ("birth_date", "sex", "died_on")
CONTACTS = ("phone", "email", "address", "place_code")
DAYS = ("birth_date", "died_on")

# A desk sees the card; a village helper, though an officer, only what people tell.
RECEIVES = "dossiers.receive"
DOUBTS = ("dossiers.correct_reception", "identity.administer")


@work.story
def remember_person(facts: PersonFacts, *, by: Actor, at: datetime) -> Person:
    """Return the person these facts speak of: found by number or paper, else newly noted.

    Without number and paper nobody is ever found: a child and a neighbour may share a name. What an
    officer enters replaces what was only declared, and brings contacts up to date; what a citizen
    enters about others changes nothing that is known.

    Raises: BadInput, NumberNotUsable.
    Costs: one statement; a few more with a paper.
    """
    person = _declared(facts, at=at)
    if facts.paper is None:
        return _note(person, by=by)
    return _note_with_paper(person, facts.paper, by=by, at=at)


@work.story
def confirm_person(person_id: int, *, by: Actor, at: datetime) -> Person:
    """Note that an officer has seen who this is; from now on the name changes only by correction.

    Raises: NotAllowed, NoSuchPerson.
    """
    by.require("dossiers.receive")
    get_person(person_id)
    person = work.lock(Person, id=person_id)
    person.confirmed_at = at
    work.update(person, "confirmed_at")
    audit.record("people.confirmed", f"person:{person_id}", by=by, at=at)
    return person


@work.story
def doubt_person(person_id: int, *, by: Actor, at: datetime) -> None:
    """Note that whoever was seen was not this person: again nobody has seen who it is.

    Raises: NotAllowed, NoSuchPerson.
    """
    if not any(by.can(power) for power in DOUBTS):
        raise NotAllowed("Ông/bà không có quyền hủy việc xác nhận một người.")
    get_person(person_id)
    person = work.lock(Person, id=person_id)
    person.confirmed_at = None
    work.update(person, "confirmed_at")
    audit.record("people.doubted", f"person:{person_id}", by=by, at=at)


@work.story
def correct_person(person_id: int, facts: PersonFacts, *, by: Actor, at: datetime) -> Person:
    """Correct name, birth, sex or number of a person, confirmed or not; the trail says which.

    Raises: NotAllowed, NoSuchPerson, BadInput, NumberNotUsable.
    """
    by.require(UNMASK)
    get_person(person_id)
    person, new = work.lock(Person, id=person_id), _declared(facts, at=at)
    numbers = ("personal_id_cipher", "personal_id_key", "personal_id_hash", "personal_id_hint")
    fields = (*NAMES, *DECLARED, *CONTACTS, *(numbers if facts.personal_id else ()))
    changed = [name for name in fields if getattr(person, name) != getattr(new, name)]
    for name in changed:
        setattr(person, name, getattr(new, name))
    if changed:
        work.update(person, *changed)
        detail = {"fields": [n for n in changed if n not in numbers[:3]]}
        audit.record("people.corrected", f"person:{person_id}", by=by, at=at, detail=detail)
    return person


@work.story
def update_contacts(person_id: int, contacts: Contacts, *, by: Actor, at: datetime) -> None:
    """Bring the own contacts up to date.

    Raises: NotAllowed, NoSuchPerson.
    """
    if by.kind != ActorKind.CITIZEN or by.person_id != person_id:
        raise NotAllowed(said("Ông/bà chỉ sửa được thông tin liên hệ của chính mình."))
    get_person(person_id)
    person = work.lock(Person, id=person_id)
    person.phone, person.email = contacts.phone, contacts.email.lower()
    person.address, person.addressed_as = text.tidy(contacts.address), contacts.addressed_as
    work.update(person, "phone", "email", "address", "addressed_as")
    audit.record("people.contacts_updated", f"person:{person_id}", by=by, at=at)


def _declared(facts: PersonFacts, *, at: datetime) -> Person:
    """Return an unsaved person made of checked facts."""
    number = tidy_number(facts.personal_id)
    person = Person(
        birth_date=facts.birth_date,
        sex=facts.sex or "",
        nationality=facts.nationality,
        phone=facts.phone,
        email=facts.email.lower(),
        address=text.tidy(facts.address),
        place_code=facts.place_code,
        died_on=facts.died_on,
        created_at=at,
    )
    person.name(facts.full_name)
    if not person.full_name:
        raise BadInput(said("Hãy ghi họ và tên."), field="full_name")
    if number:
        check_personal_id(number, facts.sex, facts.birth_date)
        sealed = seals.seal(number, kind=PERSONAL_ID, keys=keys())
        person.personal_id_cipher, person.personal_id_key = sealed.cipher, sealed.key
        person.personal_id_hash, person.personal_id_hint = sealed.hash, sealed.hint
    return person


def _note(person: Person, *, by: Actor) -> Person:
    values = {
        f.attname: f.get_db_prep_save(getattr(person, f.attname), connection) for f in _columns()
    }
    corrects = by.kind == ActorKind.SYSTEM or by.can(RECEIVES)
    rows = work.fetch(_note_sql(), values | {"corrects": corrects, "own": by.person_id or 0})
    return work.from_row(Person, rows[0])


def _columns() -> "list[models.Field[Any, Any]]":
    return [f for f in Person._meta.local_concrete_fields if not f.primary_key]


@lru_cache(maxsize=1)
def _note_sql() -> str:
    """Return one INSERT that, for a known number, changes only what may be changed."""
    may_contact = "(%(corrects)s::boolean OR p.id = %(own)s::bigint)"
    may_name = "(%(corrects)s::boolean AND p.confirmed_at IS NULL)"
    changes = [
        f"{name} = CASE WHEN {may} THEN {_given(name)} ELSE p.{name} END"
        for names, may in ((NAMES, may_name), (DECLARED, may_name), (CONTACTS, may_contact))
        for name in names
    ]
    names = [f.attname for f in _columns()]
    return (
        f"INSERT INTO people_person AS p ({', '.join(names)})"  # noqa: S608 -- our own column names
        f" VALUES ({', '.join(f'%({name})s' for name in names)})"
        f" ON CONFLICT (personal_id_hash) DO UPDATE SET {', '.join(changes)}"
        f" RETURNING {work.columns(Person, 'p')}"
    )


def _given(name: str) -> str:
    """Return the new value, or the old one where nothing was given."""
    if name == "name_words":
        return f"EXCLUDED.{name}"
    given = f"EXCLUDED.{name}" if name in DAYS else f"NULLIF(EXCLUDED.{name}, '')"
    return f"COALESCE({given}, p.{name})"


def _note_with_paper(person: Person, paper: Paper, *, by: Actor, at: datetime) -> Person:
    number = tidy_number(paper.number)
    check_paper(paper.kind, number)
    sealed = seals.seal(number, kind=paper.kind, keys=keys())
    same = PersonPaper.objects.filter(
        kind=paper.kind, country=paper.country, number_hash=sealed.hash
    )
    known = same.select_related("person").first()
    if known is not None and not _is_new_number(person, known.person):
        return known.person
    if known is not None:
        return _give_number(known.person, person)
    noted = _note(person, by=by)
    PersonPaper.objects.create(
        person=noted,
        kind=paper.kind,
        country=paper.country,
        number_cipher=sealed.cipher,
        number_key=sealed.key,
        number_hash=sealed.hash,
        number_hint=sealed.hint,
        noted_at=at,
    )
    return noted


def _is_new_number(given: Person, known: Person) -> bool:
    """Say whether somebody known by a paper only has now a personal number nobody else has."""
    if given.personal_id_hash is None or known.personal_id_hash is not None:
        return False
    return not Person.objects.filter(personal_id_hash=given.personal_id_hash).exists()


def _give_number(known: Person, given: Person) -> Person:
    known.personal_id_cipher, known.personal_id_key = (
        given.personal_id_cipher,
        given.personal_id_key,
    )
    known.personal_id_hash, known.personal_id_hint = given.personal_id_hash, given.personal_id_hint
    known.save(
        update_fields=[
            "personal_id_cipher",
            "personal_id_key",
            "personal_id_hash",
            "personal_id_hint",
        ]
    )
    return known
