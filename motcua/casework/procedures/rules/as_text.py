"""From a published procedure to the structured text that an administrator goes on editing."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from motcua.casework.procedures.choices import (
    CompetentLevel,
    FilingChannel,
    FilingMode,
    ServiceLevel,
)
from motcua.casework.procedures.rules.definition import PROVINCE_SYSTEM
from motcua.casework.procedures.rules.published import (
    Level,
    PublishedCase,
    PublishedChannel,
    PublishedFee,
    PublishedPaper,
    PublishedProcedure,
    Reason,
)
from motcua.casework.procedures.rules.wording import one_line

Data = dict[str, Any]
NO_SECTOR = "Lĩnh vực khác"
NO_NUMBER = "Không ghi số hiệu"
MINISTRY_SYSTEM = "ministry"
FEE_OR_CHARGE = "Phí, lệ phí"
LONGEST_NAME = 1200
LONGEST_CASE_NAME = 300
WIDTH = 110

# Headings that sort papers instead of naming a case.
_SORTING = re.compile(
    r"lưu ý|xuất trình|phải nộp|thành phần hồ sơ|hồ sơ (?:bao )?gồm", re.IGNORECASE
)
_NAMES_A_CASE = re.compile(r"trường hợp|đối với|cấp (?:mới|lại|đổi)|gia hạn", re.IGNORECASE)
_BARE_AMOUNT = re.compile(r"^[\d.,]+ *(?:việt nam đồng|vnđ|đồng) *", re.IGNORECASE)
_SHOWN = re.compile(r"xuất trình", re.IGNORECASE)
_COMMUNE, _PROVINCE = (
    re.compile(r"cấp xã|xã, phường", re.IGNORECASE),
    re.compile(r"cấp tỉnh|\bsở\b|công an tỉnh", re.IGNORECASE),
)


def code_of(published: PublishedProcedure) -> str:
    """Return the code under which the procedure is kept: an agency's own stays apart."""
    return ".".join(filter(None, [published.code, published.code_suffix]))


def as_text(data: Data) -> str:
    """Write a definition's data as the text that people edit."""
    return yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=WIDTH,
    )


def as_data(published: PublishedProcedure) -> Data:
    """Return the data of a definition: what became fields, and the words of what did not.

    It has neither form nor process: until a person adds them nothing can be filed. How far the
    service is on-line is not published; here it is information until somebody opens it.
    """
    level = level_of(published)
    is_ours = level != CompetentLevel.CENTRAL
    cases = list(_cases(published))
    data: Data = {
        "code": code_of(published),
        "name": published.name[:LONGEST_NAME],
        "sector_name": published.sector[:LONGEST_CASE_NAME] or NO_SECTOR,
        "level": str(level),
        "decided_by": published.authority or "; ".join(published.executing),
        "announced_by": published.decision_number,
        "processing_system": PROVINCE_SYSTEM if is_ours else MINISTRY_SYSTEM,
        "outside_link": published.source.ref if published.source.ref.startswith("https://") else "",
        "service_level": str(ServiceLevel.INFORMATION),
        "filing_mode": str(FilingMode.BOTH if is_ours else FilingMode.NATIONAL_ONLY),
        "subjects": list(published.subjects),
        "keywords": [word.strip() for word in published.keywords.split(",") if word.strip()],
        "how": list(_how(published)),
        "cases": cases,
        "fees": list(_fees(published)),
        "fee_words": "\n".join(_fee_words(published)),
        "papers": list(_papers(published)),
        "paper_words": "\n".join(_paper_words(published)),
        "conditions": published.conditions,
        "outcomes": list(_outcomes(published)),
        "legal_basis": [
            {"number": number or NO_NUMBER, "title": title}
            for number, title in published.legal_basis
        ],
    }
    return {name: value for name, value in data.items() if value not in ("", [])}


def doubts_of(published: PublishedProcedure) -> list[Data]:
    """Return every doubt once, with the channels and the cases of the definition it concerns.

    Shape: [{"doubt": str, "words": str, "hint": str, "channels": [str], "cases": [str]}]; no case
    means all of them.
    """
    found: dict[tuple[Reason, str], list[str]] = {(reason, ""): [] for reason in published.unclear}
    by_case = rows_by_case(published)
    several = len(by_case) > 1
    for place, rows in enumerate(by_case, start=1):
        for row in rows:
            for reason in row.unclear:
                key = (reason, f"th-{place}" if several else "")
                found.setdefault(key, []).append(str(row.channel))
    for row in published.channels:
        if row.channel is None:
            found |= {(reason, ""): [] for reason in row.unclear}
    return [
        {
            "doubt": str(reason.doubt),
            "words": reason.words,
            "hint": reason.hint,
            "channels": list(dict.fromkeys(channels)),
            "cases": [case] if case else [],
        }
        for (reason, case), channels in found.items()
    ]


def level_of(published: PublishedProcedure) -> CompetentLevel:
    """Return the level nearest to the people; a list names only agencies, which tell it too."""
    if Level.COMMUNE in published.levels:
        return CompetentLevel.COMMUNE
    if Level.PROVINCE in published.levels:
        return CompetentLevel.PROVINCE
    agencies = "; ".join(published.executing)
    if not published.levels and _COMMUNE.search(agencies):
        return CompetentLevel.COMMUNE
    if not published.levels and _PROVINCE.search(agencies):
        return CompetentLevel.PROVINCE
    return CompetentLevel.CENTRAL


class _Dumper(yaml.CSafeDumper):
    """Long words as blocks, so that their lines stay readable."""


def _block(dumper: _Dumper, words: str) -> yaml.ScalarNode:
    style = "|" if "\n" in words else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)


_Dumper.add_representer(str, _block)


def _how(published: PublishedProcedure) -> Iterator[str]:
    for case in published.steps:
        if case.case:
            yield case.case
        yield from case.steps


def rows_by_case(published: PublishedProcedure) -> list[list[PublishedChannel]]:
    """Return the rows of each case: the first rows of all channels, then the second, and so on."""
    cases: list[list[PublishedChannel]] = []
    for channel in FilingChannel:
        rows = (row for row in published.channels if row.channel == channel)
        for place, row in enumerate(rows):
            if place == len(cases):
                cases.append([])
            cases[place].append(row)
    return cases


def _cases(published: PublishedProcedure) -> Iterator[Data]:
    """Give the cases: of the limits if they differ within a channel, else of the papers."""
    by_row = rows_by_case(published)
    codes = _paper_cases(published)
    if len(by_row) > 1:
        for place, rows in enumerate(by_row, start=1):
            words = next((row.description for row in rows if row.description), "")
            name = one_line(words.split("\n")[0]) or f"Trường hợp {place}"
            yield _case(f"th-{place}", name, rows)
    elif codes:
        for name, code in codes.items():
            yield _case(code, name, by_row[0] if by_row else [])
    elif by_row:
        yield _case("chung", "Trường hợp chung", by_row[0])


def _case(code: str, name: str, rows: list[PublishedChannel]) -> Data:
    words = dict.fromkeys(words for row in rows if (words := _limit_words(row)))
    limits = {str(row.channel): f"{row.limit.amount} {row.limit.unit}" for row in rows if row.limit}
    unlimited = [str(row.channel) for row in rows if row.channel and str(row.channel) not in limits]
    return {
        "code": code,
        "name": name[:LONGEST_CASE_NAME],
        "limits": limits,
        **({"unlimited": list(dict.fromkeys(unlimited))} if unlimited else {}),
        **({"limit_words": "\n".join(words)} if words else {}),
    }


def _limit_words(row: PublishedChannel) -> str:
    """Return what the row says beside its limit: the cell too, if it did not become one."""
    return "\n".join(filter(None, ["" if row.limit else row.limit_words, row.description]))


def names_a_case(heading: str) -> bool:
    """Say whether a heading names a case; “Giấy tờ phải nộp” only sorts the papers."""
    if _NAMES_A_CASE.search(heading):
        return True
    return bool(heading) and not _SORTING.search(heading)


def _fees(published: PublishedProcedure) -> Iterator[Data]:
    """Give each amount once, with the channels in which it is asked."""
    channels: dict[tuple[PublishedFee, str], list[str]] = {}
    several = len(by_case := rows_by_case(published)) > 1
    for place, rows in enumerate(by_case, start=1):
        for row in rows:
            for fee in filter(lambda fee: fee.amount_vnd, row.fees):
                channels.setdefault((fee, f"th-{place}" if several else ""), []).append(
                    str(row.channel)
                )
    for place, ((fee, case), asked) in enumerate(channels.items(), start=1):
        yield {
            "code": f"phi-{place}",
            "name": str(fee.kind.label) if fee.kind else FEE_OR_CHARGE,
            **({"kind": str(fee.kind)} if fee.kind else {}),
            "amount_vnd": fee.amount_vnd,
            "channels": list(dict.fromkeys(asked)),
            **({"cases": [case]} if case else {}),
            **({"basis": said} if (said := _said_of_fee(fee.words)) else {}),
        }


def _said_of_fee(told: str) -> str:
    """Return what the source says beside the amount itself: for whom, by which text."""
    said = _BARE_AMOUNT.sub("", one_line(told))
    return said[1:-1] if said.startswith("(") and said.endswith(")") else said


def _fee_words(published: PublishedProcedure) -> Iterator[str]:
    """Give the words of fees without an amount, each once."""
    fees = (fee for row in published.channels for fee in row.fees)
    yield from dict.fromkeys(fee.words for fee in fees if fee.amount_vnd is None)


def _papers(published: PublishedProcedure) -> Iterator[Data]:
    number = 0
    codes = _paper_cases(published)
    for case in published.cases:
        for paper in case.papers:
            if paper.name and not paper.is_remark:
                number += 1
                yield _paper(f"gt-{number}", case, paper, codes)


def _paper(code: str, case: PublishedCase, paper: PublishedPaper, codes: Mapping[str, str]) -> Data:
    note = [paper.code, paper.condition, case.name if case.name not in codes else ""]
    return {
        "code": code,
        "name": paper.name,
        "originals": paper.originals,
        "copies": paper.copies,
        **({"handling": "show"} if _SHOWN.search(case.name) else {}),
        **({"required": False} if paper.condition else {}),
        **({"form_file": "; ".join(paper.form_files)} if paper.form_files else {}),
        **({"note": "; ".join(filter(None, note))} if any(note) else {}),
        **({"cases": [codes[case.name]]} if case.name in codes else {}),
    }


def _paper_cases(published: PublishedProcedure) -> dict[str, str]:
    """Return the code of each case that papers belong to, where the papers make the cases."""
    names = [case.name for case in published.cases if names_a_case(case.name)]
    if len(rows_by_case(published)) > 1 or len(set(names)) == 1:
        return {}
    return {name: f"th-{place}" for place, name in enumerate(dict.fromkeys(names), start=1)}


def _paper_words(published: PublishedProcedure) -> Iterator[str]:
    for case in published.cases:
        for paper in case.papers:
            if paper.name and paper.is_remark:
                yield paper.name


def _outcomes(published: PublishedProcedure) -> Iterator[Data]:
    for place, (code, name) in enumerate(published.results, start=1):
        yield {
            "code": f"kq-{place}",
            "name": name or code,
            **({"result_code": code} if code else {}),
        }
