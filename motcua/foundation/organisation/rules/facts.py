"""What is entered about agencies, units, posts and officers, and what it must satisfy."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from motcua.foundation.organisation.choices import AgencyKind, Change, Level, PostRole, UnitKind
from motcua.foundation.organisation.errors import BadOrganisation
from motcua.lib.text import tidy

from .codes import UNIT_CODE, check_code, is_below, is_legacy, legacy_code_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """From which day something holds, to which, and by which decision."""

    valid_from: date
    valid_to: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """One version of an agency; without a legacy code it gets the one its code converts to."""

    code: str
    name: str
    kind: AgencyKind
    level: Level
    parent_id: int | None = None
    place_code: str = ""
    short_name: str = ""
    legacy_code: str = ""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One version of a unit; without a parent it stands right below its agency's root."""

    code: str
    name: str
    kind: UnitKind
    parent_id: int | None = None
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A seat in a unit; without a code it gets the unit's code and a number."""

    unit_id: int
    title: str
    role: PostRole
    code: str = ""


@dataclass(frozen=True, slots=True)
class OfficerFacts:
    """Somebody who joins."""

    code: str
    full_name: str
    joined_on: date
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat to set up together with whoever takes it."""

    title: str
    role: PostRole
    officer: OfficerFacts


@dataclass(frozen=True, slots=True)
class Link:
    """One link of succession; without `to_id` nothing came after."""

    from_id: int
    to_id: int | None
    kind: Change
    on: date
    basis: str = ""


def checked_agency(facts: AgencyFacts, parent_code: str | None) -> AgencyFacts:
    """Return the facts in tidy words, with a legacy code where there is one.

    Within one family of codes, an agency's code continues that of the agency above it.

    Raises: BadOrganisation.
    Source: docs/law/organisation.md
    """
    check_code(facts.code)
    if not tidy(facts.name):
        raise BadOrganisation("Hãy nhập tên cơ quan.", field="name")
    if parent_code and not _continues(facts.code, parent_code):
        message = f"Mã “{facts.code}” phải bắt đầu bằng mã của cơ quan cấp trên: “{parent_code}.”"
        raise BadOrganisation(message, field="code")
    if facts.legacy_code and not is_legacy(facts.legacy_code):
        message = f"“{facts.legacy_code}” không phải mã định danh theo mẫu cũ."
        raise BadOrganisation(message, field="legacy_code")
    legacy = facts.legacy_code or legacy_code_of(facts.code) or ""
    return replace(
        facts, name=tidy(facts.name), short_name=tidy(facts.short_name), legacy_code=legacy
    )


def checked_unit(facts: UnitFacts) -> UnitFacts:
    """Return the facts in tidy words. Raises: BadOrganisation."""
    if not re.fullmatch(UNIT_CODE, facts.code):
        message = f"Mã đơn vị “{facts.code}” chỉ được dùng chữ số, chữ hoa A–Z và dấu chấm."
        raise BadOrganisation(message, field="code")
    if not tidy(facts.name):
        raise BadOrganisation("Hãy nhập tên đơn vị.", field="name")
    return replace(facts, name=tidy(facts.name), short_name=tidy(facts.short_name))


def check_term(term: Term) -> None:
    """Raises: BadOrganisation if the last day comes before the first."""
    if term.valid_to is not None and term.valid_to < term.valid_from:
        message = "Ngày kết thúc không được trước ngày bắt đầu."
        raise BadOrganisation(message, field="valid_to")


def day_before(day: date) -> date:
    """Return the last day of what gives way on `day`."""
    return day - ONE_DAY


def _continues(code: str, parent_code: str) -> bool:
    """Say whether a code stands below the other, or belongs to another family altogether."""
    another_family = code.partition(".")[0] != parent_code.partition(".")[0]
    return another_family or is_below(code, parent_code)
