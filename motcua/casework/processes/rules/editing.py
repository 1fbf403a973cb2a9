"""One change to the steps of a process at a time; each gives a process that can be kept."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from motcua.casework.processes.errors import BadProcess
from motcua.lib.text import fold

from .definition import as_plain, parse_steps

Plain = dict[str, Any]


def steps_in(data: Any) -> list[Plain]:
    """Return the steps with all that they say, what each waits for written out.

    Raises: BadProcess if what is there cannot be read.
    """
    return [_whole(step) for step in parse_steps(data).steps] if data else []


def put_step(data: Any, code: str, values: Mapping[str, Any], *, between: bool = False) -> Any:
    """Return the data with a step as it now is; without a code it is a new one.

    With `between` the steps that waited for what the new one waits for now wait for it.
    Raises: BadProcess naming the step.
    """
    steps = steps_in(data)
    now = {**values, "code": code or _code_of(str(values["name"]), [one["code"] for one in steps])}
    if code:
        steps = [now if one["code"] == code else one for one in steps]
    else:
        if between:
            steps = [_waiting_for(one, now) for one in steps]
        steps.append(now)
    return _kept(steps)


def drop_step(data: Any, code: str) -> Any:
    """Return the data without a step: those that waited for it wait for what it waited for."""
    steps = steps_in(data)
    gone = next((one for one in steps if one["code"] == code), None)
    if gone is None:
        return data
    left = [_without(one, gone) for one in steps if one["code"] != code]
    return _kept(left) if left else None


def _whole(step: Any) -> Plain:
    found: Plain = asdict(step)
    found["kind"], found["after"] = str(step.kind), list(step.after)
    return found


def _waiting_for(step: Plain, new: Plain) -> Plain:
    before = set(new["after"])
    if set(step["after"]) & before if before else not step["after"]:
        rest = [code for code in step["after"] if code not in before]
        return {**step, "after": [*rest, new["code"]]}
    return step


def _without(step: Plain, gone: Plain) -> Plain:
    return_to = "" if step["return_to"] == gone["code"] else step["return_to"]
    if gone["code"] not in step["after"]:
        return {**step, "return_to": return_to}
    after = [code for code in step["after"] if code != gone["code"]]
    return {**step, "return_to": return_to, "after": list(dict.fromkeys([*after, *gone["after"]]))}


def _kept(steps: Sequence[Plain]) -> Any:
    return as_plain(parse_steps(_in_order(steps)))


def _in_order(steps: Sequence[Plain]) -> list[Plain]:
    """Return the steps so that each stands after those it waits for, else as they stood."""
    waiting, told = list(steps), list[Plain]()
    while waiting:
        done = {one["code"] for one in told}
        ready = next((one for one in waiting if _is_ready(one, done, waiting)), None)
        if ready is None:
            names = ", ".join(f"“{one['name']}”" for one in waiting)
            message = f"Các bước {names} chờ lẫn nhau; hãy bỏ bớt một chỗ “Theo sau”."
            raise BadProcess(message)
        waiting.remove(ready)
        told.append(ready)
    return told


def _is_ready(step: Plain, done: Collection[str], waiting: Sequence[Plain]) -> bool:
    """Say whether a step may be told now; one it waits for and that is nowhere is told later."""
    there = {one["code"] for one in waiting}
    return not (set(step["after"]) - set(done)) & there


def _code_of(name: str, taken: Collection[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:36].strip("-")
    code = slug if slug[:1].isalpha() else f"b-{slug}".strip("-")
    number, found = 2, code
    while found in taken:
        found, number = f"{code}-{number}", number + 1
    return found
