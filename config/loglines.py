"""How logs are written: one line per event, and nothing personal in it, whoever logs it."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from motcua.channels.kit.middleware import current_reference

HIDDEN = "[ẩn]"
# Numbers of people have 12 digits (9 before), telephones begin with 0 or 84.
_PERSONAL = (
    # From the start of a run only: tried at each letter of a long one it would take seconds.
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[thư điện tử]"),
    (re.compile(r"(?<!\d)(?:\d[ .]?){11}\d(?!\d)"), "[số định danh]"),
    (re.compile(r"(?<![\d.])(?:\+?84|0)[ .-]?[235789](?:[ .-]?\d){8}(?!\d)"), "[điện thoại]"),
    (re.compile(r"(?<!\d)\d{9}(?!\d)"), "[số giấy tờ]"),
)
# Keys and tokens open doors as long as they live.
_KEY = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{22,}")
# Secret words in addresses of pages, which may have no digit at all.
_IN_ADDRESS = re.compile(
    r"(/(?:giay-hen/[^/\s]+|nop-ho-so/(?:ban-nhap|nhieu)|ky-so|thanh-toan/don|giay|bien-ban"
    r"|lich/ics|ban-thu)/)[^/\s]+"
)
# PostgreSQL quotes whole rows there.
_ROWS = re.compile(r"^(?:DETAIL|CONTEXT|HINT):.*$|Failing row contains.*$", re.MULTILINE)
_PERSONAL_FIELDS = re.compile(
    r"name|email|phone|address|birth|personal|person$|password|passphrase|secret|token|cookie"
    r"|session|authorization|query|text|subject|body|answer",
    re.IGNORECASE,
)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def without_personal_data(text: str) -> str:
    """Return the text with numbers of people, telephones, addresses and keys hidden."""
    for pattern, word in _PERSONAL:
        text = pattern.sub(word, text)
    return _KEY.sub("[mã]", _IN_ADDRESS.sub(r"\1[mã]", text))


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """Return what the event was logged with, personal fields hidden by their names."""
    return {
        name: HIDDEN if _PERSONAL_FIELDS.search(name) else clean(value)
        for name, value in vars(record).items()
        if name not in _STANDARD and _is_plain(value)
    }


def clean(value: object) -> object:
    """Return the value with its texts hidden where they are personal."""
    if isinstance(value, str):
        return without_personal_data(value)
    if isinstance(value, Mapping):
        return {
            str(key): HIDDEN if _PERSONAL_FIELDS.search(str(key)) else clean(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [clean(inner) for inner in value]
    if isinstance(value, int | float | bool | None):
        return without_personal_data(str(value)) if len(str(value)) > len("12345678") else value
    return without_personal_data(str(value))


def _is_plain(value: object) -> bool:
    """Say whether the value is one of ours; Django hangs requests and sockets on its events."""
    return isinstance(value, str | int | float | bool | Mapping | list | tuple | set | None)


class EventFormatter(logging.Formatter):
    """What both formats share: the failure with its place, but without the rows it quotes."""

    def failure(self, record: logging.LogRecord) -> str:
        if not record.exc_info:
            return ""
        trace = self.formatException(record.exc_info)
        return without_personal_data(_ROWS.sub("", trace))

    def event(self, record: logging.LogRecord) -> str:
        return without_personal_data(_ROWS.sub("", record.getMessage()))


class JsonLine(EventFormatter):
    """One JSON object per event, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "at": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": self.event(record),
            "logger": record.name,
        }
        line |= {"reference": reference} if (reference := current_reference()) else {}
        line |= fields_of(record)
        line |= {"failure": failure} if (failure := self.failure(record)) else {}
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLine(EventFormatter):
    """One line per event, for people."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created).astimezone()
        words = [f"{moment:%H:%M:%S}", record.levelname, record.name, self.event(record)]
        words += [f"{name}={value}" for name, value in fields_of(record).items()]
        failure = self.failure(record)
        return " ".join(words) + (f"\n{failure}" if failure else "")
