"""What a task is made of when it is given, checked without a database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from motcua.casework.tasks.choices import Origin, PartRole
from motcua.casework.tasks.errors import NobodyToGive
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

MOST_PARTS = 500
_LONGEST_TITLE, _LONGEST_WORDS = 300, 8000


class PartIn(NamedTuple):
    """Who takes part: a unit, perhaps one person of it, what is asked of them, by when."""

    unit_id: int
    account_id: int | None = None
    words: str = ""
    due_at: datetime | None = None


class FileIn(NamedTuple):
    """A stored file, by its key, that goes with a task or a report."""

    name: str
    file_id: int


@dataclass(frozen=True, slots=True)
class TaskIn:
    """A task to be given.

    `lead_unit_id` leads (with `lead_account_id` if one person is named); `more_leads` lead as
    well, each on its own (one order to many communes). Without `due_at` a task has no limit.
    `parent` names a task and the part of it that is given on.
    """

    title: str
    agency_id: int
    lead_unit_id: int | None = None
    lead_account_id: int | None = None
    words: str = ""
    origin_kind: str = Origin.SPOKEN
    origin_ref: str = ""
    origin_words: str = ""
    together: Sequence[tuple[int, int | None, str, datetime | None]] = ()
    more_leads: Sequence[PartIn] = ()
    due_at: datetime | None = None
    secrecy: int = 0
    unit_id: int | None = None
    parent: tuple[str, int] | None = None
    files: Sequence[FileIn] = ()


class PartPlan(NamedTuple):
    """One part as it will be written."""

    role: PartRole
    part: PartIn


def plan_parts(facts: TaskIn) -> list[PartPlan]:
    """Return the parts of a task, leads first, nobody twice.

    Raises: NobodyToGive, BadInput.
    """
    leads: list[PartIn] = []
    if facts.lead_unit_id is not None:
        leads.append(PartIn(facts.lead_unit_id, facts.lead_account_id, "", facts.due_at))
    leads += [one._replace(due_at=one.due_at or facts.due_at) for one in facts.more_leads]
    if not leads:
        raise NobodyToGive("Nhiệm vụ phải có nơi chủ trì. Xin chọn đơn vị hoặc người chủ trì.")
    helpers = [PartIn(*one) for one in facts.together]
    helpers = [one._replace(due_at=one.due_at or facts.due_at) for one in helpers]
    plans = [PartPlan(PartRole.LEAD, one) for one in leads]
    plans += [PartPlan(PartRole.TOGETHER, one) for one in helpers]
    kept = list(_once(plans))
    if len(kept) > MOST_PARTS:
        raise BadInput(f"Một nhiệm vụ giao cho nhiều nhất {MOST_PARTS} nơi.", field="leads")
    return kept


def _once(plans: Iterable[PartPlan]) -> Iterable[PartPlan]:
    seen: set[tuple[int, int | None]] = set()
    for plan in plans:
        who = (plan.part.unit_id, plan.part.account_id)
        if who not in seen:
            seen.add(who)
            yield plan


def checked(facts: TaskIn, *, at: datetime) -> tuple[str, str]:
    """Return title and words in their one stored spelling.

    Raises: BadInput.
    """
    title, words = tidy(facts.title), clean_words(facts.words)
    if not title:
        raise BadInput("Nhiệm vụ phải có tên: ghi ngắn gọn việc cần làm.", field="title")
    if len(title) > _LONGEST_TITLE:
        raise BadInput(f"Tên nhiệm vụ dài nhất {_LONGEST_TITLE} ký tự.", field="title")
    check_due(facts.due_at, at=at)
    return title, words


def check_due(due_at: datetime | None, *, at: datetime) -> None:
    """Raises: BadInput if the moment has passed."""
    if due_at is not None and due_at <= at:
        raise BadInput("Hạn phải sau thời điểm giao. Xin chọn ngày khác.", field="due")


def clean_words(text: str, *, name: str = "words") -> str:
    """Return longer words as they are stored: lines kept, spaces inside them single.

    Raises: BadInput if they are too long.
    """
    lines = (tidy(line) for line in text.replace("\r\n", "\n").split("\n"))
    words = "\n".join(lines).strip()
    if len(words) > _LONGEST_WORDS:
        raise BadInput(f"Nội dung dài nhất {_LONGEST_WORDS} ký tự.", field=name)
    return words


def needed(text: str, message: str, *, name: str = "words") -> str:
    """Return the words, which must not be empty. Raises: BadInput."""
    words = clean_words(text, name=name)
    if not words:
        raise BadInput(message, field=name)
    return words
