"""Reconciliation: statements against the books, differences settled, a nightly proof."""

from .choices import LineState, MismatchKind, MismatchState, Way, ways_for
from .errors import (
    BadNotice,
    BadStatement,
    CannotSettle,
    NoSuchDifference,
    NoSuchStatement,
    SettledMeanwhile,
)
from .models import Mismatch, Statement, StatementLine
from .operations.recording import Recorded, record_waiting, take_bank_notice
from .operations.settling import (
    SettleIn,
    approve_write_off,
    refuse_write_off,
    settle_mismatch,
)
from .operations.taking import CHANNELS, StatementIn, take_partner_report, take_statement
from .permissions import agencies_reconciled, agencies_seen, can_approve
from .queries.checking import Fault, nightly_check
from .queries.results import (
    PAGE,
    Candidate,
    MismatchFilter,
    Result,
    candidates_for,
    differences_of_report,
    get_mismatch_for,
    get_report_of_partner,
    get_statement_for,
    mismatches_for,
    open_count_for,
    reports_of_partner,
    result_of,
    statements_for,
)
from .rules.lines import FileKind, LineIn, Trouble
from .rules.reading import Reading, read_statement

__all__ = [
    "CHANNELS",
    "PAGE",
    "BadNotice",
    "BadStatement",
    "Candidate",
    "CannotSettle",
    "Fault",
    "FileKind",
    "LineIn",
    "LineState",
    "Mismatch",
    "MismatchFilter",
    "MismatchKind",
    "MismatchState",
    "NoSuchDifference",
    "NoSuchStatement",
    "Reading",
    "Recorded",
    "Result",
    "SettleIn",
    "SettledMeanwhile",
    "Statement",
    "StatementIn",
    "StatementLine",
    "Trouble",
    "Way",
    "agencies_reconciled",
    "agencies_seen",
    "approve_write_off",
    "can_approve",
    "candidates_for",
    "differences_of_report",
    "get_mismatch_for",
    "get_report_of_partner",
    "get_statement_for",
    "mismatches_for",
    "nightly_check",
    "open_count_for",
    "read_statement",
    "record_waiting",
    "refuse_write_off",
    "reports_of_partner",
    "result_of",
    "settle_mismatch",
    "statements_for",
    "take_bank_notice",
    "take_partner_report",
    "take_statement",
    "ways_for",
]
