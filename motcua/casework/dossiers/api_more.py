"""The second half of the door, told by `api.py`: what goes beyond one handling of one dossier."""

from .choices import ExportState, PromptKind
from .models import ListExport, Prompt, ShiftRun
from .operations.assigning import assignment_rules_for
from .operations.bulk import Complaint, SheetWrong, file_bulk, take_sheet, takes_sheet
from .operations.exporting import ask_export, note_export, sweep_exports, write_exports
from .operations.importing import (
    ActedOn,
    bring,
    bring_again,
    check_brought,
    reach_numbers,
    take_back,
)
from .operations.leaving import dismiss_member
from .operations.prompting import begin_renewal, refuse_prompts, remind
from .operations.rebasing import retry_rebasing
from .operations.registers import close_register
from .operations.returning import hand_out_decided
from .operations.reusing import reuse_in_draft
from .operations.rights import is_applicant, may_take_back
from .operations.shifting import (
    amend_calendar_change,
    draft_calendar_change,
    follow_calendar,
    measure_change,
    retry_shifts,
    why_of,
)
from .operations.signing_books import submit_book
from .operations.transferring import send_slip
from .operations.views import drop_view, save_view
from .queries.applicants import whole_for
from .queries.at_hand import AtHand, at_hand
from .queries.bulk import bulk_beside, bulk_for, columns_for, filed_in_bulk, words_of_row
from .queries.exporting import (
    EXPORT_MOMENTS,
    export_for,
    exports_for,
    is_more_than,
    list_rows,
    parts_of,
)
from .queries.handing_over import (
    hand_over_due,
    hand_over_for,
    hand_over_items,
    hand_over_pdf,
    hand_overs_for,
    to_hand_over,
)
from .queries.money import still_charged
from .queries.one import outcomes_to_come, versions_of
from .queries.parts_ready import part_to_hand_out
from .queries.prompts import is_renewable, outcome_of, prompts_for, refused_by
from .queries.rebasing import failures_in
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
from .queries.shifted import FAILED as SHIFT_FAILED
from .queries.shifted import (
    ShiftFigures,
    ShiftRow,
    every_shifted,
    shift_run,
    shifted_dossiers,
    shifts_by_agency,
    shifts_by_procedure,
    shifts_failed,
)
from .queries.signed_books import BookSigning, signing_of_book
from .queries.simulating import try_budgets
from .queries.to_book import outcomes_to_book
from .queries.views import views_for
from .rules.applicants import INTERNAL_ACTS, SPOKEN_ACTS
from .rules.application import too_old
from .rules.bulk import MOST_ROWS
from .rules.bulk import Column as BulkColumn
from .rules.importing import OLD_CODE, OLD_PAPER, Kept, Moments, OutcomeIn

__all__ = [
    "EXPORT_MOMENTS",
    "INTERNAL_ACTS",
    "MOST_ROWS",
    "OLD_CODE",
    "OLD_PAPER",
    "SHIFT_FAILED",
    "SPOKEN_ACTS",
    "ActedOn",
    "AtHand",
    "BookSigning",
    "BulkColumn",
    "Complaint",
    "ExportState",
    "Kept",
    "ListExport",
    "Moments",
    "OutcomeIn",
    "Prompt",
    "PromptKind",
    "SheetWrong",
    "ShiftFigures",
    "ShiftRow",
    "ShiftRun",
    "amend_calendar_change",
    "ask_export",
    "assignment_rules_for",
    "at_hand",
    "begin_renewal",
    "bring",
    "bring_again",
    "bulk_beside",
    "bulk_for",
    "check_brought",
    "check_reader",
    "close_register",
    "columns_for",
    "dismiss_member",
    "draft_calendar_change",
    "drop_view",
    "every_shifted",
    "export_for",
    "exports_for",
    "failures_in",
    "file_bulk",
    "filed_in_bulk",
    "follow_calendar",
    "hand_out_decided",
    "hand_over_due",
    "hand_over_for",
    "hand_over_items",
    "hand_over_pdf",
    "hand_overs_for",
    "is_applicant",
    "is_more_than",
    "is_renewable",
    "list_rows",
    "may_take_back",
    "measure_change",
    "note_export",
    "outcome_of",
    "outcomes_to_book",
    "outcomes_to_come",
    "part_to_hand_out",
    "parts_of",
    "prompts_for",
    "reach_numbers",
    "received_list_pdf",
    "received_together",
    "refuse_prompts",
    "refused_by",
    "register_pdf",
    "register_rows",
    "remind",
    "report_of",
    "report_pdf",
    "retry_rebasing",
    "retry_shifts",
    "reuse_in_draft",
    "save_view",
    "send_slip",
    "shift_run",
    "shifted_dossiers",
    "shifts_by_agency",
    "shifts_by_procedure",
    "shifts_failed",
    "signing_of_book",
    "still_charged",
    "submit_book",
    "sweep_exports",
    "take_back",
    "take_sheet",
    "takes_sheet",
    "to_hand_over",
    "too_old",
    "try_budgets",
    "units_to_report",
    "usual_procedures",
    "versions_of",
    "views_for",
    "whole_for",
    "why_of",
    "with_slips",
    "words_of_row",
    "write_exports",
]
