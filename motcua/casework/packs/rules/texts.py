"""YAML of strangers: read without anchors, tags, twice-named keys, or depth; with lines."""

from collections.abc import Iterator
from typing import Any

import yaml

from motcua.casework.packs.errors import BadPack, Fault
from motcua.lib.plain_yaml import LOADER, HarmfulYaml, read_yaml

DEEPEST, MOST_EVENTS = 40, 60_000
_MARK = b"\xef\xbb\xbf"
_MARKER = "đây là phần của tệp YAML mà gói không dùng; hãy viết thẳng giá trị."


def text_of(file: str, content: bytes) -> str:
    """Return the words of a file. Raises: BadPack unless they are UTF-8 without a mark."""
    if content.startswith(_MARK):
        raise BadPack(Fault(file, "tệp có dấu BOM ở đầu; hãy lưu lại dạng UTF-8 không BOM."))
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "chữ không theo mã UTF-8; hãy lưu lại tệp dạng UTF-8."
        raise BadPack(Fault(file, message, line)) from error
    if "\r" in text or "\0" in text:
        line = min(text.count("\n", 0, at) + 1 for sign in "\r\0" if (at := text.find(sign)) >= 0)
        message = "có ký tự xuống dòng kiểu Windows hoặc ký tự lạ; hãy lưu lại, xuống dòng kiểu LF."
        raise BadPack(Fault(file, message, line))
    return text


def data_of(file: str, content: bytes) -> dict[str, Any]:
    """Return the table that a text file holds. Raises: BadPack with the line."""
    text = text_of(file, content)
    try:
        _refuse_marks(file, text)
        data = read_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        message = "sai cú pháp; hãy kiểm tra thụt dòng và dấu hai chấm."
        raise BadPack(Fault(file, message, line)) from error
    except HarmfulYaml as error:
        raise BadPack(Fault(file, str(error))) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadPack(Fault(file, "sai cú pháp hoặc có ký tự không dùng được.")) from error
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise BadPack(Fault(file, "phải là một bảng gồm các mục có tên, như “code: …”.", 1))
    return data


def _refuse_marks(file: str, text: str) -> None:
    """Refuse by events, before anything is built: what repeats itself cannot grow."""
    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
    for count, event in enumerate(events):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadPack(Fault(file, f"dấu & hoặc * của YAML: {_MARKER}", line))
        if getattr(event, "tag", None) is not None:
            raise BadPack(Fault(file, f"nhãn “{event.tag}” của YAML: {_MARKER}", line))
        if isinstance(event, yaml.DocumentStartEvent) and (event.explicit or event.version):
            raise BadPack(Fault(file, f"dấu --- hoặc % của YAML: {_MARKER}", line))
        depth += _step_of(event)
        if depth > DEEPEST or count > MOST_EVENTS:
            message = f"lồng quá {DEEPEST} lớp hoặc có quá {MOST_EVENTS} mục."
            raise BadPack(Fault(file, message, line))
    for key, line in _repeated(yaml.compose(text, Loader=LOADER)):
        raise BadPack(Fault(file, f"mục “{key}” ghi hai lần; hãy bỏ bớt một.", line))


def _step_of(event: Any) -> int:
    if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        return 1
    return -1 if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent) else 0


def _repeated(root: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Yield each key that stands twice in one table, with its line."""
    waiting: list[yaml.Node] = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if str(key.value) in seen:
                    yield str(key.value), key.start_mark.line + 1
                seen.add(str(key.value))
                waiting.append(value)
