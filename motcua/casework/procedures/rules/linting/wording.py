"""What the linter says about limits, law and what a text leaves unsaid."""

import re
from collections.abc import Iterator

from motcua.casework.procedures.choices import Doubt, FilingChannel, LintRule
from motcua.casework.procedures.rules.definition import Case, Definition
from motcua.foundation.calendar.api import Limit, LimitUnit

from .findings import Finding, Surroundings, Weight, plainly, quote
from .registers import ENDED

_LIMIT_DOUBTS = {
    Doubt.LIMIT_WITHOUT_UNIT,
    Doubt.LIMIT_CONTRADICTED,
    Doubt.LIMIT_ONLY_IN_WORDS,
    Doubt.LIMIT_NOT_READ,
}
_NO_NUMBER = re.compile(r"^(?:không ghi số hiệu)?$")
_ACTORS = """
ban quản lý, bên, bệnh viện, bộ phận, bộ trưởng, bộ, cá nhân, cán bộ, cha, chi cục, chi nhánh,
chủ đầu tư, chủ đơn, chủ sở hữu, chủ tàu, chủ tịch, cơ quan, cơ sở, công an, công chức, công
dân, công ty, cục, doanh nghiệp, đội, đối tượng, đơn vị, giám đốc, hải quan, hệ thống, học viên,
hộ kinh doanh, hội đồng, hợp tác xã, kho bạc, mẹ, ngân hàng, người, nộp hồ sơ, phòng, quỹ, sinh
viên, sở, thân nhân, thí sinh, thuế, thủ trưởng, thương nhân, thuyền trưởng, toà án, tòa án, tổ
chức, tổng cục, trạm, trung tâm, trường, ubnd, uỷ ban, ủy ban, văn phòng, viện, vụ
"""
_ACTOR = re.compile(rf"\b(?:{'|'.join(' '.join(_ACTORS.split()).split(', '))})\b")
_STEP = re.compile(r"^bước\W*\d")
_SHORTEST_STEP = 25
_CALENDAR_DAYS = {
    LimitUnit.WORKING_DAY: 7 / 5,
    LimitUnit.WORKING_HOUR: 7 / 5 / 8,
    LimitUnit.HALF_DAY: 7 / 10,
    LimitUnit.MONTH: 30.0,
    LimitUnit.SAME_DAY: 0.5,
}


def of_limits(definition: Definition, around: Surroundings) -> Iterator[Finding]:
    """Yield limits that cannot be counted with."""
    doubts = [one for one in around.doubts if one.get("doubt") in _LIMIT_DOUBTS]
    for doubt in doubts:
        yield Finding(
            LintRule.UNCLEAR_LIMIT,
            Weight.FAULT,
            "Thời hạn",
            quote(str(doubt.get("words", ""))),
            f"{Doubt(doubt['doubt']).label}: ghi số và đơn vị theo văn bản gốc.",
        )
    for case in definition.cases:
        if not case.limits and not doubts:
            yield _without_limit(case)
    if len(definition.cases) == 1 or definition.process is not None:
        for case in definition.cases:
            yield from _longer_online(case)


def _without_limit(case: Case) -> Finding:
    return Finding(
        LintRule.UNCLEAR_LIMIT,
        Weight.FAULT if case.limit_words else Weight.LOOK,
        f"Trường hợp {case.code}",
        quote(case.limit_words or case.name),
        "Không cách nộp nào có thời hạn: ghi thời hạn, hoặc nêu vì sao pháp luật không đặt ra.",
    )


def _longer_online(case: Case) -> Iterator[Finding]:
    desk, online = case.limits.get(FilingChannel.COUNTER), case.limits.get(FilingChannel.PORTAL)
    if desk and online and _days(online) > _days(desk):
        yield Finding(
            LintRule.UNCLEAR_LIMIT,
            Weight.LOOK,
            f"Trường hợp {case.code}",
            f"trực tuyến {_told(online)}, trực tiếp {_told(desk)}",
            "Nộp trực tuyến mà lâu hơn tại quầy: xem lại, người dân sẽ không chọn trực tuyến.",
        )


def _told(limit: Limit) -> str:
    return f"{limit.amount} {limit.unit.label}"


def _days(limit: Limit) -> float:
    """Return roughly how many calendar days the limit is, to compare."""
    return limit.amount * _CALENDAR_DAYS.get(limit.unit, 1.0)


def of_law(definition: Definition, around: Surroundings) -> Iterator[Finding]:
    """Yield what stands on no text of law, or on one that has ended."""
    numbered = [one for one in definition.legal_basis if not _NO_NUMBER.match(plainly(one.number))]
    if not definition.legal_basis:
        yield Finding(
            LintRule.NO_LEGAL_BASIS,
            Weight.FAULT,
            "Căn cứ pháp lý",
            "(để trống)",
            "Nêu điều, khoản của văn bản đặt ra thủ tục.",
        )
    elif not numbered:
        yield Finding(
            LintRule.NO_LEGAL_BASIS,
            Weight.LOOK,
            "Căn cứ pháp lý",
            quote(definition.legal_basis[0].title),
            "Ghi số hiệu văn bản.",
        )
    for one in numbered:
        for ended in ENDED:
            if one.number == ended.number and around.day >= ended.since:
                yield Finding(
                    LintRule.BASIS_ENDED,
                    Weight.FAULT,
                    "Căn cứ pháp lý",
                    quote(f"{one.number} {one.title}"),
                    f"Đã hết hiệu lực từ {ended.since:%d/%m/%Y}; xem {ended.successor}.",
                )
    for line in definition.fees:
        if line.amount_vnd and not line.basis and not line.table:
            yield Finding(
                LintRule.NO_LEGAL_BASIS,
                Weight.LOOK,
                f"Mức thu {line.code}",
                quote(f"{line.name}: {line.amount_vnd:,} đồng".replace(",", ".")),
                "Nêu văn bản quy định mức thu.",
            )


def of_what_is_missing(definition: Definition) -> Iterator[Finding]:
    """Yield the parts without which a procedure is not complete (63/2010/NĐ-CP, Article 8)."""
    parts = (
        ("Trình tự thực hiện", bool(definition.how) or definition.process is not None),
        ("Cách thức thực hiện", bool(definition.cases)),
        ("Thành phần hồ sơ", bool(definition.papers or definition.paper_words or definition.form)),
        ("Đối tượng thực hiện", bool(definition.subjects)),
        ("Kết quả", bool(definition.outcomes)),
    )
    for name, is_there in parts:
        if not is_there:
            yield Finding(
                LintRule.PART_MISSING,
                Weight.FAULT,
                name,
                "(để trống)",
                "Bộ phận tạo thành bắt buộc của thủ tục: bổ sung trước khi công khai.",
            )


def of_steps_told(definition: Definition) -> Iterator[Finding]:
    """Yield the steps of the told order that name nobody who does them."""
    if definition.process is not None:
        return
    for place, words in enumerate(definition.how, start=1):
        told = plainly(words)
        if _STEP.match(told) and len(told) >= _SHORTEST_STEP and not _ACTOR.search(told):
            yield Finding(
                LintRule.STEP_WITHOUT_OWNER,
                Weight.LOOK,
                f"Trình tự, đoạn {place}",
                quote(words),
                "Nêu ai làm bước này.",
            )
