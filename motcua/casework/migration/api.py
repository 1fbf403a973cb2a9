"""Migration: what an old system hands over becomes dossiers of ours; tried first, undone."""

from .choices import (
    ACTIVE,
    MAPPED_BY_VALUE,
    Field,
    FileKind,
    LikenessState,
    RunKind,
    RunState,
    Verdict,
)
from .errors import NoSuchSource, RunBusy, Unreadable
from .models import Item, Likeness, Line, Run, Source, SourceFile
from .operations.asking import (
    JOB,
    approve_run,
    ask_run,
    go_on_undoing,
    stop_run,
    undo_run,
)
from .operations.likening import answer_likeness
from .operations.running import go_on
from .operations.sources import (
    Look,
    add_papers,
    add_source,
    add_table,
    look_at,
    proposed_mapping,
    set_mapping,
)
from .operations.turns import go_on_with_next
from .queries import (
    files_of,
    find_source,
    get_run,
    get_source,
    has_questions,
    latest_table,
    lines_of,
    report_csv,
    resemblances_of,
    runs_of,
    sources_for,
)
from .rules.mapping import SKIP, Mapping, as_text, from_text, lacking, read_closing
from .rules.scripts import ENCODINGS
from .rules.tables import Table
from .rules.values import DAY_ORDERS

__all__ = [
    "ACTIVE",
    "DAY_ORDERS",
    "ENCODINGS",
    "JOB",
    "MAPPED_BY_VALUE",
    "SKIP",
    "Field",
    "FileKind",
    "Item",
    "Likeness",
    "LikenessState",
    "Line",
    "Look",
    "Mapping",
    "NoSuchSource",
    "Run",
    "RunBusy",
    "RunKind",
    "RunState",
    "Source",
    "SourceFile",
    "Table",
    "Unreadable",
    "Verdict",
    "add_papers",
    "add_source",
    "add_table",
    "answer_likeness",
    "approve_run",
    "as_text",
    "ask_run",
    "files_of",
    "find_source",
    "from_text",
    "get_run",
    "get_source",
    "go_on",
    "go_on_undoing",
    "go_on_with_next",
    "has_questions",
    "lacking",
    "latest_table",
    "lines_of",
    "look_at",
    "proposed_mapping",
    "read_closing",
    "report_csv",
    "resemblances_of",
    "runs_of",
    "set_mapping",
    "sources_for",
    "stop_run",
    "undo_run",
]
