"""The door: official papers as values, their rendering, and Word templates."""

from .choices import PaperKind, StepResult
from .errors import (
    FontsMissing,
    LayoutBroken,
    PaperError,
    PaperIncomplete,
    PaperTooLong,
    TemplateRefused,
    WordNotDrawn,
)
from .operations.stamps import render_image_stamp, render_mark, render_value
from .operations.typesetting import render_outcome_pdf, render_paper
from .operations.word import fields_of_word, fill_word_template, render_word, takes_fields
from .rules.books import (
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
from .rules.file_papers import (
    Column,
    FileContents,
    FileListPaper,
    FileTable,
    HandedOverFiles,
    HandOverMinutes,
    Line,
)
from .rules.notices import ApologyPaper, Article, Fact, OutcomePaper, StopNotice
from .rules.parts import FeeLine, Letterhead, ListedPaper, OfficialPaper, Party, Signer
from .rules.slips import (
    ReceptionSlip,
    RefusalPaper,
    SubmissionReceipt,
    SupplementItem,
    SupplementRequestPaper,
)
from .rules.verification import VerificationReport, VerifiedSignature
from .rules.word_places import WordFields
from .rules.wording import day_in_words

__all__ = [
    "ApologyPaper",
    "Article",
    "BookClosing",
    "CertificationBook",
    "CertificationEntry",
    "Column",
    "Fact",
    "FeeLine",
    "FileContents",
    "FileListPaper",
    "FileTable",
    "FollowUpRegister",
    "FontsMissing",
    "HandOverEntry",
    "HandOverList",
    "HandOverMinutes",
    "HandedOverFiles",
    "LayoutBroken",
    "Letterhead",
    "Line",
    "ListedPaper",
    "OfficialPaper",
    "OutcomePaper",
    "PaperError",
    "PaperIncomplete",
    "PaperKind",
    "PaperTooLong",
    "Party",
    "ProgressSheet",
    "ProgressStep",
    "ReceivedEntry",
    "ReceivedList",
    "ReceptionReport",
    "ReceptionSlip",
    "RefusalPaper",
    "RegisterEntry",
    "Signer",
    "StepResult",
    "StopNotice",
    "SubmissionReceipt",
    "SupplementItem",
    "SupplementRequestPaper",
    "Tally",
    "TemplateRefused",
    "VerificationReport",
    "VerifiedSignature",
    "WordFields",
    "WordNotDrawn",
    "day_in_words",
    "fields_of_word",
    "fill_word_template",
    "render_image_stamp",
    "render_mark",
    "render_outcome_pdf",
    "render_paper",
    "render_value",
    "render_word",
    "takes_fields",
]
