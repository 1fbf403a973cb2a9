"""Fees and charges by table: what is due, why, and by which text."""

from .choices import TableState
from .errors import BadFeeTable, NoSuchTable, TableMoved
from .models import FeeTable, FeeTableVersion
from .operations.tables import (
    NO_DRAFT,
    NO_TABLE,
    TableIn,
    drop_draft,
    end_table,
    publish_table,
    save_table,
)
from .queries.due import amount_words, costs_anything, fees_due, is_free
from .queries.tables import (
    Decided,
    TableShown,
    decide,
    draft_of,
    forget_kept,
    get_table,
    get_version,
    name_of_table,
    tables_on,
    versions_of,
)
from .rules.deciding import (
    AMOUNT,
    BASIS,
    REASON,
    FeeDecision,
    decide_fee,
    faults_in,
    model_of,
    wrong_examples,
)

__all__ = [
    "AMOUNT",
    "BASIS",
    "NO_DRAFT",
    "NO_TABLE",
    "REASON",
    "BadFeeTable",
    "Decided",
    "FeeDecision",
    "FeeTable",
    "FeeTableVersion",
    "NoSuchTable",
    "TableIn",
    "TableMoved",
    "TableShown",
    "TableState",
    "amount_words",
    "costs_anything",
    "decide",
    "decide_fee",
    "draft_of",
    "drop_draft",
    "end_table",
    "faults_in",
    "fees_due",
    "forget_kept",
    "get_table",
    "get_version",
    "is_free",
    "model_of",
    "name_of_table",
    "publish_table",
    "save_table",
    "tables_on",
    "versions_of",
    "wrong_examples",
]
