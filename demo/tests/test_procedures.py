"""The demo's procedures: complete, marked as samples, and each can be carried out to its end."""

from datetime import datetime
from random import Random

import pytest

from demo import catalogue
from demo.applicants import invent
from demo.cast import Cast, founder
from demo.lives import Life
from demo.past import fees_taken
from demo.samples import sample_application
from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, FilingChannel
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import HANOI

from .provinces import AT
from .test_fees import THIRTY

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)
DEFINITIONS = [procedures.parse_text(text) for text in catalogue.texts()]
OURS = [one for one in DEFINITIONS if one.can_be_filed]
CASES = [(one, case.code) for one in OURS for case in one.cases]


def _named(value: object) -> str:
    return value.code if isinstance(value, Definition) else str(value)


def test_the_procedures_are_some_of_the_thirty_and_one_is_of_a_ministry() -> None:
    codes = [one.code for one in DEFINITIONS]
    elsewhere = [one.code for one in DEFINITIONS if not one.is_ours]

    assert (len(set(codes)), set(codes) - set(THIRTY)) == (len(codes), set())
    assert elsewhere == [catalogue.CRIMINAL_RECORD]


def test_every_page_says_that_it_is_a_sample() -> None:
    assert {one.is_demo for one in DEFINITIONS} == {True}


def test_what_needs_the_people_themselves_or_another_portal_is_not_filed_online() -> None:
    offline = {one.code for one in OURS if not one.can_be_filed_online}

    known = {catalogue.CERTIFIED_COPIES, catalogue.MARRIAGE, catalogue.LINKED_BIRTH}
    assert offline >= known
    assert not offline & {catalogue.EXTRACTS, catalogue.CORRECTION, catalogue.ADOPTION}


@pytest.mark.parametrize(("definition", "case_code"), CASES, ids=_named)
def test_each_case_lives_from_the_desk_to_the_hand_out(
    definition: Definition, case_code: str, cast: Cast
) -> None:
    agency, desk = _where(definition)
    application = sample_application(
        definition,
        case_code,
        agency,
        FilingChannel.COUNTER,
        invent(1, "xã Mường Phăng"),
        Random(7),
        on=MONDAY.date(),
    )
    receiver = cast.in_unit(desk, PostRole.DESK_OFFICER)

    fees = fees_taken(definition, application, MONDAY)
    code = dossiers.receive_in_person(
        application, desk_unit_id=desk, by=receiver, at=MONDAY, fees=fees
    )
    life, at = Life(code, cast), MONDAY
    while done := life.go_on(at=at):
        at = done
    life.hand_out(at=at)

    outcomes = dossiers.DossierOutcome.objects.filter(dossier__code=code)
    handed = [o.spec_code for o in outcomes.order_by("seq") if o.handed_to]
    assert handed == [o.code for o in definition.outcomes_for(dossiers.whole(life.dossier()).facts)]


@pytest.mark.parametrize("definition", [d for d in OURS if d.can_be_filed_online], ids=_named)
def test_a_citizen_files_each_online_with_every_answer_checked(
    definition: Definition, cast: Cast
) -> None:
    assert cast.seats
    agency, _ = _where(definition)
    lan = Actor(id=700, name="Lò Thị Lan", kind=ActorKind.CITIZEN)
    application = sample_application(
        definition,
        definition.cases[0].code,
        agency,
        FilingChannel.PORTAL,
        invent(2, "phường Mường Lay"),
        Random(8),
        on=MONDAY.date(),
    )

    code = dossiers.file_application(application, by=lan, at=MONDAY)

    is_over = bool(definition.acknowledged_by)
    expected = dossiers.Status.RETURNED if is_over else dossiers.Status.SUBMITTED
    assert dossiers.Dossier.objects.get(code=code).status == expected


def test_publishing_again_changes_nothing(cast: Cast) -> None:
    assert cast.seats

    assert catalogue.publish_procedures(by=founder(), at=AT) == 0


def _where(definition: Definition) -> tuple[int, int]:
    """Return who decides on the procedure, and the desk that receives it."""
    tree = organisation.tree()
    here, there = ("H18.101", "H18.101"), (*definition.agency_codes, catalogue.PROVINCE_DESK)
    code, desk = there if definition.agency_codes else here
    agency, unit = tree.agency_by_code(code), tree.unit_by_code(desk)
    assert agency is not None
    assert unit is not None
    return agency.id, unit.id
