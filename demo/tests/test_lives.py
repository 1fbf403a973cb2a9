"""Each procedure walked once by the operations: statuses, steps, promises, to the letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from typing import Any

import pytest

from demo import catalogue
from demo.applicants import invent
from demo.cast import Cast
from demo.lives import Life
from demo.moments import after
from demo.past import fees_taken
from demo.samples import sample_application
from motcua.casework.dossiers import api as dossiers
from motcua.casework.fees import api as fees
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FilingChannel
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import HANOI, local

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)
LAN = Actor(id=701, name="Lò Thị Lan", kind=ActorKind.CITIZEN, is_silent=True)
PLAIN = ("submitted", "received", "processing", "resolved", "returned")
HOUR = 60
ELSEWHERE = {"noi_khac": True, "noi_tung_cu_tru": "Xã Nà Tấu, 2019 đến 2023"}


@dataclass(frozen=True, slots=True)
class Tale:
    """One walk: what is filed, and what must have happened in the end.

    `pace` is the working minutes between two acts; due moments as “dd/mm giờ:phút”.
    """

    procedure: str
    steps: tuple[str, ...]
    first_due: str
    due: str = ""
    case: int = 0
    statuses: tuple[str, ...] = PLAIN
    answers: Mapping[str, Any] = field(default_factory=dict)
    pace: int = HOUR


TALES = {
    "birth: the draft is confirmed the next day, and the promise moves with it": Tale(
        catalogue.BIRTH,
        ("kiem-tra", "xac-nhan", "ky"),
        "02/03 17:00",
        due="03/03 17:00",
        pace=3 * HOUR,
    ),
    "death: the same day": Tale(catalogue.DEATH, ("kiem-tra", "ky"), "02/03 17:00"),
    "marital status: nobody is asked": Tale(
        catalogue.MARITAL_STATUS, ("tham-dinh", "duyet", "ky"), "05/03 17:00"
    ),
    "marital status: the commune lived in before is asked": Tale(
        catalogue.MARITAL_STATUS,
        ("tham-dinh", "hoi-noi-cu", "duyet", "ky"),
        "05/03 17:00",
        answers=ELSEWHERE,
    ),
    "extracts: the same day": Tale(catalogue.EXTRACTS, ("tra-so", "ky"), "02/03 17:00"),
    "household business: the fee is paid before receipt": Tale(
        catalogue.HOUSEHOLD_BUSINESS,
        ("tham-dinh", "ky"),
        "05/03 17:00",
        statuses=("submitted", "awaiting_payment", *PLAIN[1:]),
    ),
    "a house: fifteen days": Tale(
        catalogue.BUILDING_PERMIT, ("tham-dinh", "thuc-dia", "duyet", "ky"), "17/03 17:00"
    ),
    "other works: twenty days end on a Sunday; who looks after the road is asked": Tale(
        catalogue.BUILDING_PERMIT,
        ("tham-dinh", "thuc-dia", "lay-y-kien", "duyet", "ky"),
        "23/03 17:00",
        case=1,
        answers={"hanh_lang": True},
    ),
    "land, registration only: posted for fifteen days": Tale(
        catalogue.FIRST_LAND_TITLE,
        ("kiem-tra", "thuc-dia", "niem-yet", "duyet", "ky"),
        "25/03 17:00",
        due="10/04 17:00",
    ),
    "land with a certificate: posting, tax authority, dues paid": Tale(
        catalogue.FIRST_LAND_TITLE,
        ("kiem-tra", "thuc-dia", "niem-yet", "thue", "nop-tien", "duyet", "ky"),
        "30/03 17:00",
        due="16/04 17:00",
        case=1,
        statuses=(*PLAIN[:3], "awaiting_payment", *PLAIN[2:]),
    ),
    "crops on paddy land": Tale(catalogue.CROP_CHANGE, ("tham-dinh", "ky"), "09/03 17:00"),
    "social allowance: handler, head, leader, then the first payment": Tale(
        catalogue.SOCIAL_ALLOWANCE, ("tham-dinh", "duyet", "ky", "chi-tra"), "16/03 17:00"
    ),
    "land use: the decision, the tax authority, dues paid, then the certificate": Tale(
        catalogue.LAND_USE_CHANGE,
        ("kiem-tra", "duyet", "ky-quyet-dinh", "thue", "nop-tien", "lap-giay", "ky-giay"),
        "17/03 17:00",
        due="19/03 17:00",
        statuses=(*PLAIN[:3], "awaiting_payment", *PLAIN[2:]),
    ),
    "land sold: the tax authority, dues paid": Tale(
        catalogue.LAND_TRANSFER,
        ("kiem-tra", "thue", "nop-tien", "duyet", "ky"),
        "10/03 17:00",
        due="11/03 17:00",
        statuses=(*PLAIN[:3], "awaiting_payment", *PLAIN[2:]),
    ),
    "a marriage across the border": Tale(
        catalogue.BORDER_MARRIAGE, ("tham-tra", "ky"), "05/03 17:00"
    ),
    "a social pension": Tale(catalogue.SOCIAL_PENSION, ("tham-dinh", "duyet", "ky"), "16/03 17:00"),
    "a veterinary's certificate": Tale(catalogue.VETERINARY, ("tham-dinh", "ky"), "09/03 17:00"),
    "badges for vehicles": Tale(catalogue.VEHICLE_BADGE, ("tham-dinh", "ky"), "04/03 17:00"),
}


@pytest.mark.parametrize("name", TALES)
def test_each_procedure_goes_its_way(name: str, cast: Cast) -> None:
    tale = TALES[name]

    whole = dossiers.whole(live(tale, cast).dossier())

    dossier = whole.dossier
    assert statuses_of(whole) == tale.statuses
    assert tuple(step.code for step in whole.steps) == tale.steps
    assert said(dossier.due_originally_at) == tale.first_due
    assert said(dossier.due_at) == (tale.due or tale.first_due)


def live(tale: Tale, cast: Cast) -> Life:
    """Let Lan file on-line, and everybody do their part."""
    life, fees = file(tale, cast)
    desk, at = life.desk(), after(MONDAY, tale.pace)
    if "awaiting_payment" in tale.statuses[:2]:
        dossiers.ask_payment(life.code, fees, by=desk, at=MONDAY)
        dossiers.record_payment(life.code, fees, by=desk, at=at)
    dossiers.receive_dossier(life.code, by=desk, at=at)
    while done := life.go_on(at=after(at, tale.pace)):
        at = done
    life.hand_out(at=after(at, tale.pace))
    return life


def file(tale: Tale, cast: Cast) -> tuple[Life, list[dossiers.FeeIn]]:
    found = procedures.find_in_force(tale.procedure, MONDAY.date())
    assert found is not None
    tree, definition = organisation.tree(), found.definition
    here, there = ("H18.101", "H18.101"), (*definition.agency_codes, catalogue.PROVINCE_DESK)
    codes = there if definition.agency_codes else here
    agency, desk = tree.agency_by_code(codes[0]), tree.unit_by_code(codes[1])
    assert agency is not None
    assert desk is not None
    application = sample_application(
        definition,
        definition.cases[tale.case].code,
        agency.id,
        FilingChannel.PORTAL,
        replace(invent(3, "phường Điện Biên Phủ"), account_id=LAN.id),
        Random(5),
        on=MONDAY.date(),
    )
    application = replace(
        application,
        receiving_unit_id=desk.id,
        answers={**application.answers, **tale.answers},
    )
    code = dossiers.file_application(application, by=LAN, at=MONDAY)
    return Life(code, cast), fees_taken(definition, application, MONDAY)


def statuses_of(whole: dossiers.WholeDossier) -> tuple[str, ...]:
    """Return the statuses one after the other, each once while it lasts."""
    return tuple(status for status, _ in groupby(move.status for move in whole.moves))


def said(at: datetime | None) -> str:
    return f"{local(at):%d/%m %H:%M}" if at else ""


def test_a_death_told_after_fifteen_days_costs_eight_thousand_unless_exempt() -> None:
    text = next(t for t in catalogue.texts() if f'code: "{catalogue.DEATH}"' in t)
    definition = procedures.parse_text(text)

    def due(days: int, **more: Any) -> list[int]:
        day = MONDAY.date()
        facts = {"ngay_mat": (day - timedelta(days=days)).isoformat(), "filed_on": day, **more}
        found = fees.fees_due(definition, "thuong", FilingChannel.COUNTER, facts)
        return [one.amount_vnd for one in found]

    assert (due(15), due(16), due(16, dien_mien=True)) == ([], [8000], [0])


def test_a_birth_told_after_sixty_days_is_flagged_and_free(cast: Cast) -> None:
    born = (MONDAY.date() - timedelta(days=61)).isoformat()

    life, fees = file(Tale(catalogue.BIRTH, (), "", answers={"ngay_sinh": born}), cast)

    whole = dossiers.whole(life.dossier())
    assert (len(whole.flags), [fee.amount_vnd for fee in fees if fee.line_code != "ban-sao"]) == (
        1,
        [],
    )


def test_the_family_files_for_a_child_without_a_number(cast: Cast) -> None:
    life, _ = file(Tale(catalogue.BIRTH, (), ""), cast)

    dossier = life.dossier()
    subject = dossiers.whole(dossier).parties[-1]
    assert (dossier.subject_name, subject.number_hint) == (subject.full_name, "")
    assert dossier.authority in {dossiers.Authority.GUARDIAN, dossiers.Authority.EXEMPT_RELATIVE}


def test_nobody_answers_about_a_draft_and_it_is_signed_all_the_same(cast: Cast) -> None:
    life, _ = file(Tale(catalogue.BIRTH, (), ""), cast)
    dossiers.receive_dossier(life.code, by=life.desk(), at=MONDAY)
    life.go_on(at=MONDAY)

    dossiers.close_silent(at=MONDAY + timedelta(days=2))

    steps = dossiers.whole(life.dossier()).steps
    assert [(s.code, s.result) for s in steps] == [
        ("kiem-tra", "done"),
        ("xac-nhan", "silent"),
        ("ky", ""),
    ]


def test_certified_copies_cost_by_page_and_stand_in_the_book(cast: Cast) -> None:
    desk = organisation.tree().unit_by_code("H18.101")
    assert desk is not None
    binh = cast.in_unit(desk.id, PostRole.DESK_OFFICER)
    lines = [dossiers.CertLine("Học bạ", 5, 2), dossiers.CertLine("Luận án", 300, 1)]

    code = dossiers.certify_copies(
        lines, "Lò Thị Lan", desk_unit_id=desk.id, by=binh, at=MONDAY, receipt_number="MH-1"
    )

    whole = dossiers.whole(dossiers.Dossier.objects.get(code=code))
    rows = dossiers.certified_lines(whole.dossier)
    assert [row.amount_vnd for row in rows] == [14_000, 200_000]
    assert rows[1].book_number == rows[0].book_number + 1
    assert ([paper.file_id for paper in whole.papers], list(whole.issued)) == ([], [])


def test_the_marital_certificate_holds_for_six_months(cast: Cast) -> None:
    life = live(TALES["marital status: nobody is asked"], cast)

    outcome = dossiers.whole(life.dossier()).outcomes[0]

    assert f"{outcome.valid_until:%d/%m/%Y}" == "02/09/2026"


def test_a_household_business_bears_its_tax_code(cast: Cast) -> None:
    name = "household business: the fee is paid before receipt"

    outcome = dossiers.whole(live(TALES[name], cast).dossier()).outcomes[0]

    assert outcome.entries == {"ma_so_thue": "5600123456"}


def test_each_vehicle_gets_a_badge_with_a_number(cast: Cast) -> None:
    whole = dossiers.whole(live(TALES["badges for vehicles"], cast).dossier())

    serials = dossiers.read_serials(whole.outcomes[0].serial)
    assert len(serials) == len(whole.answers["xe"])  # type: ignore[arg-type]  # -- a list of vehicles


def test_the_old_papers_are_taken_in_for_the_new_certificate(cast: Cast) -> None:
    name = "land with a certificate: posting, tax authority, dues paid"

    whole = dossiers.whole(live(TALES[name], cast).dossier())

    kept = [(p.spec_code, p.state) for p in whole.papers if p.state == "withdrawn"]
    assert kept == [("giay-to-goc", "withdrawn")]


@pytest.mark.parametrize(
    ("channel", "answer_by"),
    [(FilingChannel.POST, "05/03 17:00"), (FilingChannel.COUNTER, "")],
    ids=str,
)
def test_each_channel_has_its_own_time_to_be_looked_at(
    channel: FilingChannel, answer_by: str, cast: Cast
) -> None:
    tree = organisation.tree()
    agency, desk = tree.agency_by_code("H18.101"), tree.unit_by_code("H18.101")
    found = procedures.find_in_force(catalogue.CROP_CHANGE, MONDAY.date())
    assert agency is not None
    assert desk is not None
    assert found is not None
    application = sample_application(
        found.definition, "thuong", agency.id, channel, invent(4, "x"), Random(1), on=MONDAY.date()
    )
    binh = cast.in_unit(desk.id, PostRole.DESK_OFFICER)

    code = dossiers.note_at_desk(application, desk_unit_id=desk.id, by=binh, at=MONDAY)

    assert said(Life(code, cast).dossier().check_due_at) == answer_by
