"""The door: persons and enterprises, found by number or name, shown masked."""

from .choices import Address, EnterpriseKind, MemberRole, PaperKind, Sex
from .errors import (
    NoSuchEnterprise,
    NoSuchPerson,
    NumberAbsent,
    NumberNotUsable,
    RevealNotAllowed,
)
from .models import Enterprise, Membership, Person, PersonPaper
from .operations.enterprises import (
    add_member,
    end_membership,
    hold_enterprise,
    remember_enterprise,
)
from .operations.looks import reveal_number, search_people
from .operations.persons import (
    confirm_person,
    correct_person,
    doubt_person,
    remember_person,
    update_contacts,
)
from .queries import (
    MaskedPerson,
    find_people_by_name,
    find_person_by_number,
    get_enterprise,
    get_person,
    hash_number,
    mark_of_number,
    marks_of_enterprises,
    marks_of_people,
    mask,
    masked_people,
    members_of,
    memberships_of,
    names_by_number,
    people_born_as,
    people_reaching,
)
from .rules.cards import CardFacts, parse_card_qr
from .rules.facts import Contacts, EnterpriseFacts, Paper, PersonFacts
from .rules.members import ACT, MANAGE, MEMBER_POWERS
from .rules.names import is_same_name, name_keys, name_query
from .rules.numbers import check_personal_id, check_tax_code, read_personal_id, tidy_number

__all__ = [
    "ACT",
    "MANAGE",
    "MEMBER_POWERS",
    "Address",
    "CardFacts",
    "Contacts",
    "Enterprise",
    "EnterpriseFacts",
    "EnterpriseKind",
    "MaskedPerson",
    "MemberRole",
    "Membership",
    "NoSuchEnterprise",
    "NoSuchPerson",
    "NumberAbsent",
    "NumberNotUsable",
    "Paper",
    "PaperKind",
    "Person",
    "PersonFacts",
    "PersonPaper",
    "RevealNotAllowed",
    "Sex",
    "add_member",
    "check_personal_id",
    "check_tax_code",
    "confirm_person",
    "correct_person",
    "doubt_person",
    "end_membership",
    "find_people_by_name",
    "find_person_by_number",
    "get_enterprise",
    "get_person",
    "hash_number",
    "hold_enterprise",
    "is_same_name",
    "mark_of_number",
    "marks_of_enterprises",
    "marks_of_people",
    "mask",
    "masked_people",
    "members_of",
    "memberships_of",
    "name_keys",
    "name_query",
    "names_by_number",
    "parse_card_qr",
    "people_born_as",
    "people_reaching",
    "read_personal_id",
    "remember_enterprise",
    "remember_person",
    "reveal_number",
    "search_people",
    "tidy_number",
    "update_contacts",
]
