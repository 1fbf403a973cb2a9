"""Build a message from plain values (JSON), and say in words where they do not fit.

Shape: docs/reference/edxml.md
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from motcua.casework.exchange.choices import BusinessKind
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput

from .contents import Content
from .messages import DocumentMessage, Hop, Message, StatusMessage, document_id

Open = Callable[[str], Content]
_KINDS: Mapping[str, type] = {"document": DocumentMessage, "status": StatusMessage}
_DEFAULTS = {"document_id": "", "content_id": ""}


def message_from(spec: object, *, open_file: Open, at: datetime) -> Message:
    """Return the message that a specification describes; `open_file` finds its attachments.

    What follows from the rest may be left out: the document's identifier, the first station, the
    numbers of files, the moment of a status.

    Raises: BadInput.
    """
    if not isinstance(spec, dict) or spec.get("message") not in _KINDS:
        raise BadInput(
            "Bản mô tả phải là một đối tượng JSON có “message”: “document” hoặc “status”."
        )
    kind = _KINDS[spec["message"]]
    values = {name: value for name, value in spec.items() if name != "message"}
    if kind is StatusMessage:
        values.setdefault("at", at.isoformat())
        made: Message = _built(kind, values, "", open_file)
        return made
    values = _completed(values, at)
    whole: Message = _built(kind, values, "", open_file)
    return whole


def _completed(values: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Return the values of a document message with those that follow from others."""
    sender = values.get("sender")
    organ = sender.get("code", "") if isinstance(sender, dict) else ""
    day, number, notation = (values.get(n) for n in ("issued_on", "number", "notation"))
    if isinstance(day, str) and isinstance(number, str) and isinstance(notation, str):
        issued_on = _day(day, "issued_on")
        values.setdefault("document_id", document_id(organ, issued_on, number, notation))
    values.setdefault("hops", [Hop(organ, at)])
    files = values.get("attachments")
    if isinstance(files, list):
        values["attachments"] = [
            {"content_id": f"cid:{place}", **one} if isinstance(one, dict) else one
            for place, one in enumerate(files, start=1)
        ]
    return values


def _built(kind: type, values: object, path: str, open_file: Open) -> Any:
    """Raises: BadInput."""
    if isinstance(values, kind):
        return values
    if not isinstance(values, dict):
        raise BadInput(f"“{path}” phải là một đối tượng JSON.", field=path)
    given = dict(values)
    if "file" in given and "content" in _names(kind):
        given["content"] = open_file(str(given.pop("file")))
    hints = get_type_hints(kind)
    unknown = sorted(given.keys() - _names(kind))
    if unknown:
        raise BadInput(f"Không có mục “{_below(path, unknown[0])}”.", field=unknown[0])
    made: dict[str, Any] = {}
    for one in fields(kind):
        inner = _below(path, one.name)
        if one.name in given:
            made[one.name] = _value(hints[one.name], given[one.name], inner, open_file)
        elif _is_needed(one):
            raise BadInput(f"Thiếu mục “{inner}”.", field=inner)
    return kind(**made)


def _names(kind: type) -> set[str]:
    return {one.name for one in fields(kind)}


def _is_needed(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _value(hint: Any, value: object, path: str, open_file: Open) -> Any:
    """Return a value as a field wants it. Raises: BadInput."""
    if get_origin(hint) in (Union, UnionType):
        if value is None:
            return None
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        if not isinstance(value, list | tuple):
            raise BadInput(f"“{path}” phải là một danh sách.", field=path)
        inner = get_args(hint)[0]
        return tuple(
            _value(inner, one, f"{path}[{place}]", open_file) for place, one in enumerate(value)
        )
    if is_dataclass(hint) and isinstance(hint, type):
        return value if isinstance(value, Content) else _built(hint, value, path, open_file)
    return _plain(hint, value, path)


def _plain(hint: Any, value: object, path: str) -> Any:
    if hint is BusinessKind:
        return _business(value, path)
    if hint is date:
        return _day(value, path)
    if hint is datetime:
        return _moment(value, path)
    if hint is bool or hint is str:
        fits = isinstance(value, hint)
    else:
        fits = isinstance(value, int) and not isinstance(value, bool)
    if not fits:
        raise BadInput(f"“{path}” phải là {_WORDS.get(hint, 'một số')}.", field=path)
    return value


_WORDS = {bool: "true hoặc false", str: "một chuỗi chữ"}


def _business(value: object, path: str) -> BusinessKind:
    if value not in BusinessKind.values:
        known = ", ".join(BusinessKind.values)
        raise BadInput(f"“{path}” phải là một trong: {known}.", field=path)
    return BusinessKind(str(value))


def _day(value: object, path: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        message = f"“{path}” phải là một ngày có thật, dạng 2026-10-01."
        raise BadInput(message, field=path) from error


def _moment(value: object, path: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError as error:
        message = f"“{path}” phải là một thời điểm có thật, dạng 2026-10-01T09:15:00."
        raise BadInput(message, field=path) from error
    return found if found.tzinfo is not None else found.replace(tzinfo=HANOI)
