"""What certifying a copy costs: by the table that the procedure names, else by its tiers of pages.

Source: docs/law/fees.md
"""

from dataclasses import dataclass
from datetime import date

from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.rules.certification import CertLine, fee_of_copy, page_tiers
from motcua.casework.fees import api as fees
from motcua.casework.procedures.api import Definition
from motcua.lib.errors import Anticipated

PAGES = "so_trang"


@dataclass(frozen=True, slots=True)
class CertFee:
    """What all copies of one paper cost, why, and which row of which table said so."""

    amount_vnd: int
    reason: str = ""
    rule: str = ""


def fee_of_certifying(definition: Definition, line: CertLine, *, on: date) -> CertFee:
    """Return what the copies of one paper cost on that day.

    The table is asked for one copy of so many pages (`so_trang`); copies are multiplied.
    Raises: DossierError where no amount is known: nothing is certified for free by mistake.
    """
    named = next((one for one in definition.fees if one.table), None)
    if named is None:
        return CertFee(_by_tiers(definition, line))
    try:
        decided = fees.decide(named.table, {PAGES: line.pages}, on=on)
    except Anticipated as error:
        raise DossierError(str(error)) from error
    decision = decided.decision
    return CertFee(decision.amount_vnd * line.copies, decision.words, decided.rule_words)


def _by_tiers(definition: Definition, line: CertLine) -> int:
    tiers = page_tiers(definition.fees)
    if not tiers:
        message = "Thủ tục chứng thực bản sao chưa có mức phí theo trang."
        raise DossierError(message)
    return fee_of_copy(tiers, line.pages) * line.copies
