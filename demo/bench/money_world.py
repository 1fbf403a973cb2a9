"""One agency that takes money, and what is done there, for the bench of money."""

from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

from motcua.casework.contracts import api as contracts
from motcua.casework.fees import api as fees
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, LineIn, LineKind, OrderIn, Payer
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day
from motcua.lib.decisions import Input, Kind, Model, Output, Rule, Table

BY = Actor(
    id=0,
    name="Người đo",
    kind=ActorKind.SYSTEM,
    province_powers=frozenset(
        {
            Power.CONFIGURE_PAYMENTS,
            Power.MANAGE_CONTRACTS,
            Power.EDIT_ORGANISATION,
            Power.EDIT_PROCEDURES,
            Power.PUBLISH_PROCEDURES,
        }
    ),
)
_PAYER = Payer("Người nộp")
World = dict[str, Any]


def make_world(at: datetime, *, account: str, agency: str) -> World:
    """Make an agency with a desk, its account, and a contract with the gateway."""
    for room in (audit, outbox):
        room.prepare_months(local_day(at))
    term = organisation.Term(local_day(at) - timedelta(days=100))
    made = _agency(agency, term, at)
    given = payments.BeneficiaryIn(
        agency_id=made["agency"],
        bank_bin="970405",
        bank_name="Ngân hàng",
        number=account,
        name="UBND",
        valid_from=term.valid_from,
    )
    payments.save_beneficiary(given, by=BY, at=at)
    partner = contracts.PartnerIn("vnpay", "Cổng", contracts.PartnerKind.GATEWAY, "0100000000")
    contracts.save_partner(partner, by=BY, at=at)
    contract = contracts.ContractIn(
        partner_code="vnpay",
        number="01",
        signed_on=term.valid_from,
        valid_from=term.valid_from,
        our_side="UBND",
        channels=(contracts.PaidBy.VNPAY,),
        accounts=(contracts.AccountIn("Kho bạc", account, "UBND"),),
    )
    contracts.sign_contract(contract, by=BY, at=at)
    return made


def _agency(code: str, term: organisation.Term, at: datetime) -> World:
    facts = organisation.AgencyFacts(
        code, "UBND xã", organisation.AgencyKind.DEPARTMENT, organisation.Level.PROVINCE
    )
    root = organisation.UnitFacts(f"{code}.LD", "Lãnh đạo", organisation.UnitKind.LEADERSHIP)
    agency = organisation.add_agency(facts, term, by=BY, at=at, root=root)
    kind = organisation.UnitKind.ONE_STOP_DESK
    desk = organisation.UnitFacts(f"{code}.MC", "Trung tâm Phục vụ hành chính công", kind)
    unit = organisation.add_unit(agency.pk, desk, term, by=BY, at=at)
    organisation.forget_tree()
    return {"agency": agency.pk, "unit": unit.pk}


def open_with_qr(world: World, number: int, at: datetime) -> payments.Begun:
    """Open an order and return its QR payload."""
    order = _order(world, f"bench-qr:{number}", at)
    return payments.begin_attempt(order.code, Channel.TRANSFER, by=BY, at=at)


def page_to_pay(world: World, number: int, at: datetime) -> str:
    """Open an order and return the gateway's page for it."""
    order = _order(world, f"bench-page:{number}", at)
    begun = payments.begin_attempt(
        order.code, Channel.VNPAY, by=BY, at=at, return_url="https://motcua.example/tro-ve/"
    )
    return begun.url


def _order(world: World, subject: str, at: datetime) -> payments.Order:
    lines = (
        LineIn("phi", "Phí thẩm định", LineKind.FEE, 1, 15_000),
        LineIn("le-phi", "Lệ phí", LineKind.CHARGE, 1, 10_000),
    )
    asked = OrderIn(subject, world["agency"], world["unit"], _PAYER, lines)
    return payments.open_order(asked, by=BY, at=at)


_CASES = ("cap-moi", "cap-lai", "gia-han", "thay-doi")
_QUANTITIES, _TRUTHS = ("[0..10]", "> 10"), ("true", "false")
_CHANNELS = ("online", "counter")
_CHANNELS_AS_CELLS = tuple(f'"{one}"' for one in _CHANNELS)
_DAYS = ('< date("2026-07-01")', '>= date("2026-07-01")')


def publish_big_table(at: datetime) -> str:
    """Publish a table of 64 rows by five columns, each of which matters; return its code."""
    cells = product((f'"{one}"' for one in _CASES), _QUANTITIES, _CHANNELS_AS_CELLS, _TRUTHS, _DAYS)
    rows = tuple(
        Rule(row, (f"{10_000 + 500 * number}", f'"Mức {number}"'), ("Điều 5",))
        for number, row in enumerate(cells, 1)
    )
    asked = (
        Input("case", Kind.TEXT, allowed=", ".join(f'"{one}"' for one in _CASES)),
        Input("quantity", Kind.WHOLE, allowed=">= 0"),
        Input("channel", Kind.TEXT, allowed=", ".join(_CHANNELS_AS_CELLS)),
        Input("is_digital_citizen", Kind.TRUTH),
        Input("on", Kind.DAY),
    )
    answers = (Output("amount_vnd", Kind.WHOLE), Output("reason", Kind.TEXT))
    table = Table("t", "Mức thu", asked, answers, rows, annotations=("Căn cứ",))
    first = fee_facts()[0]
    given = fees.TableIn(
        code="bench-64",
        name="Bảng để đo",
        model=Model("m", "Mức thu", (table,)),
        valid_from=date(2026, 1, 1),
        basis="01/2026/NQ-HĐND",
        basis_on=date(2026, 1, 1),
        basis_issuer="HĐND tỉnh",
        examples=({"name": "một", "facts": {**first, "on": "2026-07-06"}, "amount_vnd": 11_000},),
    )
    draft = fees.save_table(given, by=BY, at=at)
    fees.publish_table(draft.pk, draft.digest, by=BY, at=at)
    return "bench-64"


def fee_facts() -> list[dict[str, Any]]:
    """Return what is known of different dossiers."""
    return [
        {"case": case, "quantity": quantity, "channel": channel, "is_digital_citizen": truth}
        for case, quantity, channel, truth in product(_CASES, (1, 5, 11), _CHANNELS, (True, False))
    ]
