"""Dossiers: file, receive, handle, decide, return; lists and one dossier whole."""

from . import api_more
from .api_more import *  # noqa: F403 -- the second half of this door
from .choices import (
    AT_DESK,
    Act,
    ApplicantKind,
    AssignmentWay,
    Authority,
    BookKind,
    CopyKind,
    IssuedForm,
    OutcomeKind,
    PaperState,
    PartyRole,
    RebasedState,
    RebasingState,
    ReturnWay,
    ScopeRole,
    Side,
    Status,
    SubState,
)
from .errors import (
    AlreadyAnswered,
    AnswersWrong,
    BlankSpent,
    DossierError,
    MoveNotAllowed,
    NoSuchDossier,
    NoSuchDraft,
    NotPaid,
    NotPresent,
    NotWaiting,
    OutcomeMissing,
    PapersMissing,
    PlacesMissing,
    ReappointedBefore,
    SeveralWrong,
    StepNotOpen,
    StepUnfinished,
    TooManySupplements,
)
from .events import DossierMoved
from .models import (
    AssignmentRule,
    BookEntry,
    ClosedRegister,
    Dossier,
    DossierMove,
    DossierOutcome,
    DossierStep,
    Draft,
    HandOver,
    RebasedDossier,
    Rebasing,
    SupplyDraft,
    SupplyPaper,
)
from .operations import field, sharing, standard_reasons
from .operations.amending import correct_answers, wrong_draft
from .operations.answering import new_complaints
from .operations.arriving import note_arrival
from .operations.assigning import RuleIn, assignment_rules, redistribute, set_assignment_rules
from .operations.certifying import certify_copies
from .operations.changing_outcomes import OutcomeChange, change_outcome
from .operations.charging import (
    DueIn,
    ask_payment,
    ask_together,
    give_more_time,
    record_due,
    record_due_paid,
    record_payment,
    take_cash,
)
from .operations.choosing import Assignee, holder_of_area
from .operations.confirming import close_silent, confirm_draft
from .operations.consulting import answer_consultation, consult
from .operations.correcting import correct_reception, redo_reception
from .operations.counting import rebuild_counts
from .operations.drafts import (
    attach_to_draft,
    begin_draft,
    choose_draft_case,
    detach_from_draft,
    discard_draft,
    file_draft,
    save_draft_page,
    set_draft_parties,
)
from .operations.ending import stop, withdraw
from .operations.filing import file_application
from .operations.given import OUTSIDE_CODE, Given
from .operations.handing_over import hand_over, take_over
from .operations.handling import (
    assign_step,
    complete_step,
    decide,
    return_step,
    take_step,
)
from .operations.looking import open_dossier, print_paper, take_word_draft
from .operations.messages import read_messages, write_message
from .operations.money import FeeIn, pay_ahead
from .operations.noting import note_at_desk
from .operations.owning import undo_confirmation
from .operations.placing import Move, draft_outcome, move_place, sign_on_paper
from .operations.promises import apologise, extend
from .operations.proposing import Proposal
from .operations.rebasing import RebasingIn, begin_rebasing, go_on_rebasing
from .operations.reception import (
    MOST_IN_ONE_GO,
    receive_dossier,
    receive_in_person,
    receive_several,
    refuse_dossier,
)
from .operations.renewing import renew_draft
from .operations.returning import return_outcome
from .operations.routing import RowResult, complete_many, decide_many, send_back_to_desk
from .operations.searching import search_dossiers
from .operations.signed_papers import lacks_signature
from .operations.signing import sign_outcome, take_signed
from .operations.signing_drafts import SigningIn, draft_form_pdf, sign_draft, take_own_signed
from .operations.slips import give_slip
from .operations.submitting import submit_for_initials
from .operations.supplements import ask_supplement, guide_applicant, supply
from .operations.supply_drafts import (
    drop_supply_paper,
    keep_supply,
    send_supply,
    sign_supply,
    take_supply_signed,
)
from .operations.waiting import end_waiting, start_waiting
from .queries.amended import changes_told
from .queries.application_form import is_application_signed, is_application_stale
from .queries.books import closed_registers, is_whole
from .queries.briefs import Brief, Load, briefs_of, loads_of
from .queries.certified import certification_book_pdf, certification_rows
from .queries.certified_fees import CertFee, fee_of_certifying
from .queries.certifiers import certifiers
from .queries.chained import verify_moves
from .queries.clock import facts_of_unit, is_on_its_way
from .queries.consultations import AskedRow, consultations_for
from .queries.drafts import draft_for, drafts_for
from .queries.explaining import (
    Progress,
    accesses_of,
    detail_label,
    due_reason,
    explain,
    progress_of,
)
from .queries.figures import figures_as_of
from .queries.holders import Holder, holders_of
from .queries.lists import (
    AWAITING_PAYMENT,
    SUPPLEMENTS,
    TO_HAND_OUT,
    WAITING,
    Queue,
    WorkFilter,
    WorkRow,
    dossiers_for,
    in_order,
    queue_for,
    work_units,
    worklist_for,
)
from .queries.merging import PDF, WORD, WordDraft, templates_for
from .queries.money import code_of, posted_to, subject_of
from .queries.one import (
    WholeDossier,
    blanks_of,
    certified_lines,
    earlier_dossiers,
    find_dossier,
    find_paper,
    find_photo,
    get_dossier_for,
    known_among,
    papers_at_return,
    whole,
)
from .queries.outcomes import book_lines, outcome_pdf
from .queries.own_signing import APPLICATION, owner_of_draft, owner_of_supply, supply_in
from .queries.papers import paper_pdf
from .queries.placed import awaited_signers, is_paper_choice, picture_of_draft, placed_draft
from .queries.promise import Promise, preview_promise
from .queries.promised import slip_proof
from .queries.rebasing import (
    MOST_LOOKED_AT,
    Choice,
    Looked,
    get_rebasing,
    look_at,
    rebased_dossiers,
    rebasings_of,
    versions_left,
)
from .queries.reference_copies import TRANSLATED, reference_pdf
from .queries.signing import (
    is_for_digital_signing,
    signed_papers_of,
    signed_slip_of,
    signed_slips_of,
    signing_of,
    slip_reissued_at,
)
from .queries.supplying import Supplying, supplying_of
from .rules.application import Application, PaperIn, PartyIn, SubmitterIn, missing_papers
from .rules.blanks import read_serials
from .rules.certification import CertLine
from .rules.drafts import APPLICATION_FORM, AUTHORISATION
from .rules.facts import facts_for
from .rules.measuring import (
    FILED_ONLINE,
    RECEIVED,
    RESOLVED,
    RESOLVED_LATE,
    RESOLVED_ONLINE,
    RESOLVED_ONLINE_LATE,
    RESOLVED_ONLINE_WHOLE,
)
from .rules.moves import ENDS, MOVES, OPEN
from .rules.rebasing import Plan, steps_gone
from .rules.supplements import SupplementItemIn

__all__ = [
    "APPLICATION",
    "APPLICATION_FORM",
    "AT_DESK",
    "AUTHORISATION",
    "AWAITING_PAYMENT",
    "ENDS",
    "FILED_ONLINE",
    "MOST_IN_ONE_GO",
    "MOST_LOOKED_AT",
    "MOVES",
    "OPEN",
    "OUTSIDE_CODE",
    "PDF",
    "RECEIVED",
    "RESOLVED",
    "RESOLVED_LATE",
    "RESOLVED_ONLINE",
    "RESOLVED_ONLINE_LATE",
    "RESOLVED_ONLINE_WHOLE",
    "SUPPLEMENTS",
    "TO_HAND_OUT",
    "TRANSLATED",
    "WAITING",
    "WORD",
    "Act",
    "AlreadyAnswered",
    "AnswersWrong",
    "ApplicantKind",
    "Application",
    "AskedRow",
    "Assignee",
    "AssignmentRule",
    "AssignmentWay",
    "Authority",
    "BlankSpent",
    "BookEntry",
    "BookKind",
    "Brief",
    "CertFee",
    "CertLine",
    "Choice",
    "ClosedRegister",
    "CopyKind",
    "Dossier",
    "DossierError",
    "DossierMove",
    "DossierMoved",
    "DossierOutcome",
    "DossierStep",
    "Draft",
    "DueIn",
    "FeeIn",
    "Given",
    "HandOver",
    "Holder",
    "IssuedForm",
    "Load",
    "Looked",
    "Move",
    "MoveNotAllowed",
    "NoSuchDossier",
    "NoSuchDraft",
    "NotPaid",
    "NotPresent",
    "NotWaiting",
    "OutcomeChange",
    "OutcomeKind",
    "OutcomeMissing",
    "PaperIn",
    "PaperState",
    "PapersMissing",
    "PartyIn",
    "PartyRole",
    "PlacesMissing",
    "Plan",
    "Progress",
    "Promise",
    "Proposal",
    "Queue",
    "ReappointedBefore",
    "RebasedDossier",
    "RebasedState",
    "Rebasing",
    "RebasingIn",
    "RebasingState",
    "ReturnWay",
    "RowResult",
    "RuleIn",
    "ScopeRole",
    "SeveralWrong",
    "Side",
    "SigningIn",
    "Status",
    "StepNotOpen",
    "StepUnfinished",
    "SubState",
    "SubmitterIn",
    "SupplementItemIn",
    "SupplyDraft",
    "SupplyPaper",
    "Supplying",
    "TooManySupplements",
    "WholeDossier",
    "WordDraft",
    "WorkFilter",
    "WorkRow",
    "accesses_of",
    "answer_consultation",
    "apologise",
    "ask_payment",
    "ask_supplement",
    "ask_together",
    "assign_step",
    "assignment_rules",
    "attach_to_draft",
    "awaited_signers",
    "begin_draft",
    "begin_rebasing",
    "blanks_of",
    "book_lines",
    "briefs_of",
    "certification_book_pdf",
    "certification_rows",
    "certified_lines",
    "certifiers",
    "certify_copies",
    "change_outcome",
    "changes_told",
    "choose_draft_case",
    "close_silent",
    "closed_registers",
    "code_of",
    "complete_many",
    "complete_step",
    "confirm_draft",
    "consult",
    "consultations_for",
    "correct_answers",
    "correct_reception",
    "decide",
    "decide_many",
    "detach_from_draft",
    "detail_label",
    "discard_draft",
    "dossiers_for",
    "draft_for",
    "draft_form_pdf",
    "draft_outcome",
    "drafts_for",
    "drop_supply_paper",
    "due_reason",
    "earlier_dossiers",
    "end_waiting",
    "explain",
    "extend",
    "facts_for",
    "facts_of_unit",
    "fee_of_certifying",
    "field",
    "figures_as_of",
    "file_application",
    "file_draft",
    "find_dossier",
    "find_paper",
    "find_photo",
    "get_dossier_for",
    "get_rebasing",
    "give_more_time",
    "give_slip",
    "go_on_rebasing",
    "guide_applicant",
    "hand_over",
    "holder_of_area",
    "holders_of",
    "in_order",
    "is_application_signed",
    "is_application_stale",
    "is_for_digital_signing",
    "is_on_its_way",
    "is_paper_choice",
    "is_whole",
    "keep_supply",
    "known_among",
    "lacks_signature",
    "loads_of",
    "look_at",
    "missing_papers",
    "move_place",
    "new_complaints",
    "note_arrival",
    "note_at_desk",
    "open_dossier",
    "outcome_pdf",
    "owner_of_draft",
    "owner_of_supply",
    "paper_pdf",
    "papers_at_return",
    "pay_ahead",
    "picture_of_draft",
    "placed_draft",
    "posted_to",
    "preview_promise",
    "print_paper",
    "progress_of",
    "queue_for",
    "read_messages",
    "read_serials",
    "rebased_dossiers",
    "rebasings_of",
    "rebuild_counts",
    "receive_dossier",
    "receive_in_person",
    "receive_several",
    "record_due",
    "record_due_paid",
    "record_payment",
    "redistribute",
    "redo_reception",
    "reference_pdf",
    "refuse_dossier",
    "renew_draft",
    "return_outcome",
    "return_step",
    "save_draft_page",
    "search_dossiers",
    "send_back_to_desk",
    "send_supply",
    "set_assignment_rules",
    "set_draft_parties",
    "sharing",
    "sign_draft",
    "sign_on_paper",
    "sign_outcome",
    "sign_supply",
    "signed_papers_of",
    "signed_slip_of",
    "signed_slips_of",
    "signing_of",
    "slip_proof",
    "slip_reissued_at",
    "standard_reasons",
    "start_waiting",
    "steps_gone",
    "stop",
    "subject_of",
    "submit_for_initials",
    "supply",
    "supply_in",
    "supplying_of",
    "take_cash",
    "take_over",
    "take_own_signed",
    "take_signed",
    "take_step",
    "take_supply_signed",
    "take_word_draft",
    "templates_for",
    "undo_confirmation",
    "verify_moves",
    "versions_left",
    "whole",
    "withdraw",
    "work_units",
    "worklist_for",
    "write_message",
    "wrong_draft",
]
__all__ += api_more.__all__
