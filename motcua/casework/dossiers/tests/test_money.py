"""The money of dossiers: asked by orders, going on when it came, settled when they end."""

import importlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from motcua.casework.cashbook import api as cashbook
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import Status, SubState
from motcua.casework.dossiers.models import IssuedPaper
from motcua.casework.dossiers.operations.charging import take_order_paid
from motcua.casework.payments import api as payments
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    LAN,
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_application,
    make_commune,
    make_filed,
    make_received,
)
from .test_supplements import closing

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEES = [dossiers.FeeIn("le-phi", "Lệ phí xác nhận", "charge", 30_000, rule="Bảng 1")]
PAPER = [dossiers.FeeIn("le-phi", "Lệ phí", "charge", 30_000, receipt_number="BL-7")]
KEPT = ("amount_vnd: 15000,", "amount_vnd: 15000, refundable: false,")


def with_drawer(commune: Commune) -> Actor:
    """Return Bình with an open drawer at the desk."""
    held = frozenset({commune.desk_id})
    powers = {**commune.binh.powers, Power.TAKE_CASH: held, Power.ASK_REFUNDS: held}
    binh = Actor(
        id=commune.binh.id,
        name=commune.binh.name,
        agency_id=commune.agency_id,
        unit_ids=commune.binh.unit_ids,
        powers=powers,
    )
    cashbook.open_drawer(cashbook.DrawerIn(commune.desk_id, 0), by=binh, at=MONDAY)
    return binh


def order_of(code: str) -> payments.Order:
    return payments.orders_of(dossiers.subject_of(code))[0]


def transfer(order: payments.Order, amount_vnd: int = 30_000) -> payments.PaymentIn:
    ref = f"FT-{order.code}"
    return payments.PaymentIn(payments.Channel.TRANSFER, amount_vnd, ref, MONDAY + HOUR)


def test_asking_opens_an_order_and_cash_lets_the_dossier_go_on() -> None:
    commune = make_all()
    binh, code = with_drawer(commune), make_received(commune)
    dossiers.ask_payment(code, FEES, by=binh, at=MONDAY)
    asked = (get_dossier(code).status, order_of(code).state, order_of(code).amount_vnd)

    dossiers.take_cash(code, by=binh, at=MONDAY + DAY)

    assert asked == (Status.AWAITING_PAYMENT, "open", 30_000)
    assert (get_dossier(code).status, order_of(code).state) == (Status.PROCESSING, "paid")
    assert get_dossier(code).due_at == closing(6)
    [taken] = dossiers.whole(get_dossier(code)).fees
    assert (taken.amount_vnd, taken.rule, taken.order_code) == (
        30_000,
        "Bảng 1",
        order_of(code).code,
    )


def test_money_by_another_way_moves_the_dossier_by_the_fact() -> None:
    commune = make_all()
    code = make_filed(commune)
    dossiers.ask_payment(code, FEES, by=commune.binh, at=MONDAY)
    order = order_of(code)
    payments.take_payment(order.code, transfer(order), by=LAN, at=MONDAY + HOUR)
    before = get_dossier(code).sub_state

    for _ in range(2):
        take_order_paid(code, order.code, at=MONDAY + HOUR)

    dossiers.receive_dossier(code, by=commune.binh, at=MONDAY + DAY)
    moves = [one.act for one in dossiers.whole(get_dossier(code)).moves]
    assert (before, moves.count("record_payment"), get_dossier(code).status) == (
        "",
        1,
        Status.RECEIVED,
    )


def test_a_paper_receipt_takes_the_place_of_the_order() -> None:
    commune = make_all()
    code = make_filed(commune)
    dossiers.ask_payment(code, FEES, by=commune.binh, at=MONDAY)

    dossiers.record_payment(code, PAPER, by=commune.binh, at=MONDAY + HOUR)

    states = [(o.state, o.is_typed) for o in payments.orders_of(dossiers.subject_of(code))]
    assert (sorted(states), get_dossier(code).sub_state) == (
        [("cancelled", False), ("paid", True)],
        SubState.PAID,
    )


def test_several_dossiers_of_one_person_are_one_order() -> None:
    commune = make_all()
    binh = with_drawer(commune)
    codes = [make_filed(commune), make_received(commune)]
    order = dossiers.ask_together([(code, FEES) for code in codes], by=binh, at=MONDAY)

    dossiers.take_cash(codes[0], by=binh, at=MONDAY + HOUR)

    found = [get_dossier(code) for code in codes]
    assert (order.amount_vnd, len(payments.lines_of(order))) == (60_000, 2)
    assert [(one.status, one.sub_state) for one in found] == [
        (Status.AWAITING_PAYMENT, SubState.PAID),
        (Status.PROCESSING, ""),
    ]


def test_dossiers_of_two_people_do_not_share_an_order() -> None:
    commune = make_all()
    other = dossiers.SubmitterIn(name="Cà Văn Dũng", account_id=502)
    codes = [make_filed(commune), make_filed(commune, submitter=other)]

    with pytest.raises(BadInput, match="cùng một người nộp"):
        dossiers.ask_together([(code, FEES) for code in codes], by=commune.binh, at=MONDAY)


def test_cash_at_the_reception_of_several_is_one_order() -> None:
    commune = make_all()
    binh = with_drawer(commune)
    applications = [make_application(commune) for _ in range(2)]

    codes = dossiers.receive_several(
        applications, desk_unit_id=commune.desk_id, by=binh, at=MONDAY, fees=[FEES, FEES]
    )

    orders = {order_of(code).code for code in codes}
    assert (len(orders), order_of(codes[0]).paid_vnd) == (1, 60_000)


def test_cash_without_a_drawer_needs_a_paper_receipt() -> None:
    commune = make_all()
    code = make_filed(commune)

    with pytest.raises(BadInput, match="mở ca thu để thu tiền mặt, hoặc ghi số biên lai giấy"):
        dossiers.receive_dossier(code, by=commune.binh, at=MONDAY, fees=FEES)


def test_an_order_is_taken_once() -> None:
    commune = make_all()
    binh, code = with_drawer(commune), make_filed(commune)
    dossiers.ask_payment(code, FEES, by=binh, at=MONDAY)
    dossiers.take_cash(code, by=binh, at=MONDAY)

    with pytest.raises(dossiers.DossierError, match="không có đơn nộp tiền"):
        dossiers.take_cash(code, by=binh, at=MONDAY)
    with pytest.raises(dossiers.DossierError, match="đã nộp đủ tiền"):
        dossiers.record_payment(code, PAPER, by=binh, at=MONDAY)


def test_what_is_taken_is_what_is_still_to_be_paid() -> None:
    commune = make_all()
    binh, code = with_drawer(commune), make_filed(commune)
    dossiers.ask_payment(code, FEES, by=binh, at=MONDAY)
    order = order_of(code)
    payments.take_payment(order.code, transfer(order, 20_000), by=LAN, at=MONDAY + HOUR)

    taken = dossiers.take_cash(code, by=binh, at=MONDAY + DAY)

    assert (taken.amount_vnd, order_of(code).state) == (10_000, "paid")


def test_a_paper_receipt_for_one_dossier_leaves_an_order_to_the_others() -> None:
    commune = make_all()
    binh = with_drawer(commune)
    codes = sorted([make_filed(commune), make_filed(commune)])
    dossiers.ask_together([(code, FEES) for code in codes], by=binh, at=MONDAY)

    dossiers.record_payment(codes[0], PAPER, by=binh, at=MONDAY + HOUR)

    again = order_of(codes[1])
    [line] = payments.lines_of(again)
    assert (again.state, again.amount_vnd, again.subject) == ("open", 30_000, line.subject)
    assert (line.subject, line.rule) == (dossiers.subject_of(codes[1]), "Bảng 1")
    dossiers.take_cash(codes[1], by=binh, at=MONDAY + DAY)
    assert [get_dossier(code).sub_state for code in codes] == [SubState.PAID] * 2


def test_what_is_withdrawn_cancels_what_waits() -> None:
    commune = make_all()
    code = make_filed(commune)
    dossiers.ask_payment(code, FEES, by=commune.binh, at=MONDAY)

    dossiers.withdraw(code, by=LAN, at=MONDAY + HOUR)

    assert order_of(code).state == "cancelled"


@pytest.mark.parametrize(
    ("text_change", "proposed", "told"),
    [
        (("", ""), [30_000], "Đã lập đề nghị hoàn trả 30.000 đồng."),
        (KEPT, [], "không hoàn lại theo quy định của thủ tục."),
    ],
)
def test_what_was_paid_goes_back_or_not_by_the_rule(
    text_change: tuple[str, str], proposed: list[int], told: str
) -> None:
    commune = make_all(text_change=text_change)
    binh = with_drawer(commune)
    code = make_filed(commune)
    dossiers.receive_dossier(code, by=binh, at=MONDAY, fees=FEES)

    dossiers.withdraw(code, by=LAN, at=MONDAY + HOUR)

    refunds = payments.whole_order(order_of(code)).refunds
    paper = IssuedPaper.objects.get(dossier__code=code, form=dossiers.IssuedForm.STOP)
    assert [one.amount_vnd for one in refunds] == proposed
    assert str(paper.data["fees"]).endswith(told)


DUE = dossiers.DueIn("Thuế cơ sở 5", "TB-12", date(2026, 3, 1), "Tiền sử dụng đất", 900_000)


def test_dues_of_the_tax_authority_stop_the_clock_until_there_is_evidence() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.record_due(code, DUE, by=commune.mai, at=MONDAY)
    asked = get_dossier(code).status
    [due] = payments.obligations_of(dossiers.subject_of(code))

    seen = payments.EvidenceIn("GNT 7", date(2026, 3, 3), "Kho bạc")
    dossiers.record_due_paid(code, due.code, seen, by=commune.mai, at=MONDAY + DAY)

    now = get_dossier(code)
    assert (asked, now.status, now.due_at) == (
        Status.AWAITING_PAYMENT,
        Status.PROCESSING,
        closing(6),
    )
    assert payments.orders_of(dossiers.subject_of(code)) == []


def test_all_dues_are_met_before_the_dossier_goes_on() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.record_due(code, DUE, by=commune.mai, at=MONDAY)
    second = dossiers.DueIn("Thuế cơ sở 5", "TB-13", date(2026, 3, 1), "Lệ phí trước bạ", 9_000)
    dossiers.record_due(code, second, by=commune.mai, at=MONDAY)
    dues = payments.obligations_of(dossiers.subject_of(code))
    whole = dossiers.whole(get_dossier(code))
    asked = [one.detail["notice"] for one in whole.moves if one.act == "ask_payment"]
    assert (asked, whole.amounts_asked) == (["TB-12", "TB-13"], ())

    dossiers.record_payment(code, PAPER, by=commune.mai, at=MONDAY)
    states = [get_dossier(code).status]
    for due in dues:
        seen = payments.EvidenceIn(f"GNT {due.pk}", date(2026, 3, 2))
        dossiers.record_due_paid(code, due.code, seen, by=commune.mai, at=MONDAY)
        states.append(get_dossier(code).status)

    assert states == [Status.AWAITING_PAYMENT] * 2 + [Status.PROCESSING]


def test_people_of_another_commune_take_no_money() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)
    dossiers.ask_payment(code, FEES, by=commune.binh, at=MONDAY)

    with pytest.raises(NotAllowed):
        dossiers.take_cash(code, by=other.binh, at=MONDAY)
    with pytest.raises(NotAllowed):
        dossiers.record_due(code, DUE, by=other.mai, at=MONDAY)


@pytest.fixture
def _typed_table() -> None:
    """Lay out the table in which amounts were typed before there were orders."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE dossiers_feetaken (dossier_id bigint, seq bigint, line_code text,"
            " name text, kind text, amount_vnd bigint, reason text, receipt_number text,"
            " taken_at timestamptz, taken_by_name text) ON COMMIT DROP"
        )


@pytest.mark.usefixtures("_typed_table")
def test_what_was_typed_in_becomes_orders_to_the_last_dong() -> None:
    commune = make_all()
    codes = [make_filed(commune), make_filed(commune)]
    keys = [get_dossier(code).pk for code in codes]
    at, later = MONDAY, MONDAY + DAY
    rows = [
        (keys[0], 1000, "a", "Phí", "fee", 20_000, "", "BL-1", at, "Bình"),
        (keys[0], 1001, "b", "Lệ phí", "charge", 15_000, "Giảm", "BL-2", at, "Bình"),
        (keys[0], 2000, "c", "Bản sao", "charge", 8_000, "", "BL-3", later, "Oanh"),
        (keys[1], 1000, "a", "Phí", "fee", 0, "Miễn hộ nghèo", "", at, "Bình"),
    ]
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * 10)
        cursor.executemany(f"INSERT INTO dossiers_feetaken VALUES ({marks})", rows)  # noqa: S608 -- our own table
    migration = importlib.import_module(
        "motcua.casework.dossiers.migrations.0024_fees_taken_become_orders"
    )

    for _ in range(2):
        with connection.schema_editor() as editor:
            migration.copy_fees(None, editor)

    found = payments.taken_for([dossiers.subject_of(code) for code in codes])
    told = [
        [(t.line_code, t.kind, t.amount_vnd, t.reason, t.receipt_number, t.taken_at) for t in one]
        for one in found.values()
    ]
    assert told == [
        [
            ("a", "fee", 20_000, "", "BL-1", at),
            ("b", "charge", 15_000, "Giảm", "BL-2", at),
            ("c", "charge", 8_000, "", "BL-3", later),
        ],
        [("a", "fee", 0, "Miễn hộ nghèo", "", at)],
    ]
    orders = [one for code in codes for one in payments.orders_of(dossiers.subject_of(code))]
    assert (sum(one.paid_vnd for one in orders), len(orders)) == (43_000, 3)
    assert {payments.find_code(one.code) for one in orders} == {one.code for one in orders}


def test_whoever_filed_pays_before_anybody_asks_and_pays_once() -> None:
    commune = make_all()
    binh, code = with_drawer(commune), make_received(commune)
    order = dossiers.pay_ahead(code, by=LAN, at=MONDAY)
    again = dossiers.pay_ahead(code, by=LAN, at=MONDAY + HOUR)
    assert (order.amount_vnd, again.code) == (30_000, order.code)
    assert get_dossier(code).status == Status.RECEIVED

    payments.take_payment(order.code, transfer(order), by=binh, at=MONDAY + HOUR)

    [taken] = dossiers.whole(get_dossier(code)).fees
    assert (taken.line_code, taken.amount_vnd) == ("le-phi", 30_000)
    with pytest.raises(BadInput, match="không còn khoản"):
        dossiers.pay_ahead(code, by=LAN, at=MONDAY + HOUR)


def test_a_stranger_does_not_learn_what_somebody_else_owes() -> None:
    code = make_received(make_all())

    with pytest.raises(dossiers.NoSuchDossier):
        dossiers.pay_ahead(code, by=replace(LAN, id=LAN.id + 1), at=MONDAY)


def test_what_is_taken_at_the_desk_is_not_asked_for_any_more() -> None:
    commune = make_all()
    binh, code = with_drawer(commune), make_filed(commune)
    ahead = dossiers.pay_ahead(code, by=LAN, at=MONDAY)

    dossiers.receive_dossier(code, by=binh, at=MONDAY + HOUR, fees=FEES)

    assert payments.get_order(ahead.code).state == "cancelled"
    [taken] = dossiers.whole(get_dossier(code)).fees
    assert taken.amount_vnd == 30_000
