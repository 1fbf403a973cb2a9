"""A procedure as its page shows it, and the case to which a visitor's answers lead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.fees import api as fees
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import (
    Case,
    Definition,
    Doubt,
    FeeLine,
    FilingChannel,
    PaperSpec,
)
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.expressions import holds
from motcua.lib.money import in_dong

CASE = "truong-hop"
NATIONAL_PORTAL = "https://dichvucong.gov.vn/"
_TRUTHS = {"true": True, "false": False}
_FEW = 3


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One way of filing in one case: how long it takes and what it costs."""

    case: str
    channel: str
    limit: str
    fee: str


@dataclass(frozen=True, slots=True)
class Filing:
    """Where the procedure is filed on-line: here, elsewhere, or nowhere."""

    is_here: bool
    link: str
    system: str
    note: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything the page of a procedure shows, for one case if one is known."""

    definition: Definition
    case: Case | None
    is_answered: bool
    facts: Mapping[str, Any]
    query: dict[str, str]
    five: list[tuple[str, str]]
    papers: list[dict[str, str]]
    channels: list[ChannelRow]
    fees: list[dict[str, str]]
    filing: Filing
    unclear: list[str]
    outcomes: str
    no_papers: str

    @property
    def has_too_many_papers(self) -> bool:
        """Say whether the papers of all cases together would only confuse."""
        return self.case is None and len(self.papers) > _MANY


Doubts = Sequence[Mapping[str, Any]]
_LIMIT_DOUBTS = frozenset(
    {
        Doubt.LIMIT_WITHOUT_UNIT,
        Doubt.LIMIT_CONTRADICTED,
        Doubt.LIMIT_ONLY_IN_WORDS,
        Doubt.LIMIT_NOT_READ,
    }
)
_FEE_DOUBTS = procedures.FEE_DOUBTS
_LONGEST_FACT = 90
_MANY = 12


def facts_from(definition: Definition, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the answers given in the address; unknown questions and values are left out."""
    facts: dict[str, Any] = {}
    for question in definition.questions:
        value = typed.get(question.name, "")
        if value in {choice.value for choice in question.choices}:
            facts[question.name] = _as_fact(value)
    return facts


def _as_fact(value: str) -> Any:
    return int(value) if value.isdecimal() else _TRUTHS.get(value, value)


def case_for(definition: Definition, facts: Mapping[str, Any], asked: str = "") -> Case | None:
    """Return the case asked for, or the one the answers lead to; None while it is open."""
    named = next((case for case in definition.cases if case.code == asked), None)
    if named is not None:
        return named
    if len(definition.cases) == 1 or (definition.cases and facts):
        return definition.find_case(facts)
    return None


def guide_to(
    procedure_id: int, definition: Definition, typed: Mapping[str, str], doubts: Doubts = ()
) -> Guide:
    """Return the page of a procedure for what the visitor has answered so far.

    `doubts` are the points nobody has settled yet: with any of them nothing is filed here.
    """
    facts = facts_from(definition, typed)
    asked = typed.get(CASE, "")
    case = case_for(definition, facts, asked)
    return Guide(
        definition=definition,
        case=case,
        is_answered=bool(facts or (asked and case)),
        facts=facts,
        query={name: typed[name] for name in facts} | ({CASE: case.code} if case else {}),
        five=_five(procedure_id, definition, case, facts, doubts),
        papers=papers_of(definition, case, facts),
        channels=_channels(definition, case, doubts),
        fees=[_fee(line) for line in _lines_of(definition, case)],
        filing=_filing(definition, doubts),
        unclear=[_unclear(one) for one in doubts if one["doubt"]],
        outcomes=outcomes_in_words(definition),
        no_papers=_no_papers(definition, doubts),
    )


def _no_papers(definition: Definition, doubts: Doubts) -> str:
    """Return what is said where no paper is listed: nobody promises what could not be read."""
    if definition.paper_words:
        return definition.paper_words
    if any(one["doubt"] == Doubt.PAPERS_NOT_READ for one in doubts):
        return _("Chưa rõ, đang chờ xác nhận; xem nguyên lời công bố ở mục “Thành phần hồ sơ”.")
    return _("Không phải nộp giấy tờ gì ngoài tờ khai.")


def _filing(definition: Definition, doubts: Doubts) -> Filing:
    if definition.can_be_filed_online and not doubts:
        return Filing(is_here=True, link="", system="", note="")
    outside = definition.outside_link or NATIONAL_PORTAL
    if not definition.is_ours:
        system = _("hệ thống của bộ, ngành trung ương")
        return Filing(is_here=False, link=outside, system=system, note=_elsewhere(system))
    if definition.filing_mode == procedures.FilingMode.NATIONAL_ONLY:
        system = _("Cổng Dịch vụ công quốc gia")
        return Filing(is_here=False, link=outside, system=system, note=_elsewhere(system))
    return _not_here(definition, doubts, outside)


def _elsewhere(system: str) -> str:
    return _(
        "Thủ tục này do %(system)s tiếp nhận và giải quyết; trang này chỉ hướng dẫn.", system=system
    )


def _not_here(definition: Definition, doubts: Doubts, outside: str) -> Filing:
    """Say why nothing is filed here on-line, and where it is."""
    system = _("Cổng Dịch vụ công quốc gia")
    if doubts:
        note = _(
            "Chưa nộp được ở đây: bản công bố của thủ tục còn điểm chưa rõ, đang chờ cơ quan "
            "xác nhận. Mời bà con nộp tại %(system)s hoặc hỏi bộ phận một cửa.",
            system=system,
        )
    elif definition.can_be_filed:
        return Filing(
            is_here=False,
            link="",
            system="",
            note=_("Thủ tục này nộp tại bộ phận một cửa hoặc qua bưu chính, chưa nộp trực tuyến."),
        )
    else:
        note = _(
            "Cổng của tỉnh chưa mở nhận thủ tục này; trang này để bà con chuẩn bị giấy tờ. "
            "Mời bà con nộp tại %(system)s hoặc hỏi bộ phận một cửa.",
            system=system,
        )
    return Filing(is_here=False, link=outside, system=system, note=note)


def _unclear(doubt: Mapping[str, Any]) -> str:
    """Return one point that is not settled: what it is and the words as published."""
    return f"{_(Doubt(doubt['doubt']).label)}: “{_short(doubt['words'])}”"


def _short(words: str) -> str:
    told = " ".join(words.split())
    return told if len(told) <= 2 * _LONGEST_FACT else f"{told[: 2 * _LONGEST_FACT]}…"


def _five(
    procedure_id: int,
    definition: Definition,
    case: Case | None,
    facts: Mapping[str, Any],
    doubts: Doubts,
) -> list[tuple[str, str]]:
    kinds = {one["doubt"] for one in doubts}
    outcomes = outcomes_in_words(definition)
    return [
        (_("Ai làm"), _fact(", ".join(definition.subjects)) or _("Người dân, tổ chức")),
        (_("Ở đâu"), _fact(where(procedure_id, definition))),
        (
            _("Bao lâu"),
            _fact(how_long(definition, case, is_sure=not kinds & _LIMIT_DOUBTS)),
        ),
        (
            _("Bao nhiêu tiền"),
            _fact(how_much(definition, case, facts, is_sure=not kinds & _FEE_DOUBTS)),
        ),
        (_("Nhận gì"), _fact(outcomes) or _("Không có giấy tờ kết quả")),
    ]


def outcomes_in_words(definition: Definition) -> str:
    """Return what one gets, and of what there is no file."""
    told = [
        _("%(name)s (chỉ cấp bản giấy)", name=one.name) if one.on_paper_only else one.name
        for one in definition.outcomes
    ]
    return "; ".join(told)


def _fact(words: str) -> str:
    """Return the words if they fit into one of the five boxes, else where they stand."""
    return words if len(words) <= _LONGEST_FACT else _("Xem chi tiết bên dưới")


def where(procedure_id: int, definition: Definition) -> str:
    """Return which agency decides: by name if there are few."""
    if not definition.is_ours:
        return definition.decided_by or _("Cơ quan trung ương")
    if not definition.can_be_filed and definition.decided_by:
        return definition.decided_by
    tree = organisation.tree()
    names = [
        agency.name
        for agency in tree.agencies()
        if definition.agency_codes and procedures.is_competent(procedure_id, definition, agency.id)
    ]
    if 0 < len(names) <= _FEW:
        return ", ".join(names)
    if definition.level == procedures.CompetentLevel.COMMUNE:
        return _("UBND xã, phường")
    return definition.decided_by or definition.level.label


def how_long(definition: Definition, case: Case | None, *, is_sure: bool = True) -> str:
    """Return the limits of the case, or of all cases, in words."""
    cases = [case] if case else list(definition.cases)
    spoken = [
        _(calendar.in_words(limit))
        for one in cases
        for channel, limit in one.limits.items()
        if channel in {FilingChannel.PORTAL, FilingChannel.COUNTER}
    ]
    if not spoken and not is_sure:
        return _("Chưa rõ, đang chờ xác nhận")
    spoken += [one.limit_words for one in cases if not one.limits and one.limit_words]
    return _join(spoken) or _("Luật không ấn định thời hạn")


def how_much(
    definition: Definition,
    case: Case | None,
    facts: Mapping[str, Any],
    *,
    is_sure: bool = True,
) -> str:
    """Return what it costs, in words: nothing, one amount, or an amount for each piece."""
    known = definition.known(facts)
    lines = [
        line
        for line in _lines_of(definition, case)
        if fees.costs_anything(line) and (not facts or holds(line.when, known))
    ]
    if not lines and facts and any(line.when for line in definition.fees):
        return _("Không thu trong trường hợp của ông/bà")
    if not lines and not is_sure:
        return _("Chưa rõ, đang chờ xác nhận")
    if not lines:
        return definition.fee_words or _("Không thu phí, lệ phí")
    if facts and all(_is_exempt(line, known) for line in lines):
        return _("Được miễn")
    return _join(sorted({_(_amount(line)) for line in lines}, key=len))


def _is_exempt(line: FeeLine, facts: Mapping[str, Any]) -> bool:
    if line.table:
        return fees.is_free(line, facts)
    return bool(line.exempt_when) and holds(line.exempt_when, facts)


def _amount(line: FeeLine) -> str:
    return fees.amount_words(line, on=local_day(now()))


def _lines_of(definition: Definition, case: Case | None) -> list[FeeLine]:
    return [
        line
        for line in definition.fees
        if case is None or not line.cases or case.code in line.cases
    ]


def _fee(line: FeeLine) -> dict[str, str]:
    channels = ", ".join(_(channel.label) for channel in line.channels)
    notes = [
        _("Miễn, giảm: %(who)s.", who=line.exemptions) if line.exemptions else "",
        _("Không quá %(most)s.", most=in_dong(line.most_vnd)) if line.most_vnd else "",
        _("Áp dụng khi nộp: %(channels)s.", channels=channels) if channels else "",
        _("Nộp khi nộp hồ sơ.") if line.collected == "at_filing" else "",
        "" if line.is_refundable else _("Không hoàn lại khi hồ sơ bị từ chối hoặc rút."),
        _("Không hoàn lại sau khi đã kiểm tra.") if line.kept_after else "",
        line.basis,
    ]
    return {
        "name": line.name,
        "kind": "" if line.kind.label in line.name else line.kind.label,
        "amount": _amount(line),
        "note": " ".join(note for note in notes if note),
    }


def _channels(definition: Definition, case: Case | None, doubts: Doubts) -> list[ChannelRow]:
    cases = [case] if case else definition.cases
    return [
        ChannelRow(
            case=one.name,
            channel=channel.label,
            limit=calendar.in_words(limit) if limit else _unlimited(one, doubts),
            fee=_fee_on(definition, one, channel),
        )
        for one in cases
        for channel, limit in one.ways()
    ]


def _unlimited(case: Case, doubts: Doubts) -> str:
    """Return what is said where no limit could be read: its words, or that the law sets none."""
    if any(one["doubt"] in _LIMIT_DOUBTS for one in doubts):
        return _("Chưa rõ: %(words)s", words=case.limit_words or _("xem lời công bố"))
    return case.limit_words or _("Luật không ấn định")


def _fee_on(definition: Definition, case: Case, channel: FilingChannel) -> str:
    lines = [
        line
        for line in _lines_of(definition, case)
        if fees.costs_anything(line) and (not line.channels or channel in line.channels)
    ]
    if not lines:
        return definition.fee_words or _("Không thu")
    return "; ".join(f"{line.name}: {_(_amount(line))}" for line in lines)


def papers_of(
    definition: Definition, case: Case | None, facts: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Return the papers as a checklist: what each is for, and whether this visitor needs it."""
    listed = definition.papers_for(case.code) if case else list(definition.papers)
    return [_paper(paper, facts) for paper in listed if not _is_needless(paper, facts)]


def _is_needless(paper: PaperSpec, facts: Mapping[str, Any]) -> bool:
    """Say whether the answers already tell that the paper is not asked for."""
    return bool(facts) and _is_conditional(paper) and not holds(paper.required_when, facts)


def _is_conditional(paper: PaperSpec) -> bool:
    return paper.required_when not in {"true", "false"}


def _paper(paper: PaperSpec, facts: Mapping[str, Any]) -> dict[str, str]:
    word, tone = paper.handling.label, "info"
    if paper.replaced_by_data:
        word, tone = _("Thay bằng dữ liệu"), "ok"
    elif paper.required_when == "false":
        word, tone = _("Nếu có"), "neutral"
    elif _is_conditional(paper) and not facts:
        word, tone = _("Tùy trường hợp"), "neutral"
    link = paper.form_file if paper.form_file.startswith("https://") else ""
    return {
        "name": paper.name,
        "note": ". ".join(note for note in _paper_notes(paper) if note),
        "form": link,
        "word": word,
        "tone": tone,
    }


def _paper_notes(paper: PaperSpec) -> Iterable[str]:
    counts = []
    if paper.originals:
        counts.append(_("%(count)s bản chính", count=paper.originals))
    if paper.copies:
        counts.append(_("%(count)s bản sao", count=paper.copies))
    yield ", ".join(counts)
    yield paper.note.rstrip(".")
    if paper.must_be_signed:
        yield _("Nộp trực tuyến thì tệp phải có chữ ký số")
    if paper.replaced_by_data:
        yield _("Thay bằng dữ liệu: %(source)s", source=paper.replaced_by_data)
    if paper.form_file and not paper.form_file.startswith("https://"):
        yield _("Mẫu: %(form)s", form=paper.form_file)


def _join(spoken: Iterable[str]) -> str:
    told = _(" hoặc ").join(dict.fromkeys(spoken))
    return told[:1].upper() + told[1:]
