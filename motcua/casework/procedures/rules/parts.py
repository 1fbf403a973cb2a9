"""One part of a structured text read and written anew; the rest stays letter for letter."""

from collections.abc import Sequence
from typing import Any

import yaml

from motcua.casework.procedures.errors import BadDefinition

from .as_text import as_text

# The same safe loader; where the package was built with the C library, in a tenth of the time.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 60


def part_of(text: str, key: str) -> Any:
    """Return the data of one top-level part; None if the text has none.

    Raises: BadDefinition for a text that cannot be read or that contains itself.
    """
    return read_text(text).get(key)


def read_text(text: str) -> dict[str, Any]:
    """Return the data of a whole text. Raises: BadDefinition."""
    try:
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506 -- both loaders are the safe one
    except (yaml.YAMLError, RecursionError) as error:
        message = "Văn bản sai cú pháp; hãy sửa ở trang soạn văn bản có cấu trúc trước."
        raise BadDefinition(message) from error
    refuse_loops(data)
    if not isinstance(data, dict):
        message = "Phiên bản thủ tục phải là một bảng gồm các mục “code”, “name”, …"
        raise BadDefinition(message)
    return data


def refuse_loops(data: Any) -> None:
    """Raises: BadDefinition if the data contains itself (an anchor inside its own value).

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
            raise BadDefinition(message)
        if id(part) in done:
            continue
        way.add(id(part))
        open_parts.append((part, 1))
        inside = part.values() if isinstance(part, dict) else part
        open_parts += [(one, 0) for one in inside if isinstance(one, dict | list)]


def with_part(text: str, key: str, data: Any) -> str:
    """Return the text with one top-level part written anew, at its place or at the end.

    Comments and layout of all other parts stay. Raises: BadDefinition.
    """
    written = as_text({key: data})
    read_text(text)
    found = _lines_of(text, key)
    lines = text.splitlines(keepends=True)
    if found is None:
        return f"{text.rstrip()}\n{written}"
    first, end = found
    while end > first + 1 and _is_aside(lines[end - 1]):
        end -= 1
    return "".join([*lines[:first], written, *lines[end:]])


def _is_aside(line: str) -> bool:
    return not line.strip() or line.startswith("#")


def _lines_of(text: str, key: str) -> Sequence[int] | None:
    """Return the first line of a part and the line after its last."""
    node = yaml.compose(text, Loader=_LOADER)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        message = "Văn bản không chia theo dòng; hãy sửa ở trang soạn văn bản có cấu trúc."
        raise BadDefinition(message)
    starts = [name.start_mark.line for name, _ in node.value] + [len(text.splitlines())]
    for at, (name, _) in enumerate(node.value):
        if name.value == key:
            return starts[at], starts[at + 1]
    return None
