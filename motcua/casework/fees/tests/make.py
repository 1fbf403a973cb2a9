"""A small fee table for tests: a charge with a relief, and less until the end of the year."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from motcua.casework.fees.models import FeeTableVersion
from motcua.casework.fees.operations.tables import TableIn, publish_table, save_table
from motcua.casework.fees.queries.tables import forget_kept
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.decisions import HitPolicy, Input, Kind, Model, Output, Rule, Table

NOW = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
FIRST_DAY = date(2025, 7, 1)
EDITOR = Actor(
    id=900,
    name="Vũ Thị Quản",
    province_powers=frozenset({Power.EDIT_PROCEDURES, Power.PUBLISH_PROCEDURES}),
)
RULES = (
    Rule(("true",), ("0", '"Hộ nghèo"'), ("Luật Phí và lệ phí, Điều 10",)),
    Rule(("not(true)",), ("15000", "-"), ("Nghị quyết 12/2025/NQ-HĐND",)),
)
EXAMPLES = (
    {"name": "thường", "facts": {}, "amount_vnd": 15000},
    {"name": "hộ nghèo", "facts": {"ho_ngheo": True}, "amount_vnd": 0},
)


def model_with(rules: tuple[Rule, ...] = RULES, **changes: Any) -> Model:
    """Return the model of the table with other rows."""
    outputs = (Output("amount_vnd", Kind.WHOLE), Output("reason", Kind.TEXT))
    asked = (Input("ho_ngheo", Kind.TRUTH, "Hộ nghèo"),)
    table = Table("le-phi", "Lệ phí", asked, outputs, rules, HitPolicy.UNIQUE, **changes)
    return Model("le-phi", "Lệ phí", (table,))


def reckoned(rows: tuple[tuple[str, str, str], ...], asked: str = "so_trang") -> Model:
    """Return a model whose rows reckon by a whole number: test, amount, reason."""
    outputs = (Output("amount_vnd", Kind.WHOLE), Output("reason", Kind.TEXT))
    rules = tuple(Rule((test,), (amount, reason), ("TT 226",)) for test, amount, reason in rows)
    inputs = (Input(asked, Kind.WHOLE, "Số trang"),)
    table = Table("le-phi", "Lệ phí", inputs, outputs, rules, annotations=("Căn cứ",))
    return Model("le-phi", "Lệ phí", (table,))


TABLE = TableIn(
    code="le-phi-xac-nhan",
    name="Lệ phí xác nhận",
    model=model_with(annotations=("Căn cứ",)),
    valid_from=FIRST_DAY,
    basis="Nghị quyết 12/2025/NQ-HĐND",
    basis_on=date(2025, 6, 27),
    basis_issuer="HĐND tỉnh",
    examples=EXAMPLES,
)


def publish(table: TableIn = TABLE, **changes: Any) -> FeeTableVersion:
    """Return the table published."""
    version = save_table(replace(table, **changes), by=EDITOR, at=NOW)
    return publish_table(version.pk, version.digest, by=EDITOR, at=NOW)


@pytest.fixture
def _fresh() -> Iterator[None]:
    """Keep nothing of other tests in memory, and leave nothing."""
    forget_kept()
    yield
    forget_kept()
