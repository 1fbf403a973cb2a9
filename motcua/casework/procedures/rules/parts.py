"""One part of a structured text read and written anew; the rest stays letter for letter."""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from motcua.casework.procedures.errors import BadDefinition
from motcua.lib.plain_yaml import LOADER, HarmfulYaml, read_yaml

from .as_text import as_text

# Lines as YAML counts them: Python would break them at more letters.
_LINE = re.compile(
    r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])|[^\n\r\x85\u2028\u2029]+"
)


def part_of(text: str, key: str) -> Any:
    """Return the data of one top-level part; None if the text has none.

    Raises: BadDefinition for a text that cannot be read or that contains itself.
    """
    return read_text(text).get(key)


def read_text(text: str) -> dict[str, Any]:
    """Return the data of a whole text. Raises: BadDefinition."""
    try:
        data = read_yaml(text)
    except HarmfulYaml as error:
        raise BadDefinition(str(error)) from error
    except (yaml.YAMLError, ValueError) as error:
        message = "Văn bản sai cú pháp; hãy sửa ở trang soạn văn bản có cấu trúc trước."
        raise BadDefinition(message) from error
    if not isinstance(data, dict):
        message = "Phiên bản thủ tục phải là một bảng gồm các mục “code”, “name”, …"
        raise BadDefinition(message)
    return data


def with_part(text: str, key: str, data: Any) -> str:
    """Return the text with one top-level part written anew, at its place or at the end.

    None takes the part out. Comments and layout of all other parts stay. Raises: BadDefinition.
    """
    written = as_text({key: data}) if data is not None else ""
    wanted = {name: value for name, value in read_text(text).items() if name != key}
    wanted |= read_text(written) if written else {}
    after = _written_into(text, key, written)
    if read_text(after) != wanted:  # a part that stands twice, or lines broken in strange ways
        message = "Văn bản viết khác thường; hãy sửa ở trang soạn văn bản có cấu trúc."
        raise BadDefinition(message)
    return after


def _written_into(text: str, key: str, written: str) -> str:
    found = _lines_of(text, key)
    lines = _LINE.findall(text)
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
    node = yaml.compose(text, Loader=LOADER)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        message = "Văn bản không chia theo dòng; hãy sửa ở trang soạn văn bản có cấu trúc."
        raise BadDefinition(message)
    starts = [name.start_mark.line for name, _ in node.value] + [len(_LINE.findall(text))]
    for at, (name, _) in enumerate(node.value):
        if name.value == key:
            return starts[at], starts[at + 1]
    return None
