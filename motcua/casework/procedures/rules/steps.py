"""The order of execution: cases and their steps."""

import re

from motcua.casework.procedures.rules.published import PublishedSteps
from motcua.casework.procedures.rules.wording import one_line, said

_STEP = re.compile(r"[\s*+–\-•.\d()a-zđ]{0,8}Bước\s+(\d{1,2}|[IVX]{1,4})\b", re.IGNORECASE)
_FIRST = {"1", "01", "I", "i"}
_CASE = re.compile(r"[\s*+–\-•.\d()a-zđ]{0,8}(?:Trường hợp|Đối với|Nếu lựa chọn)\b", re.IGNORECASE)
_LONGEST_CASE = 300


def read_steps(text: str) -> tuple[PublishedSteps, ...]:
    """Divide a text into cases and steps.

    A step begins at “Bước n”; without such words every paragraph is one. A new case begins where
    the count starts again, and takes its name from a heading line above it.
    """
    lines = said(text).split("\n")
    if not any(_STEP.match(line) for line in lines):
        steps = tuple(one_line(line) for line in lines if line.strip())
        return (PublishedSteps("", steps),) if steps else ()
    cases: list[tuple[str, list[list[str]]]] = [("", [])]
    for line in filter(str.strip, lines):
        _place(line, cases)
    return tuple(
        PublishedSteps(name, tuple("\n".join(step) for step in steps))
        for name, steps in cases
        if steps or name
    )


def _place(line: str, cases: list[tuple[str, list[list[str]]]]) -> None:
    """Put one line into the step it belongs to, opening a step or a case where one begins."""
    steps = cases[-1][1]
    match = _STEP.match(line)
    if not match:
        if steps:
            steps[-1].append(line)
        else:
            steps.append([line])
        return
    if match[1] in _FIRST and any(_STEP.match(step[0]) for step in steps):
        cases.append((_take_heading(steps), []))
    elif match[1] in _FIRST and len(steps) == 1 and _is_heading(steps[0]):
        cases[-1] = (one_line(steps[0][0]), [])
    cases[-1][1].append([line])


def _take_heading(steps: list[list[str]]) -> str:
    """Take the heading of the next case from the end of the case before."""
    latest = steps[-1]
    if len(latest) > 1 and _is_heading(latest[-1:]):
        return one_line(latest.pop())
    return ""


def _is_heading(lines: list[str]) -> bool:
    return len(lines) == 1 and len(lines[0]) <= _LONGEST_CASE and bool(_CASE.match(lines[0]))
