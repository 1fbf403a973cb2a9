"""One answer of the national catalogue service (LayThuTuc)."""

import re
from collections.abc import Iterator, Mapping

from motcua.casework.procedures.choices import Doubt, FeeKind, FilingChannel
from motcua.casework.procedures.errors import RowBroken
from motcua.casework.procedures.rules.fees import FREE, read_fee
from motcua.casework.procedures.rules.limits import bare_number, read_limit
from motcua.casework.procedures.rules.paper_table import case_name, condition_of
from motcua.casework.procedures.rules.published import (
    PublishedCase,
    PublishedChannel,
    PublishedFee,
    PublishedPaper,
    PublishedProcedure,
    PublishedSteps,
    Reason,
    Source,
    SourceForm,
)
from motcua.casework.procedures.rules.published_text import levels_of
from motcua.casework.procedures.rules.steps import read_steps
from motcua.casework.procedures.rules.wording import (
    LONGEST_FIELD,
    clean,
    one_line,
    said,
    split_code,
)

CHANNELS = {"1": FilingChannel.COUNTER, "2": FilingChannel.PORTAL, "3": FilingChannel.POST}
# The service writes the codes with an apostrophe behind them: "1'", "2'".
FEE_KINDS = {"1": FeeKind.FEE, "2": FeeKind.CHARGE}
_ONLY_FIGURES = re.compile(r"[\d.,]+")


def read_answer(row: Mapping[str, object], position: int) -> PublishedProcedure:
    """Read one procedure of an answer.

    Raises: RowBroken.
    """
    code, suffix = split_code(text(row, "MATTHC"))
    name = one_line(text(row, "TENTTHC"))
    if not name:
        raise RowBroken("Thiếu tên thủ tục (TENTTHC).")
    return PublishedProcedure(
        code=code,
        code_suffix=suffix,
        name=name,
        source=Source(SourceForm.ANSWER, position, text(row, "ID")),
        raw=raw_words(row),
        decision_number=text(row, "SOQUYETDINH"),
        levels=levels_of("\n".join(texts(row, "CAPTHUCHIEN", "TENCAP"))),
        sector="; ".join(texts(row, "LINHVUCTHUCHIEN", "TENLINHVUC")),
        subjects=texts(row, "DOITUONGTHUCHIEN", "TENDOITUONG"),
        authority="; ".join(texts(row, "COQUANCOTHAMQUYEN", "TENDONVI")),
        executing=texts(row, "COQUANTHUCHIEN", "TENDONVI"),
        receiving_address=said(text(row, "DIACHITIEPNHAN")),
        authorised="; ".join(texts(row, "COQUANDUOCUYQUYEN", "TENDONVI")),
        coordinating="; ".join(texts(row, "COQUANPHOIHOP", "TENDONVI")),
        steps=tuple(_steps(row)),
        channels=tuple(_channels(row)),
        cases=tuple(_cases(row)),
        legal_basis=tuple(
            (one_line(text(item, "SOVANBAN")), one_line(text(item, "TENVANBAN")))
            for item in items(row, "CANCUPHAPLY")
        ),
        conditions=said(text(row, "YEUCAU")),
        results=tuple(
            (one_line(text(item, "MAKETQUA")), one_line(text(item, "TENKETQUA")))
            for item in items(row, "KETQUATHUCHIEN")
        ),
        keywords=one_line(text(row, "TUKHOA")),
    )


def items(row: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """Return the objects of a list; an absent list is empty.

    Raises: RowBroken for anything else.
    """
    found = row.get(name) or []
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise RowBroken(f"Trường “{name}” không phải là danh sách.")
    return found


def text(row: Mapping[str, object], name: str) -> str:
    """Return the words of a field; a number counts as words.

    Raises: RowBroken.
    """
    words = row.get(name)
    if words is None or words == "":
        return ""
    if isinstance(words, bool) or not isinstance(words, str | int | float):
        raise RowBroken(f"Trường “{name}” không phải là chữ.")
    if len(str(words)) > LONGEST_FIELD:
        raise RowBroken(f"Trường “{name}” quá {LONGEST_FIELD} ký tự.")
    return clean(str(words))


def texts(row: Mapping[str, object], name: str, inner: str) -> tuple[str, ...]:
    found = (one_line(text(item, inner)) for item in items(row, name))
    return tuple(dict.fromkeys(words for words in found if words))


def raw_words(row: Mapping[str, object]) -> dict[str, str]:
    """Return every field that is words; lists are kept by what is read from them."""
    return {name: clean(words) for name, words in row.items() if isinstance(words, str) and words}


def _steps(row: Mapping[str, object]) -> Iterator[PublishedSteps]:
    for item in items(row, "TRINHTUTHUCHIEN"):
        case = one_line(text(item, "TRUONGHOP"))
        for read in read_steps(
            "\n".join(text(step, "TENTRINHTU") for step in items(item, "TRINHTU"))
        ):
            yield PublishedSteps(case if case and not read.case else read.case, read.steps)


def _channels(row: Mapping[str, object]) -> Iterator[PublishedChannel]:
    steps = "\n".join(step for case in _steps(row) for step in case.steps)
    for item in items(row, "CACHTHUCTHUCHIEN"):
        code = text(item, "KENH")
        for time in items(item, "THOIGIAN"):
            yield _channel(code, time, steps)


def _channel(code: str, time: Mapping[str, object], steps: str) -> PublishedChannel:
    cell = f"{text(time, 'THOIGIANGIAIQUYET')} {text(time, 'DONVITINH')}".strip()
    description = text(time, "MOTA")
    limit, doubts = read_limit(cell, description, steps)
    read = [_fee(fee) for fee in items(time, "PHILEPHI")]
    unknown = () if code in CHANNELS else (Reason(Doubt.CHANNEL_UNKNOWN, f"KENH {code}"),)
    return PublishedChannel(
        channel=CHANNELS.get(code),
        limit=limit,
        limit_number=bare_number(cell),
        limit_words=cell,
        fees=tuple(fee for fees, _ in read for fee in fees),
        description=description,
        unclear=unknown + doubts + tuple(doubt for _, found in read for doubt in found),
    )


def _fee(item: Mapping[str, object]) -> tuple[tuple[PublishedFee, ...], tuple[Reason, ...]]:
    """Read one fee; its code knows the kind better than its words."""
    amount, currency = text(item, "SOTIEN"), text(item, "DONVI")
    cell = f"{amount} {currency or 'Đồng'}" if _ONLY_FIGURES.fullmatch(amount) else amount or FREE
    fees, doubts = read_fee(cell, text(item, "MOTA"))
    kind = FEE_KINDS.get(text(item, "MAPHILEPHI").strip("'"))
    return tuple(PublishedFee(kind or f.kind, f.amount_vnd, f.words) for f in fees), doubts


def _cases(row: Mapping[str, object]) -> Iterator[PublishedCase]:
    for item in items(row, "THANHPHANHOSO"):
        papers = tuple(_paper(paper) for paper in items(item, "GIAYTO"))
        yield PublishedCase(case_name(text(item, "TRUONGHOP")), papers)


def _paper(item: Mapping[str, object]) -> PublishedPaper:
    name = text(item, "TENGIAYTO")
    form = one_line(text(item, "TENMAUDON"))
    return PublishedPaper(
        name=name,
        form_files=(form,) if form else (),
        originals=_count(item, "SOBANCHINH"),
        copies=_count(item, "SOBANSAO"),
        electronic=_count(item, "SOBANDIENTU"),
        words=name,
        condition=condition_of(name),
        code=one_line(text(item, "MAGIAYTO")),
        form_url=one_line(text(item, "URL")),
    )


def _count(item: Mapping[str, object], name: str) -> int:
    """Raises: RowBroken."""
    words = text(item, name) or "0"
    if not re.fullmatch(r"\d{1,3}", words):
        raise RowBroken(f"Số bản “{words[:20]}” ({name}) không phải là số.")
    return int(words)
