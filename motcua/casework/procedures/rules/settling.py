"""A person settles what an imported text left unclear: one doubt, one answer, one change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from motcua.casework.procedures.choices import Doubt, FilingChannel
from motcua.casework.procedures.rules.as_text import LONGEST_CASE_NAME, Data
from motcua.casework.procedures.rules.wording import one_line
from motcua.foundation.calendar.api import LimitUnit
from motcua.lib.errors import BadInput

FEE_DOUBTS = frozenset({Doubt.FEE_BELOW_1000})
PAPER_DOUBTS = frozenset({Doubt.PAPERS_NOT_READ})
MOST_UNITS = 9999


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person says: a limit, an amount, papers, or that the words stay as they are."""

    keeps_words: bool = False
    amount: int = 0
    unit: LimitUnit | None = None
    amount_vnd: int = 0
    papers: Sequence[str] = ()
    channels: Sequence[FilingChannel] = field(default=())


def key_of(doubt: Mapping[str, Any]) -> str:
    """Return a short name of the doubt that two people looking at it share."""
    told = "|".join([doubt["doubt"], doubt["words"], *doubt.get("cases", [])])
    return sha256(told.encode()).hexdigest()[:12]


def settled(data: Data, doubt: Mapping[str, Any], answer: Settlement) -> Data:
    """Return the data of the definition with the person's answer in it.

    Where the words stay, they are shown to the citizen as they were published and no field is
    made of them. Raises: BadInput for an answer that says nothing.
    Source: docs/law/procedure-catalogue.md
    """
    kind = Doubt(doubt["doubt"])
    if kind in PAPER_DOUBTS:
        return _with_papers(data, doubt, answer)
    if answer.keeps_words:
        return dict(data)
    if kind in FEE_DOUBTS:
        return _with_fee(data, doubt, answer)
    return _with_limit(data, doubt, answer)


def _with_limit(data: Data, doubt: Mapping[str, Any], answer: Settlement) -> Data:
    if answer.unit is None:
        raise BadInput("Hãy chọn đơn vị của thời hạn.", field="unit")
    needs_amount = answer.unit != LimitUnit.SAME_DAY
    if needs_amount and not 0 < answer.amount <= MOST_UNITS:
        raise BadInput("Hãy ghi số của thời hạn, từ 1 trở lên.", field="amount")
    limit = f"{answer.amount} {answer.unit}" if needs_amount else str(answer.unit)
    channels = [str(one) for one in answer.channels] or doubt.get("channels", [])
    if not channels:
        raise BadInput("Hãy chọn cách nộp mà thời hạn này áp dụng.", field="channels")
    only = doubt.get("cases", [])
    cases = [
        {**case, "limits": {**case.get("limits", {}), **dict.fromkeys(channels, limit)}}
        if not only or case["code"] in only
        else case
        for case in data.get("cases") or [_whole()]
    ]
    return {**data, "cases": cases}


def _whole() -> Data:
    return {"code": "chung", "name": "Trường hợp chung", "limits": {}}


def _with_fee(data: Data, doubt: Mapping[str, Any], answer: Settlement) -> Data:
    if answer.amount_vnd <= 0:
        raise BadInput("Hãy ghi số tiền, hoặc chọn giữ nguyên lời.", field="amount_vnd")
    fees = list(data.get("fees", []))
    fee: Data = {
        "code": _free_code("phi", (one["code"] for one in fees)),
        "name": one_line(doubt["words"])[:LONGEST_CASE_NAME],
        "amount_vnd": answer.amount_vnd,
        "channels": list(doubt.get("channels", [])),
    }
    if doubt.get("cases"):
        fee["cases"] = list(doubt["cases"])
    left = str(data.get("fee_words", "")).replace(doubt["words"], "").strip()
    return {**data, "fees": [*fees, fee], "fee_words": left}


def _with_papers(data: Data, doubt: Mapping[str, Any], answer: Settlement) -> Data:
    if answer.keeps_words:
        told = str(data.get("paper_words", ""))
        return {**data, "paper_words": "\n".join(filter(None, [told, doubt["words"]]))}
    names = [name for name in map(one_line, answer.papers) if name]
    if not names:
        raise BadInput("Hãy ghi mỗi giấy tờ một dòng, hoặc chọn giữ nguyên lời.", field="papers")
    papers = list(data.get("papers", []))
    for name in names:
        code = _free_code("gt", (one["code"] for one in papers))
        papers.append({"code": code, "name": name, "originals": 1})
    return {**data, "papers": papers}


def _free_code(start: str, taken: Iterator[str]) -> str:
    known = set(taken)
    number = 1
    while f"{start}-{number}" in known:
        number += 1
    return f"{start}-{number}"
