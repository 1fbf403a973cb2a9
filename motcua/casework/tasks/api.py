"""The door: give tasks, do them, follow them up; lists, the page of one, the monthly report."""

from motcua.casework.processes.api import NO_LIMIT

from .choices import (
    Act,
    ExtensionState,
    Origin,
    PartRole,
    ReportKind,
    TaskState,
)
from .errors import MoveNotAllowed, NobodyToGive, NoSuchPart, NoSuchTask, NotOursToGive, TaskError
from .events import TaskMoved
from .models import ExtensionRequest, Task, TaskFile, TaskMove, TaskPart, TaskReport
from .operations.alarming import warn_of_limits
from .operations.doing import (
    accept_part,
    ask_to_finish,
    assign_part,
    refuse_part,
    report_progress,
)
from .operations.extending import Decision, ask_extension, change_due, decide_extension
from .operations.following import (
    approve_part,
    cancel_part,
    cancel_task,
    reassign_part,
    remind,
    send_back,
    write_note,
)
from .operations.giving import add_parts, give_task
from .operations.taking_over import follow_heirs
from .queries.chained import verify_moves
from .queries.figures import (
    Figures,
    Grouping,
    ReportLine,
    Side,
    Span,
    month,
    report,
    report_lines,
    total_of,
)
from .queries.lists import (
    GivenRow,
    WorkFilter,
    WorkRow,
    given_tasks_for,
    open_tasks_for,
    tasks_for,
    work_units,
)
from .queries.one import (
    PartPage,
    PartShown,
    TaskPage,
    TaskShown,
    get_task_file,
    get_task_for,
    seen_among,
    task_page,
    tasks_of,
)
from .queries.printed import report_pdf
from .rules.giving import FileIn, PartIn, TaskIn

__all__ = [
    "NO_LIMIT",
    "Act",
    "Decision",
    "ExtensionRequest",
    "ExtensionState",
    "Figures",
    "FileIn",
    "GivenRow",
    "Grouping",
    "MoveNotAllowed",
    "NoSuchPart",
    "NoSuchTask",
    "NobodyToGive",
    "NotOursToGive",
    "Origin",
    "PartIn",
    "PartPage",
    "PartRole",
    "PartShown",
    "ReportKind",
    "ReportLine",
    "Side",
    "Span",
    "Task",
    "TaskError",
    "TaskFile",
    "TaskIn",
    "TaskMove",
    "TaskMoved",
    "TaskPage",
    "TaskPart",
    "TaskReport",
    "TaskShown",
    "TaskState",
    "WorkFilter",
    "WorkRow",
    "accept_part",
    "add_parts",
    "approve_part",
    "ask_extension",
    "ask_to_finish",
    "assign_part",
    "cancel_part",
    "cancel_task",
    "change_due",
    "decide_extension",
    "follow_heirs",
    "get_task_file",
    "get_task_for",
    "give_task",
    "given_tasks_for",
    "month",
    "open_tasks_for",
    "reassign_part",
    "refuse_part",
    "remind",
    "report",
    "report_lines",
    "report_pdf",
    "report_progress",
    "seen_among",
    "send_back",
    "task_page",
    "tasks_for",
    "tasks_of",
    "total_of",
    "verify_moves",
    "warn_of_limits",
    "work_units",
    "write_note",
]
