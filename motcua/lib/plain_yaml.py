"""YAML that people write: read as plain data, and refused where reading it would harm.

The fast loader goes down into nested lists on the processor's own stack: enough brackets end the
whole process. A number of many parts (1:1:1…) takes it minutes. Both are refused before it reads.
"""

import re
from typing import Any

import yaml

from .errors import BadInput

DEEPEST = 60
LARGEST = 10**15
# The safe loader; where the package was built with the C library, in a tenth of the time.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEPTH_WITHOUT_HARM = 1_000
_BEGINNING = re.compile(r"^[ ?:-]{1000,}", re.MULTILINE)
_MANY_PARTS = re.compile(r"(?::[0-5]?[0-9]){20,}")
_NO_LETTER = re.compile(r"[\0\ud800-\udfff]")


class HarmfulYaml(BadInput):
    """A text is nested too deeply, or has numbers or letters that nothing can keep; says where."""


def read_yaml(text: str) -> Any:
    """Return the data of a text. Raises: HarmfulYaml, yaml.YAMLError, ValueError."""
    refuse_harm(text)
    data = yaml.load(text, Loader=LOADER)  # noqa: S506 -- both loaders are the safe one
    refuse_loops(data)
    return data


def refuse_harm(text: str) -> None:
    """Raises: HarmfulYaml, yaml.YAMLError for a text that must not be read whole."""
    if found := _MANY_PARTS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise HarmfulYaml(f"Dòng {line} có số viết lạ; hãy để trong dấu nháy nếu là chữ.")
    if text.count("[") + text.count("{") > _DEPTH_WITHOUT_HARM or _BEGINNING.search(text):
        _refuse_depth(text)


def _refuse_depth(text: str) -> None:
    depth = 0
    events: Any = yaml.parse(text, Loader=LOADER)
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            line = event.start_mark.line + 1
            raise HarmfulYaml(f"Dòng {line} lồng quá {DEEPEST} lớp; hãy viết bớt lớp.")


def refuse_loops(data: Any) -> None:
    """Raises: HarmfulYaml if the data contains itself, is too deep or has letters that are none.

    Costs: each list and table once, however often it is named.
    """
    done: set[int] = set()
    open_parts: list[tuple[Any, int]] = [(data, 0)]
    way: set[int] = set()
    while open_parts:
        part, state = open_parts.pop()
        if state:
            way.discard(id(part))
            done.add(id(part))
            continue
        if id(part) in way or len(way) > DEEPEST:
            message = "Văn bản tự chứa chính nó (dấu & và * của YAML) hoặc lồng quá sâu."
            raise HarmfulYaml(message)
        if id(part) in done:
            continue
        way.add(id(part))
        open_parts.append((part, 1))
        open_parts += [(one, 0) for one in _inside(part)]


def _inside(part: Any) -> list[Any]:
    """Return the lists and tables in a part; words and numbers are looked at here."""
    inside = [*part.keys(), *part.values()] if isinstance(part, dict) else part
    found = []
    for one in inside if isinstance(inside, list) else [inside]:
        if isinstance(one, dict | list):
            found.append(one)
        elif isinstance(one, str) and _NO_LETTER.search(one):
            raise HarmfulYaml(f"“{one[:40]!a}” có ký tự không phải là chữ; hãy gõ lại.")
        elif isinstance(one, int) and abs(one) > LARGEST:
            raise HarmfulYaml("Có số quá lớn; hãy để trong dấu nháy nếu là mã số.")
        elif isinstance(one, float) and not abs(one) < LARGEST:
            raise HarmfulYaml("Có số quá lớn hoặc không phải là số (.inf, .nan).")
    return found
