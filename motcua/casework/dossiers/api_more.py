"""The second half of the door, told by `api.py`: what goes beyond one handling of one dossier."""

from .operations.bulk import Complaint, SheetWrong, file_bulk, take_sheet, takes_sheet
from .operations.importing import (
    ActedOn,
    bring,
    bring_again,
    check_brought,
    reach_numbers,
    take_back,
)
from .operations.registers import close_register
from .operations.returning import hand_out_decided
from .operations.signing_books import submit_book
from .operations.transferring import send_slip
from .operations.views import drop_view, save_view
from .queries.bulk import bulk_beside, bulk_for, columns_for, filed_in_bulk, words_of_row
from .queries.handing_over import (
    hand_over_due,
    hand_over_for,
    hand_over_items,
    hand_over_pdf,
    hand_overs_for,
    to_hand_over,
)
from .queries.one import outcomes_to_come, versions_of
from .queries.parts_ready import part_to_hand_out
from .queries.received import (
    received_list_pdf,
    received_together,
    usual_procedures,
    with_slips,
)
from .queries.registers import (
    check_reader,
    register_pdf,
    register_rows,
    report_of,
    report_pdf,
    units_to_report,
)
from .queries.signed_books import BookSigning, signing_of_book
from .queries.simulating import try_budgets
from .queries.views import views_for
from .rules.bulk import MOST_ROWS
from .rules.bulk import Column as BulkColumn
from .rules.importing import OLD_CODE, OLD_PAPER, Kept, Moments, OutcomeIn

__all__ = [
    "MOST_ROWS",
    "OLD_CODE",
    "OLD_PAPER",
    "ActedOn",
    "BookSigning",
    "BulkColumn",
    "Complaint",
    "Kept",
    "Moments",
    "OutcomeIn",
    "SheetWrong",
    "bring",
    "bring_again",
    "bulk_beside",
    "bulk_for",
    "check_brought",
    "check_reader",
    "close_register",
    "columns_for",
    "drop_view",
    "file_bulk",
    "filed_in_bulk",
    "hand_out_decided",
    "hand_over_due",
    "hand_over_for",
    "hand_over_items",
    "hand_over_pdf",
    "hand_overs_for",
    "outcomes_to_come",
    "part_to_hand_out",
    "reach_numbers",
    "received_list_pdf",
    "received_together",
    "register_pdf",
    "register_rows",
    "report_of",
    "report_pdf",
    "save_view",
    "send_slip",
    "signing_of_book",
    "submit_book",
    "take_back",
    "take_sheet",
    "takes_sheet",
    "to_hand_over",
    "try_budgets",
    "units_to_report",
    "usual_procedures",
    "versions_of",
    "views_for",
    "with_slips",
    "words_of_row",
]
