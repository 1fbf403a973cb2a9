"""From a paper's values to what its layout reads: words only, and nothing left unsaid."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeAlias

from motcua.foundation.papers.errors import PaperIncomplete, PaperTooLong
from motcua.lib.clock import local, local_day
from motcua.lib.money import in_dong

from .books import VOLUME_ENTRIES
from .notices import OutcomePaper
from .parts import DossierPaper, OfficialPaper
from .receipts import MoneyReceipt
from .slips import ReceptionSlip
from .wording import day_in_words, moment_in_words, short_moment, weekday

Clean: TypeAlias = Callable[[str], str]
Printed: TypeAlias = dict[str, Any]

_BLANK_NUMBER = "……"


def print_values(paper: OfficialPaper, *, clean: Clean) -> Printed:
    """Return what the paper's layout reads; `clean` drops what the font cannot draw.

    Shape: the fields by name; texts; moments as {long, short, day, weekday}; days as {words, day,
    year, month, number}; money in words; beside them form, title, title_lines
    and number.
    Raises: PaperIncomplete, PaperTooLong.
    """
    check_complete(paper)
    check_length(paper)
    return _parts(paper, clean) | {
        "title": clean(paper.heading),
        "title_lines": paper.title.split("\n"),
        "form": paper.form,
        "number": clean(number_line(paper)),
    }


def check_complete(paper: OfficialPaper) -> None:
    """Raises: PaperIncomplete if the paper lacks a value its official form must say."""
    missing = [label for path, label in _obligations(type(paper)) if not attrgetter(path)(paper)]
    if missing:
        raise PaperIncomplete(f"“{paper.heading}” còn thiếu: {', '.join(missing)}.")


def _obligations(kind: type[OfficialPaper]) -> list[tuple[str, str]]:
    return [
        pair
        for ancestor in reversed(kind.__mro__)
        for pair in ancestor.__dict__.get("must_say", {}).items()
    ]


def check_length(paper: OfficialPaper) -> None:
    """Raises: PaperTooLong if a list has more lines than one volume may have."""
    entries = getattr(paper, "entries", ())
    if len(entries) > VOLUME_ENTRIES:
        raise PaperTooLong(
            f"“{paper.heading}” có {len(entries)} dòng; hãy chia thành nhiều quyển, "
            f"mỗi quyển không quá {VOLUME_ENTRIES} dòng."
        )


def number_line(paper: OfficialPaper) -> str:
    """Return number and notation: “07/HDHS”, or a blank to be filled in before the notation.

    Source: docs/law/official-papers.md
    """
    notation = paper.letterhead.notation or paper.suffix
    number = paper.letterhead.number
    if number is None:
        return f"{_BLANK_NUMBER}/{notation}" if notation else ""
    return f"{number:02}/{notation}" if notation else f"{number:02}"


def qr_text(paper: OfficialPaper) -> str:
    """Return what the paper's QR mark says: the address, and the code if it is not in it."""
    if isinstance(paper, ReceptionSlip) and paper.proof_url:
        return paper.proof_url
    if isinstance(paper, OutcomePaper | MoneyReceipt):
        return paper.check_url
    if not isinstance(paper, DossierPaper) or not paper.lookup_url:
        return ""
    if paper.code in paper.lookup_url:
        return paper.lookup_url
    return f"{paper.code}\n{paper.lookup_url}"


def _parts(value: Any, clean: Clean) -> Printed:
    names = [field.name for field in fields(value)]
    return {
        name: _printed(name, getattr(value, name), clean)
        for name in (*names, *getattr(value, "figures", ()))
    }


def _printed(name: str, value: Any, clean: Clean) -> Any:
    if isinstance(value, tuple):
        return [_printed(name, one, clean) for one in value]
    if is_dataclass(value):
        return _parts(value, clean)
    if isinstance(value, date):
        return _moment(value) if isinstance(value, datetime) else _day(value)
    if isinstance(value, int):
        return in_dong(value) if name.endswith("_vnd") else f"{value}"
    return None if value is None else clean(str(getattr(value, "label", value)))


def _moment(at: datetime) -> dict[str, str]:
    return {
        "long": moment_in_words(at),
        "short": short_moment(at),
        "day": f"{local(at):%d/%m/%Y}",
        "words": day_in_words(local_day(at)),
        "weekday": weekday(local_day(at)),
    }


def _day(day: date) -> dict[str, str | int]:
    return {
        "words": day_in_words(day),
        "day": f"{day:%d/%m/%Y}",
        "year": day.year,
        "month": day.month,
        "number": day.day,
    }
