"""The door: official papers and documents as values, their rendering, and Word templates."""

from .choices import (
    BookKind,
    Circulation,
    DocumentKind,
    LayoutProfile,
    PaperKind,
    StepResult,
    Urgency,
)
from .errors import (
    FontsMissing,
    LayoutBroken,
    PaperError,
    PaperIncomplete,
    PaperTooLong,
    PdfRefused,
    TemplateRefused,
    WordNotDrawn,
)
from .operations.arrivals import stamp_arrival
from .operations.stamps import render_image_stamp, render_mark, render_qr, render_value
from .operations.typesetting import (
    render_document,
    render_outcome_pdf,
    render_paper,
    render_register,
)
from .operations.word import (
    fields_of_word,
    fill_word_template,
    has_marks,
    render_word,
    takes_fields,
)
from .operations.word_writing import begun_in_word, document_template, write_word
from .queries.letterheads import letterhead_of_agency, letterhead_of_unit
from .rules.applications import AnswerGroup, ApplicationForm
from .rules.arrivals import ArrivalStamp
from .rules.books import (
    VOLUME_ENTRIES,
    BookClosing,
    CertificationBook,
    CertificationEntry,
    FollowUpRegister,
    HandOverEntry,
    HandOverList,
    ProgressSheet,
    ProgressStep,
    ReceivedEntry,
    ReceivedList,
    ReceptionReport,
    RegisterEntry,
    Tally,
)
from .rules.cash_papers import (
    BudgetList,
    CashCount,
    DepositList,
    QuarterMinutes,
    ShiftMinutes,
)
from .rules.document_fields import template_values, word_fields
from .rules.documents import AdministrativeDocument, Annex
from .rules.extracts import ListExtract
from .rules.file_papers import (
    Column,
    FeeTablePaper,
    FileContents,
    FileListPaper,
    FileTable,
    HandedOverFiles,
    HandOverMinutes,
    Line,
    SettlementPaper,
)
from .rules.kinds import KindForm, capacity_words, form_of, notation_of, number_words
from .rules.markup import Block, body_from
from .rules.minutes import Minutes, MinutesName, MinutesSection, MinutesTable
from .rules.notices import ApologyPaper, Article, Fact, OutcomePaper, StopNotice
from .rules.parts import (
    DossierPaper,
    FeeLine,
    Letterhead,
    ListedPaper,
    OfficialPaper,
    Party,
    Signer,
)
from .rules.profiles import profile_for, usual_words
from .rules.receipts import MoneyItem, MoneyParty, MoneyReceipt
from .rules.reference import ReferenceCopy, ReferenceLine, ReferenceList
from .rules.registers import RegisterBook, columns_of
from .rules.routing import RoutingLine, RoutingOpinion, RoutingSlip
from .rules.slips import (
    ReceptionSlip,
    RefusalPaper,
    SubmissionReceipt,
    SupplementItem,
    SupplementRequestPaper,
)
from .rules.starting import starting_body
from .rules.transfers import SlipPart, TransferSlip
from .rules.verification import VerificationReport, VerifiedSignature
from .rules.word_places import WordFields
from .rules.wording import day_in_words
from .rules.work import TaskReport, TaskTally, WorkDay, WorkEntry, WorkWeek

__all__ = [
    "VOLUME_ENTRIES",
    "AdministrativeDocument",
    "Annex",
    "AnswerGroup",
    "ApologyPaper",
    "ApplicationForm",
    "ArrivalStamp",
    "Article",
    "Block",
    "BookClosing",
    "BookKind",
    "BudgetList",
    "CashCount",
    "CertificationBook",
    "CertificationEntry",
    "Circulation",
    "Column",
    "DepositList",
    "DocumentKind",
    "DossierPaper",
    "Fact",
    "FeeLine",
    "FeeTablePaper",
    "FileContents",
    "FileListPaper",
    "FileTable",
    "FollowUpRegister",
    "FontsMissing",
    "HandOverEntry",
    "HandOverList",
    "HandOverMinutes",
    "HandedOverFiles",
    "KindForm",
    "LayoutBroken",
    "LayoutProfile",
    "Letterhead",
    "Line",
    "ListExtract",
    "ListedPaper",
    "Minutes",
    "MinutesName",
    "MinutesSection",
    "MinutesTable",
    "MoneyItem",
    "MoneyParty",
    "MoneyReceipt",
    "OfficialPaper",
    "OutcomePaper",
    "PaperError",
    "PaperIncomplete",
    "PaperKind",
    "PaperTooLong",
    "Party",
    "PdfRefused",
    "ProgressSheet",
    "ProgressStep",
    "QuarterMinutes",
    "ReceivedEntry",
    "ReceivedList",
    "ReceptionReport",
    "ReceptionSlip",
    "ReferenceCopy",
    "ReferenceLine",
    "ReferenceList",
    "RefusalPaper",
    "RegisterBook",
    "RegisterEntry",
    "RoutingLine",
    "RoutingOpinion",
    "RoutingSlip",
    "SettlementPaper",
    "ShiftMinutes",
    "Signer",
    "SlipPart",
    "StepResult",
    "StopNotice",
    "SubmissionReceipt",
    "SupplementItem",
    "SupplementRequestPaper",
    "Tally",
    "TaskReport",
    "TaskTally",
    "TemplateRefused",
    "TransferSlip",
    "Urgency",
    "VerificationReport",
    "VerifiedSignature",
    "WordFields",
    "WordNotDrawn",
    "WorkDay",
    "WorkEntry",
    "WorkWeek",
    "begun_in_word",
    "body_from",
    "capacity_words",
    "columns_of",
    "day_in_words",
    "document_template",
    "fields_of_word",
    "fill_word_template",
    "form_of",
    "has_marks",
    "letterhead_of_agency",
    "letterhead_of_unit",
    "notation_of",
    "number_words",
    "profile_for",
    "render_document",
    "render_image_stamp",
    "render_mark",
    "render_outcome_pdf",
    "render_paper",
    "render_qr",
    "render_register",
    "render_value",
    "render_word",
    "stamp_arrival",
    "starting_body",
    "takes_fields",
    "template_values",
    "usual_words",
    "word_fields",
    "write_word",
]
