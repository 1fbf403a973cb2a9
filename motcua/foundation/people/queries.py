"""Find people and show them masked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db.models import F, QuerySet, Subquery

from motcua.lib.actor import Actor, ActorKind
from motcua.lib.dated import holding_on
from motcua.lib.masking import mask_email, mask_number, mask_phone
from motcua.lib.tongue import said

from .choices import PaperKind
from .errors import NoSuchEnterprise, NoSuchPerson
from .models import Enterprise, Membership, Person, PersonPaper
from .rules import seals
from .rules.names import NameQuery, name_query
from .rules.numbers import tidy_number

PERSONAL_ID, TAX_CODE = "personal_id", "tax_code"
_DIGITS = 12
_LIMIT = 50
_LATELY = 20_000


@dataclass(frozen=True, slots=True)
class MaskedPerson:
    """A person as somebody may see them who need not know the number."""

    id: int
    full_name: str
    birth_year: int | None
    sex: str
    personal_id: str
    phone: str
    email: str
    address: str
    is_confirmed: bool


@lru_cache(maxsize=1)
def keys() -> seals.Keys:
    """Return the site's keys for personal numbers."""
    return seals.keys_from(settings.SECRET_KEY, getattr(settings, "PERSONAL_DATA_KEYS", ""))


def hash_number(number: str, *, kind: str = PERSONAL_ID) -> bytes:
    """Return the keyed hash by which a number is looked up, here and in other rooms' tables."""
    return seals.hash_number(tidy_number(number), kind=kind, keys=keys())


def get_person(person_id: int) -> Person:
    """Raises: NoSuchPerson."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NoSuchPerson(said("Không tìm thấy người này."))
    return person


def find_person_by_number(number: str) -> Person | None:
    """Return the person with this personal number, old card or passport; a query by key."""
    tidy = tidy_number(number)
    person = Person.objects.filter(personal_id_hash=hash_number(tidy)).first()
    if person is not None:
        return person
    hashes = [hash_number(tidy, kind=kind) for kind in PaperKind]
    paper = PersonPaper.objects.filter(number_hash__in=hashes).select_related("person").first()
    return paper.person if paper else None


def people_reaching(age: int, first: date, last: date) -> Sequence[Person]:
    """Return the living who reach an age between two days, both counted, the eldest first."""
    born = (_years_before(first, age), _years_before(last, age))
    found = Person.objects.filter(birth_date__range=born, died_on__isnull=True)
    return list(found.order_by("birth_date", "pk"))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)  # 29 February


def names_by_number(numbers: Sequence[str]) -> dict[str, str]:
    """Return whose personal numbers these are, of those that are known. Costs: one query."""
    hashes = {hash_number(one): one for one in numbers}
    rows = Person.objects.filter(personal_id_hash__in=list(hashes))
    found = rows.values_list("personal_id_hash", "full_name")
    return {hashes[bytes(key)]: name for key, name in found if key is not None}


def people_born_as(births: Collection[tuple[str, date]]) -> dict[tuple[str, date], list[Person]]:
    """Return who has these names, without tones, and was born on these days; oldest rows first.

    Costs: one query, none where nothing is asked.
    """
    if not births:
        return {}
    names, days = {name for name, _ in births}, {day for _, day in births}
    found: dict[tuple[str, date], list[Person]] = {}
    for one in Person.objects.filter(birth_date__in=days, name_folded__in=names).order_by("pk"):
        if one.birth_date and (one.name_folded, one.birth_date) in births:
            found.setdefault((one.name_folded, one.birth_date), []).append(one)
    return found


def masked_people(ids: Collection[int], *, by: Actor) -> dict[int, MaskedPerson]:
    """Return these people as `by` may see them. Costs: one query."""
    return {one.pk: mask(one, by) for one in Person.objects.filter(pk__in=ids)}


def find_people_by_name(typed: str, *, limit: int = _LIMIT) -> Sequence[Person]:
    """Return people of that name, newest first: with tones exactly those, without tones all.

    Names that begin so come before names that only hold the words.

    Costs: one to three queries, planned each time because surnames are so unevenly spread.
    """
    query = name_query(typed)
    if not query.words:
        return []
    found = list(_beginning(query)[:limit])
    for more in (_holding_lately(query), _holding(query)):
        if len(found) < limit:
            known = {person.pk for person in found}
            found += list(more.exclude(pk__in=known)[: limit - len(found)])
    return found


def _beginning(query: NameQuery) -> QuerySet[Person]:
    column = "name_exact" if query.is_exact else "name_folded"
    return Person.objects.filter(**{f"{column}__startswith": query.start}).order_by("-pk")


def _holding_lately(query: NameQuery) -> QuerySet[Person]:
    """Look among the latest only: a common word is found there at once."""
    latest = Person.objects.order_by("-pk").values("pk")[:1]
    recent = Person.objects.filter(pk__gt=Subquery(latest) - _LATELY)
    return recent.filter(name_words__contains=query.words).order_by("-pk")


def _holding(query: NameQuery) -> QuerySet[Person]:
    """Look everywhere by the index of words, which the sum keeps the planner from avoiding."""
    holding = Person.objects.filter(name_words__contains=query.words)
    return holding.order_by((F("pk") + 0).desc())


def mask(person: Person, by: Actor) -> MaskedPerson:
    """Return the person as `by` may see them in a list; only people see their own data whole."""
    is_own = by.kind == ActorKind.CITIZEN and by.person_id == person.pk
    hint = person.personal_id_hint
    number = mask_number("•" * (_DIGITS - len(hint)) + hint) if hint else ""
    return MaskedPerson(
        id=person.pk,
        full_name=person.full_name,
        birth_year=person.birth_date.year if person.birth_date else None,
        sex=person.sex,
        personal_id=number,
        phone=person.phone if is_own else mask_phone(person.phone),
        email=person.email if is_own else mask_email(person.email),
        address=person.address,
        is_confirmed=person.confirmed_at is not None,
    )


def get_enterprise(tax_code: str) -> Enterprise:
    """Raises: NoSuchEnterprise."""
    enterprise = Enterprise.objects.filter(tax_code=tidy_number(tax_code)).first()
    if enterprise is None:
        raise NoSuchEnterprise(said("Không tìm thấy tổ chức có mã số thuế này."))
    return enterprise


def memberships_of(person_id: int, *, on: date) -> Sequence[Membership]:
    """Return for which enterprises the person acts on that day, by name."""
    return list(
        Membership.objects.filter(holding_on(on), person_id=person_id)
        .select_related("enterprise")
        .order_by("enterprise__sort_key", "role")
    )


def members_of(enterprise_id: int, *, on: date) -> Sequence[Membership]:
    """Return who acts for the enterprise on that day, by name."""
    return list(
        Membership.objects.filter(holding_on(on), enterprise_id=enterprise_id)
        .select_related("person")
        .order_by("person__sort_key", "role")
    )


def mark_of_number(number: str) -> str:
    """Return the keyed mark of a number given as “kind:number”: “kind:hash”, to be compared."""
    kind, _, digits = number.partition(":")
    return f"{kind}:{hash_number(digits, kind=kind).hex()}"


def marks_of_people(ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """Return the marks of all numbers known of each of these people. Costs: two queries."""
    if not ids:
        return {}
    known = Person.objects.filter(pk__in=ids, personal_id_hash__isnull=False)
    rows = [(one, PERSONAL_ID, own) for one, own in known.values_list("pk", "personal_id_hash")]
    papers = PersonPaper.objects.filter(person__in=ids)
    rows += papers.values_list("person_id", "kind", "number_hash")
    return _together((one, f"{kind}:{bytes(own or b'').hex()}") for one, kind, own in rows)


def marks_of_enterprises(ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """Return the mark of the tax code of each of these enterprises. Costs: one query."""
    if not ids:
        return {}
    known = Enterprise.objects.filter(pk__in=ids).values_list("pk", "tax_code")
    return _together((one, mark_of_number(f"{TAX_CODE}:{code}")) for one, code in known)


def _together(rows: Iterable[tuple[int, str]]) -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for one, mark in rows:
        found.setdefault(one, set()).add(mark)
    return {one: frozenset(marks) for one, marks in found.items()}
