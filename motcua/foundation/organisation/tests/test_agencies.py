"""Agencies over time: founded, changed from a day on, ended, succeeded."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.choices import (
    AgencyKind,
    Change,
    Level,
    PostRole,
    Standing,
)
from motcua.foundation.organisation.errors import BadOrganisation, LaterVersion, NoSuchUnit
from motcua.foundation.organisation.models import (
    Agency,
    AgencySuccession,
    AgencyVersion,
    PostHolding,
    Unit,
)
from motcua.foundation.organisation.rules.facts import AgencyFacts, Link, Term
from motcua.lib.errors import NotAllowed

from .actors import AT, BINH, HOA, LAST_OLD_DAY, REFORM_DAY, TODAY, editor_of
from .make import make_agency, make_officer, make_post, make_unit, root_of

pytestmark = pytest.mark.django_db

COMMUNE = AgencyFacts(
    "H18.101",
    "UBND xã  Mường Phăng",
    AgencyKind.COMMUNE_COMMITTEE,
    Level.COMMUNE,
    place_code="03325",
)
SINCE_REFORM = Term(REFORM_DAY, basis="NQ 202/2025/QH15")
TOMORROW = TODAY + timedelta(days=1)


def test_a_founded_agency_lives_with_its_root_unit_and_leaves_a_trace() -> None:
    agency = organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)

    known = organisation.tree().agency_by_code("H18.101")

    assert known is not None
    assert (agency.standing, known.name) == (Standing.LIVING, "UBND xã Mường Phăng")
    assert known.root_unit_id == root_of(agency).pk
    assert [entry.action for entry in audit.trail_of("agency:H18.101")] == ["agency.added"]


def test_an_agency_gets_the_legacy_code_its_code_converts_to() -> None:
    facts = replace(COMMUNE, code="H18.31", level=Level.DISTRICT)

    agency = organisation.add_agency(facts, SINCE_REFORM, by=HOA, at=AT)

    known = organisation.tree().agency_by_code("000.00.31.H18")
    assert known is not None
    assert known.id == agency.pk


def test_an_agency_founded_ahead_of_time_starts_on_its_day_and_not_before() -> None:
    agency = organisation.add_agency(COMMUNE, Term(TOMORROW), by=HOA, at=AT)

    before = organisation.tree().agency_by_code("H18.101")
    changed = organisation.start_due_versions(by=HOA, at=AT + timedelta(days=1))

    agency.refresh_from_db()
    assert before is None
    assert (changed, agency.standing) == (2, Standing.LIVING)
    assert organisation.tree().agency_by_code("H18.101") is not None


def test_an_ordinary_day_starts_nothing() -> None:
    organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)
    version = organisation.tree().version

    changed = organisation.start_due_versions(by=HOA, at=AT + timedelta(days=1))

    assert (changed, organisation.tree().version) == (0, version)


def test_a_new_name_holds_from_its_day_and_the_old_one_before() -> None:
    agency = organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)

    renamed = replace(COMMUNE, name="UBND phường Mường Phăng")
    organisation.change_agency(agency.pk, renamed, Term(TODAY), by=HOA, at=AT)

    yesterday = TODAY - timedelta(days=1)
    names = [organisation.name_of_agency(agency.pk, on=day) for day in (yesterday, TODAY)]
    assert names == ["UBND xã Mường Phăng", "UBND phường Mường Phăng"]
    assert organisation.name_of_agency(agency.pk) == "UBND phường Mường Phăng"


def test_a_change_ahead_of_time_keeps_todays_name_until_its_day() -> None:
    agency = organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)
    renamed = replace(COMMUNE, name="UBND phường Mường Phăng")

    organisation.change_agency(agency.pk, renamed, Term(TOMORROW), by=HOA, at=AT)
    before = organisation.name_of_agency(agency.pk)
    organisation.start_due_versions(by=HOA, at=AT + timedelta(days=1))

    assert before == "UBND xã Mường Phăng"
    assert organisation.name_of_agency(agency.pk) == "UBND phường Mường Phăng"


def test_a_change_before_a_later_one_is_refused() -> None:
    agency = organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)
    organisation.change_agency(agency.pk, COMMUNE, Term(TODAY), by=HOA, at=AT)

    with pytest.raises(LaterVersion, match="02/03/2026"):
        organisation.change_agency(agency.pk, COMMUNE, Term(REFORM_DAY), by=HOA, at=AT)


def test_an_agency_that_has_ended_is_not_changed_later() -> None:
    agency = organisation.add_agency(COMMUNE, Term(REFORM_DAY, TODAY), by=HOA, at=AT)

    with pytest.raises(BadOrganisation, match="Đã chấm dứt"):
        organisation.change_agency(
            agency.pk, COMMUNE, Term(TODAY + timedelta(days=2)), by=HOA, at=AT
        )


def test_the_code_of_a_living_agency_is_not_given_again() -> None:
    organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)

    with pytest.raises(BadOrganisation, match="cơ quan khác"):
        organisation.add_agency(COMMUNE, Term(TODAY), by=HOA, at=AT)


def test_a_code_is_free_again_after_the_end() -> None:
    old = replace(COMMUNE, name="UBND huyện Điện Biên", level=Level.DISTRICT)
    organisation.add_agency(old, Term(date(2004, 1, 1), LAST_OLD_DAY), by=HOA, at=AT)
    organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)

    found = [organisation.agency_on("H18.101", day) for day in (LAST_OLD_DAY, REFORM_DAY)]

    assert [version and version.name for version in found] == [
        "UBND huyện Điện Biên",
        "UBND xã Mường Phăng",
    ]


def test_a_code_must_continue_that_of_the_agency_above() -> None:
    department = make_agency("H18.06", "Sở Nông nghiệp và Môi trường")
    facts = replace(COMMUNE, code="H18.07.01", parent_id=department.pk)

    with pytest.raises(BadOrganisation, match=r"“H18\.06\.”"):
        organisation.add_agency(facts, SINCE_REFORM, by=HOA, at=AT)


def test_an_agency_of_another_family_of_codes_may_stand_below() -> None:
    province = make_agency("H18", "UBND tỉnh Điện Biên")
    facts = replace(COMMUNE, code="K18", parent_id=province.pk)

    agency = organisation.add_agency(facts, SINCE_REFORM, by=HOA, at=AT)

    assert agency.parent_id == province.pk


def test_the_agency_above_is_there_on_the_first_day() -> None:
    province = make_agency("H18", "UBND tỉnh Điện Biên")
    facts = replace(COMMUNE, parent_id=province.pk)

    with pytest.raises(BadOrganisation, match="30/06/2025"):
        organisation.add_agency(facts, Term(LAST_OLD_DAY), by=HOA, at=AT)


def test_a_wrong_legacy_code_is_refused_and_a_right_one_is_kept() -> None:
    with pytest.raises(BadOrganisation) as refusal:
        organisation.add_agency(replace(COMMUNE, legacy_code="H18"), SINCE_REFORM, by=HOA, at=AT)

    kept = replace(COMMUNE, legacy_code="000.01.31.H18")
    agency = organisation.add_agency(kept, SINCE_REFORM, by=HOA, at=AT)

    assert (refusal.value.field, agency.legacy_code) == ("legacy_code", "000.01.31.H18")


def test_an_agency_above_that_does_not_exist_is_told() -> None:
    with pytest.raises(NoSuchUnit):
        organisation.add_agency(replace(COMMUNE, parent_id=99), SINCE_REFORM, by=HOA, at=AT)


def test_an_agency_does_not_come_to_stand_above_itself() -> None:
    province = make_agency("H18", "UBND tỉnh Điện Biên")
    commune = make_agency("H18.101", parent=province)
    facts = AgencyFacts(
        "H18", "UBND tỉnh", AgencyKind.PROVINCE_COMMITTEE, Level.PROVINCE, parent_id=commune.pk
    )

    with pytest.raises(BadOrganisation, match="chính mình"):
        organisation.change_agency(
            province.pk, replace(facts, code="G99"), Term(TODAY), by=HOA, at=AT
        )


@pytest.mark.parametrize("name", ["", "  "])
def test_an_agency_needs_a_name(name: str) -> None:
    with pytest.raises(BadOrganisation) as refusal:
        organisation.add_agency(replace(COMMUNE, name=name), SINCE_REFORM, by=HOA, at=AT)

    assert refusal.value.field == "name"


def test_an_agency_ends_with_its_units_posts_and_holders() -> None:
    agency = make_agency()
    post = make_post(make_unit(agency), holder=make_officer())

    organisation.end_agency(agency.pk, on=TODAY, basis="QĐ 1", by=HOA, at=AT)
    organisation.start_due_versions(by=HOA, at=AT + timedelta(days=1))

    post.refresh_from_db()
    assert post.valid_to == TODAY
    assert PostHolding.objects.get(post=post).valid_to == TODAY
    assert set(Unit.objects.values_list("standing", flat=True)) == {Standing.ENDED}
    assert organisation.tree().agencies() == ()


def test_a_unit_that_ended_before_its_agency_keeps_its_own_latest_day() -> None:
    agency = make_agency()
    unit = make_unit(agency)
    organisation.end_unit(unit.pk, on=REFORM_DAY, basis="", by=HOA, at=AT)

    organisation.end_agency(agency.pk, on=TODAY, basis="", by=HOA, at=AT)

    assert organisation.versions_of_unit(unit.pk)[0].valid_to == REFORM_DAY


def test_an_agency_with_living_agencies_below_does_not_end() -> None:
    province = make_agency("H18", "UBND tỉnh Điện Biên")
    make_agency("H18.101", parent=province)

    with pytest.raises(BadOrganisation, match="Mường Phăng"):
        organisation.end_agency(province.pk, on=TODAY, basis="", by=HOA, at=AT)


def test_a_merged_agency_ends_the_day_before_and_leads_to_its_heir() -> None:
    old = make_agency("H18.102", "UBND xã Nà Nhạn")
    heir = make_agency()
    link = Link(old.pk, heir.pk, Change.MERGE, TODAY, "NQ 202/2025")

    organisation.record_agency_succession(link, by=HOA, at=AT)

    assert AgencyVersion.objects.get(agency=old).valid_to == TODAY - timedelta(days=1)
    assert organisation.heirs_of_agency(old.pk, TODAY) == [heir.pk]
    assert organisation.heirs_of_agency(old.pk, TODAY - timedelta(days=1)) == [old.pk]


def test_a_split_agency_leads_to_all_its_heirs() -> None:
    old = make_agency("H18.102", "UBND xã Nà Nhạn")
    heirs = [make_agency("H18.103", "UBND xã A"), make_agency("H18.104", "UBND xã B")]

    for heir in heirs:
        link = Link(old.pk, heir.pk, Change.SPLIT, TODAY)
        organisation.record_agency_succession(link, by=HOA, at=AT)

    assert organisation.heirs_of_agency(old.pk, TODAY) == sorted(heir.pk for heir in heirs)


def test_an_agency_that_gives_a_part_goes_on() -> None:
    giver, taker = make_agency("H18.102", "UBND xã Nà Nhạn"), make_agency()
    link = Link(giver.pk, taker.pk, Change.PART, TODAY)

    organisation.record_agency_succession(link, by=HOA, at=AT)

    assert organisation.tree().agency(giver.pk).is_living


def test_an_heir_must_live_on_the_day() -> None:
    old = make_agency("H18.102", "UBND xã Nà Nhạn")
    coming = organisation.add_agency(COMMUNE, Term(TOMORROW), by=HOA, at=AT)

    with pytest.raises(BadOrganisation, match="kế tục"):
        organisation.record_agency_succession(
            Link(old.pk, coming.pk, Change.MERGE, TODAY), by=HOA, at=AT
        )


@pytest.mark.parametrize(
    ("kind", "heir"), [(Change.ABOLISH, "itself"), (Change.MERGE, ""), (Change.MERGE, "itself")]
)
def test_a_link_that_contradicts_itself_is_refused(kind: Change, heir: str) -> None:
    agency = make_agency()
    link = Link(agency.pk, agency.pk if heir else None, kind, TODAY)

    with pytest.raises(BadOrganisation):
        organisation.record_agency_succession(link, by=HOA, at=AT)


def test_an_abolished_agency_has_no_heir() -> None:
    agency = make_agency()
    link = Link(agency.pk, None, Change.ABOLISH, TODAY)

    organisation.record_agency_succession(link, by=HOA, at=AT)

    assert organisation.heirs_of_agency(agency.pk, TODAY) == []


def test_who_edits_another_agency_may_not_edit_this_one() -> None:
    agency, other = make_agency(), make_agency("H18.102", "UBND xã Nà Tấu")
    dung = editor_of(root_of(other).pk)

    with pytest.raises(NotAllowed):
        organisation.change_agency(agency.pk, COMMUNE, Term(TODAY), by=dung, at=AT)
    with pytest.raises(NotAllowed):
        organisation.end_agency(agency.pk, on=TODAY, basis="", by=dung, at=AT)


def test_only_a_power_over_the_province_founds_an_agency_with_nothing_above() -> None:
    for stranger in (BINH, editor_of(root_of(make_agency()).pk)):
        with pytest.raises(NotAllowed):
            organisation.add_agency(replace(COMMUNE, code="G01"), SINCE_REFORM, by=stranger, at=AT)


def test_an_unknown_agency_is_not_found() -> None:
    with pytest.raises(NoSuchUnit):
        organisation.change_agency(99, COMMUNE, Term(TODAY), by=HOA, at=AT)


def test_the_tree_of_a_past_day_is_that_of_its_versions() -> None:
    district = replace(COMMUNE, code="H18.31", name="UBND huyện Điện Biên", level=Level.DISTRICT)
    organisation.add_agency(district, Term(date(2004, 1, 1), LAST_OLD_DAY), by=HOA, at=AT)
    organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)

    codes = [
        [agency.code for agency in organisation.tree_on(day).agencies()]
        for day in (LAST_OLD_DAY, REFORM_DAY)
    ]

    assert codes == [["H18.31"], ["H18.101"]]


def test_the_versions_of_an_agency_are_told_latest_first() -> None:
    agency = organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)
    organisation.change_agency(agency.pk, COMMUNE, Term(TODAY), by=HOA, at=AT)

    versions = organisation.versions_of_agency(agency.pk)

    assert [version.valid_from for version in versions] == [TODAY, REFORM_DAY]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"kind": "shop"}, "organisation_agency_kind_is_known"),
        ({"level": "village"}, "organisation_agency_level_is_known"),
        ({"code": "h18"}, "organisation_agency_code_is_lawful"),
        ({"legacy_code": "H18"}, "organisation_agency_legacy_code_is_lawful"),
        ({"standing": "asleep"}, "organisation_agency_standing_is_known"),
        ({"code": "H18.102"}, "organisation_one_living_agency_per_code"),
    ],
)
def test_the_database_refuses_an_impossible_agency(
    change: dict[str, object], constraint: str
) -> None:
    make_agency("H18.102", "UBND xã Nà Nhạn")
    agency = make_agency()

    with pytest.raises(IntegrityError, match=constraint):
        Agency.objects.filter(pk=agency.pk).update(**change)


def test_the_database_refuses_two_agencies_with_one_code_on_one_day() -> None:
    make_agency("H18.102", "UBND xã Nà Nhạn")
    agency = make_agency()

    with pytest.raises(IntegrityError, match="organisation_one_agency_per_code"):
        AgencyVersion.objects.filter(agency=agency).update(code="H18.102")


def test_the_database_refuses_two_versions_of_an_agency_on_one_day() -> None:
    agency = organisation.add_agency(COMMUNE, SINCE_REFORM, by=HOA, at=AT)
    other = replace(COMMUNE, code="H18.109")
    organisation.change_agency(agency.pk, other, Term(TODAY), by=HOA, at=AT)

    with pytest.raises(IntegrityError, match="organisation_one_agency_version_at_a_time"):
        AgencyVersion.objects.filter(valid_from=REFORM_DAY).update(valid_to=TODAY)


def test_the_database_refuses_a_version_that_ends_before_it_begins() -> None:
    make_agency()

    with pytest.raises(IntegrityError, match="organisation_agency_days_in_order"):
        AgencyVersion.objects.update(valid_to=LAST_OLD_DAY)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"kind": "sold"}, "organisation_agencies_change_is_known"),
        ({"to_agency": None}, "organisation_agencies_only_the_abolished_have_no_heir"),
    ],
)
def test_the_database_refuses_an_impossible_link(
    change: dict[str, object], constraint: str
) -> None:
    old, heir = make_agency("H18.102", "UBND xã Nà Nhạn"), make_agency()
    AgencySuccession.objects.create(from_agency=old, to_agency=heir, kind=Change.MERGE, on=TODAY)

    with pytest.raises(IntegrityError, match=constraint):
        AgencySuccession.objects.update(**change)


def test_a_post_that_begins_later_keeps_its_agency_from_ending_before() -> None:
    agency = make_agency()
    post = make_post(make_unit(agency), PostRole.UNIT_HEAD)
    post.valid_from = TOMORROW
    post.save()

    with pytest.raises(BadOrganisation, match="bắt đầu sau"):
        organisation.end_agency(agency.pk, on=TODAY, basis="", by=HOA, at=AT)


@pytest.mark.parametrize(("level", "allowed"), [(Level.COMMUNE, True), (Level.PROVINCE, False)])
def test_an_agency_does_not_raise_its_own_level(level: Level, *, allowed: bool) -> None:
    agency = make_agency()
    facts = AgencyFacts(
        "H18.101", "UBND phường Mường Phăng", AgencyKind.COMMUNE_COMMITTEE, level, None, "03325"
    )
    dung = editor_of(root_of(agency).pk)

    with nullcontext() if allowed else pytest.raises(NotAllowed):
        organisation.change_agency(agency.pk, facts, Term(TODAY), by=dung, at=AT)

    agency.refresh_from_db()
    assert (agency.name == facts.name) is allowed
