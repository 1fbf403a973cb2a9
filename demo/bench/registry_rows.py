"""A million documents with moves, steps, scope and entries of the search, by COPY.

Over three years seven in ten came in, three went out. Each came to the registry, was directed to
one division (and often to a second one, and a person), and was finished; a few still are there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from django.db import models

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Direction, State, StepKind
from motcua.foundation.search import api as search
from motcua.lib.clock import local_day

from .known import name_of
from .load import CHUNK, NONE, bare, copy_lines
from .pages import Writer

YEARS = timedelta(days=3 * 365)
HASH = "0" * 64
DIVISIONS = 9
_OPEN_SHARE = 40
_ISSUERS = (
    "Ủy ban nhân dân tỉnh",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Xây dựng",
    "Sở Nông nghiệp và Môi trường",
    "Văn phòng Ủy ban nhân dân tỉnh",
    "Hội đồng nhân dân tỉnh",
    "Bộ Nội vụ",
)
_NOTATIONS = ("QĐ-UBND", "SNV-CCHC", "KH-UBND", "BC-STC", "TB-VP", "NQ-HĐND", "UBND-KT", "CV/TU")
_IN, _OUT = (
    ("arrive", "register", "direct", "start", "finish"),
    ("draft", "submit", "issue", "send"),
)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Holder:
    """One agency: its registry (also its leaders), divisions, and a handler in the first."""

    agency_id: int
    code: str
    name: str
    root_id: int
    division_ids: tuple[int, ...]
    handler_id: int


class Table:
    """One table as COPY writes it: what a row does not say has the model's default."""

    def __init__(self, model: type[models.Model], *skipped: str) -> None:
        fields = [one for one in model._meta.concrete_fields if one.attname not in skipped]
        self.name = model._meta.db_table
        self.columns = ", ".join(f'"{one.column}"' for one in fields)
        self.defaults = {one.attname: _text(_default(one)) for one in fields}

    def line(self, values: Mapping[str, object]) -> str:
        """Return a row as COPY reads it."""
        told = self.defaults | {name: _text(value) for name, value in values.items()}
        return "\t".join(told.values()) + "\n"


def _default(field: "models.Field[Any, Any]") -> object:
    if field.null:
        return None
    if isinstance(field, models.CharField):
        return ""
    return field.get_default()


def _text(value: object) -> str:
    if value is None:
        return NONE
    if isinstance(value, bool):
        return "t" if value else "f"
    return json.dumps(value) if isinstance(value, dict) else str(value)


class Rows:
    """Makes the rows of one document after the other; always the same for the same number."""

    def __init__(self, holders: list[Holder], count: int, at: datetime, root: Path) -> None:
        self.holders, self.count, self.at = holders, count, at
        self.step = YEARS / max(count, 1)
        writer = Writer(root, at)
        self.subjects = [one.text.rstrip(".")[:300] for one in writer.sentences[:20_000]]
        self.books: dict[tuple[int, str, int], int] = {}
        self.latest: dict[int, int] = {}
        self.tables = {
            "document": Table(documents.Document),
            "move": Table(documents.DocumentMove),
            "step": Table(documents.DocumentStep),
            "scope": Table(documents.DocumentScope, "id"),
            "recipient": Table(documents.Recipient),
        }

    def fill(self) -> None:
        """Copy everything in, chunk by chunk."""
        names = [table.name for table in self.tables.values()]
        with bare([*names, "search_entry"]):
            for first in range(1, self.count + 1, CHUNK):
                lines: dict[str, list[str]] = {name: [] for name in (*self.tables, "entry")}
                for number in range(first, min(first + CHUNK, self.count + 1)):
                    for name, line in self._rows(number):
                        lines[name].append(line)
                for name, table in self.tables.items():
                    copy_lines(table.name, table.columns, lines[name])
                copy_lines("search_entry", _ENTRY_COLUMNS, lines["entry"])

    def _rows(self, number: int) -> Iterator[tuple[str, str]]:
        random = Random(number)
        holder = self.holders[number % len(self.holders)]
        moment = self.at - YEARS + self.step * number
        is_in, is_open = random.random() < 0.7, number % _OPEN_SHARE == 0  # noqa: PLR2004 -- seven in ten
        values = self._document(number, holder, moment, random, is_in=is_in, is_open=is_open)
        yield "document", self.tables["document"].line(values)
        acts = (_IN if is_in else _OUT)[: 3 if is_open else 9]
        for seq, act in enumerate(acts, 1):
            yield "move", self._move(number, seq, act, moment + seq * _HOUR, holder)
        lead, *others = random.sample(holder.division_ids, 1 + (random.random() < 0.4))  # noqa: PLR2004 -- two in five
        person = holder.handler_id if lead == holder.division_ids[0] and number % 2 else None
        for line in self._steps(number, holder, moment, lead, is_in=is_in, is_open=is_open):
            yield "step", line
        scope = {holder.root_id: "registry", lead: "lead", **dict.fromkeys(others, "know")}
        if person:
            scope[-person] = "lead"
        for unit, role in scope.items():
            shown = {"unit_id": unit, "role": role, "sort_at": moment, "document_id": number}
            yield "scope", self.tables["scope"].line({**shown, "direction": values["direction"]})
        if not is_in:
            for seq in (1, 2):
                yield "recipient", self._recipient(number, seq, moment)
        yield "entry", _entry_line(values, scope)

    def _document(
        self,
        number: int,
        holder: Holder,
        moment: datetime,
        random: Random,
        *,
        is_in: bool,
        is_open: bool,
    ) -> dict[str, Any]:
        direction = Direction.INCOMING if is_in else Direction.OUTGOING
        book = self.books[holder.agency_id, str(direction), local_day(moment).year]
        ordinal = self.latest[book] = self.latest.get(book, 0) + 1
        issuer = random.choice(_ISSUERS) if is_in else holder.name
        mine = str(random.randint(1, 4_000)) if is_in else f"{ordinal:02d}"
        issued = local_day(moment) - timedelta(days=random.randint(0, 5) if is_in else 0)
        notation = random.choice(_NOTATIONS)
        state = (State.DIRECTED if is_in else State.ISSUED) if is_open else State.DONE
        return {
            "id": number,
            "code": f"B{number:09d}",
            "direction": str(direction),
            "version": 5,
            "latest_hash": HASH,
            "state": str(state if is_in else State.ISSUED),
            "is_open": is_in and is_open,
            "agency_id": holder.agency_id,
            "unit_id": holder.root_id,
            "sort_at": moment,
            "kind": random.randint(1, 29),
            "kind_name": "Văn bản",
            "number": mine,
            "notation": notation,
            "issued_on": issued,
            "issuer_name": issuer,
            "signer_name": name_of(number * 31),
            "subject": self.subjects[random.randrange(len(self.subjects))],
            "match_key": f"{mine}|{notation}|{issuer}|{issued:%Y%m%d}"[:300],
            "book_id": book,
            "ordinal": ordinal,
            "registered_at": moment,
            "registered_by_name": "Lò Văn Dũng",
            "source": "inside" if is_in else "",
            "arrived_at": moment if is_in else None,
        }

    def _move(self, number: int, seq: int, act: str, at: datetime, holder: Holder) -> str:
        values = {
            "document_id": number,
            "seq": seq,
            "at": at,
            "act": act,
            "state": "directed",
            "by_id": 1,
            "by_name": "Lò Văn Dũng",
            "unit_id": holder.root_id,
            "detail": {},
            "prev_hash": HASH,
            "hash": HASH,
        }
        return self.tables["move"].line(values)

    def _steps(
        self,
        number: int,
        holder: Holder,
        moment: datetime,
        lead: int,
        *,
        is_in: bool,
        is_open: bool,
    ) -> Iterator[str]:
        """Yield the leader's step, closed, and that of the division, open or closed."""
        kinds = (StepKind.DIRECT, StepKind.READ) if is_in else (StepKind.ISSUE, StepKind.SEND)
        for index, (kind, unit) in enumerate(zip(kinds, (holder.root_id, lead), strict=True), 1):
            is_done = index == 1 or not is_open
            values = {
                "document_id": number,
                "seq": index * 1000,
                "kind": str(kind),
                "unit_id": unit,
                "opened_at": moment,
                "due_at": moment + timedelta(days=index),
                "closed_at": moment + _HOUR if is_done else None,
                "result": "done" if is_done else "",
            }
            yield self.tables["step"].line(values)

    def _recipient(self, number: int, seq: int, moment: datetime) -> str:
        values = {
            "document_id": number,
            "seq": seq,
            "name": f"Ủy ban nhân dân xã số {number % 111 + seq}",
            "way": "inside",
            "added_at": moment,
            "sent_at": moment,
        }
        return self.tables["recipient"].line(values)


_ENTRY_COLUMNS = "kind, subject_id, code, scope_ids, terms, sort_at"


def _entry_line(values: Mapping[str, Any], scope: Iterable[int]) -> str:
    """Return the row of the search as the operations leave it, made piece by piece for speed."""
    named = documents.in_words(values["number"], values["notation"])
    terms = {*_terms(values["subject"]), *_terms(values["issuer_name"])}
    terms.update(_terms(values["signer_name"]), search.terms_of("document", named, named))
    facts = documents.Facts(
        number=values["number"],
        notation=values["notation"],
        issuer=values["issuer_name"],
        kind=values["kind"],
        direction=values["direction"],
        issued_on=values["issued_on"],
        entered_on=local_day(values["registered_at"]),
        ordinal=values["ordinal"],
    )
    terms.update(search.terms_of("document", "", "", documents.marks_of(facts)))
    vector = " ".join(f"'{term}'" for term in sorted(terms))
    units = "{" + ",".join(map(str, sorted(scope))) + "}"
    moment = values["sort_at"].isoformat()
    return f"document\t{values['id']}\t{named.upper()}\t{units}\t{vector}\t{moment}\n"


@lru_cache(maxsize=60_000)
def _terms(line: str) -> tuple[str, ...]:
    return tuple(search.terms_of("document", line))


def days_of(at: datetime) -> range:
    """Return the years in which the documents lie."""
    first: date = local_day(at - YEARS)
    return range(first.year, local_day(at).year + 1)
