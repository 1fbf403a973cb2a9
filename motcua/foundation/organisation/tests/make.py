"""Dull, valid agencies, units, posts and officers for the tests of this and higher rooms."""

from datetime import date

from motcua.foundation.organisation.choices import (
    AgencyKind,
    Level,
    PostRole,
    Standing,
    UnitKind,
)
from motcua.foundation.organisation.models import (
    Agency,
    AgencyVersion,
    Officer,
    Post,
    PostHolding,
    Unit,
    UnitVersion,
)
from motcua.foundation.organisation.operations.trees import raise_tree_version, rebuild_closure
from motcua.lib.text import person_sort_key

FIRST_DAY = date(2025, 7, 1)


def make_agency(
    code: str = "H18.101",
    name: str = "UBND xã Mường Phăng",
    *,
    kind: AgencyKind = AgencyKind.COMMUNE_COMMITTEE,
    level: Level = Level.COMMUNE,
    parent: Agency | None = None,
    place_code: str = "03325",
) -> Agency:
    """Make a living agency with its version and its root unit."""
    facts = {
        "code": code,
        "name": name,
        "kind": kind,
        "level": level,
        "parent": parent,
        "place_code": place_code,
    }
    agency = Agency.objects.create(standing=Standing.LIVING, **facts)
    AgencyVersion.objects.create(agency=agency, valid_from=FIRST_DAY, **facts)
    make_unit(agency, f"{code}.LD", "Lãnh đạo", kind=UnitKind.LEADERSHIP, is_root=True)
    return agency


def root_of(agency: Agency) -> Unit:
    """Return the agency's root unit."""
    return Unit.objects.get(agency=agency, parent=None)


def make_unit(
    agency: Agency,
    code: str = "H18.101.KT",
    name: str = "Phòng Kinh tế",
    *,
    kind: UnitKind = UnitKind.DIVISION,
    parent: Unit | None = None,
    is_root: bool = False,
) -> Unit:
    """Make a living unit with its version and closure, below the root if not said."""
    above = None if is_root else parent or root_of(agency)
    facts = {"code": code, "name": name, "kind": kind, "parent": above}
    unit = Unit.objects.create(agency=agency, standing=Standing.LIVING, **facts)
    UnitVersion.objects.create(unit=unit, valid_from=FIRST_DAY, **facts)
    rebuild_closure([agency.pk])
    raise_tree_version()
    return unit


def make_officer(full_name: str = "Trần Văn Bình", *, code: str = "CB0001") -> Officer:
    """Make an officer who is in service."""
    return Officer.objects.create(
        code=code,
        full_name=full_name,
        sort_key=person_sort_key(full_name),
        joined_on=FIRST_DAY,
    )


def make_post(
    unit: Unit,
    role: PostRole = PostRole.HANDLER,
    *,
    title: str = "Chuyên viên",
    holder: Officer | None = None,
) -> Post:
    """Make a post, held by `holder` from the first day if one is given."""
    number = Post.objects.filter(unit=unit).count() + 1
    post = Post.objects.create(
        code=f"{unit.code}-{number:02}", unit=unit, title=title, role=role, valid_from=FIRST_DAY
    )
    if holder is not None:
        PostHolding.objects.create(post=post, officer=holder, valid_from=FIRST_DAY)
    return post
