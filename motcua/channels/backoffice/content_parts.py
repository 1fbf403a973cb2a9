"""The lists of a version as pages show them: their words, and one line for each entry."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from motcua.casework.fees import api as fees
from motcua.casework.forms.api import FieldKind
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.words import number as in_digits
from motcua.foundation.calendar.api import WaitingRule
from motcua.lib.money import in_dong

from .content_offers import question_words, reminder_words, renewal_words
from .forms.content import limit_words

Entry = Mapping[str, Any]
Entries = Sequence[Entry]


class Part(NamedTuple):
    """One list of a version: its address, its words, what a new entry begins with.

    Of what `is_single` there is one entry at most.
    """

    slug: str
    title: str
    one: str
    none: str
    usual: Entry
    is_single: bool = False


PARTS: Mapping[str, Part] = {
    "cases": Part(
        "truong-hop",
        "Trường hợp và thời hạn",
        "trường hợp",
        "Chưa có trường hợp nào: chưa nơi nào nhận được hồ sơ.",
        {},
    ),
    "questions": Part(
        "cau-hoi",
        "Câu hỏi chọn trường hợp",
        "câu hỏi",
        "Không hỏi câu nào: người dân chọn trường hợp trong danh sách.",
        {},
    ),
    "papers": Part(
        "giay-to",
        "Giấy tờ",
        "giấy tờ",
        "Không đòi giấy tờ nào ngoài tờ khai.",
        {"handling": "hand_in", "required": True, "originals": 1},
    ),
    "fees": Part("khoan-thu", "Phí, lệ phí", "khoản thu", "Không thu tiền.", {"kind": "charge"}),
    "outcomes": Part("ket-qua", "Kết quả", "kết quả", "Chưa ghi kết quả nào.", {}),
    "renewals": Part(
        "gia-han",
        "Gia hạn kết quả",
        "cách gia hạn",
        "Không kết quả nào gia hạn được từ hồ sơ cũ.",
        {"days_before": 30},
    ),
    "derived": Part(
        "dieu-suy-ra",
        "Điều suy ra từ tờ khai",
        "điều suy ra",
        "Không có: điều kiện chỉ dựa vào câu trả lời.",
        {},
    ),
    "waiting": Part(
        "thoi-gian-cho",
        "Thời hạn khi hồ sơ chờ",
        "quy định khi chờ",
        "Theo lệ thường: chờ thì tạm dừng thời hạn; yêu cầu bổ sung trong 3 ngày làm việc.",
        {"rule": "pause"},
    ),
    "councils": Part(
        "hoi-dong",
        "Hội đồng",
        "hội đồng",
        "Không ghi hội đồng nào. Bước loại “Hội đồng” cần ghi ai họp, biên bản hỏi gì.",
        {},
    ),
    "findings": Part(
        "thuc-dia",
        "Ghi nhận khi đi thực địa",
        "điều ghi nhận",
        "Không ghi danh mục nào: khi đi thực địa cán bộ chỉ ghi biên bản bằng lời.",
        {"kind": "yes_no", "required": True},
    ),
    "postings": Part(
        "niem-yet",
        "Niêm yết công khai",
        "nội dung niêm yết",
        "Không niêm yết gì. Bước loại “Niêm yết công khai” cần ghi niêm yết điều gì.",
        {},
    ),
    "slip": Part(
        "phieu-chuyen",
        "Phiếu chuyển thông tin cho cơ quan khác",
        "phiếu chuyển thông tin",
        "Không có phiếu nào: không phải báo cho cơ quan khác (như thuế) để tính tiền.",
        {},
        is_single=True,
    ),
    "reminder": Part(
        "nhac-truoc",
        "Nhắc trước người sắp đủ tuổi",
        "lời nhắc trước",
        "Không nhắc ai trước khi họ hỏi.",
        {"days_before": 30},
        is_single=True,
    ),
}
BY_SLUG = {part.slug: key for key, part in PARTS.items()}


class Kept(NamedTuple):
    """How a list is kept that is more than one part of the text, or a part of another shape."""

    keys: tuple[str, ...]
    read: Callable[[Entry], Entries]
    write: Callable[[Entries, Entry], Entry]


KEPT: Mapping[str, Kept] = {
    "councils": Kept(procedures.COUNCIL_PARTS, procedures.councils_in, procedures.kept_councils),
    "findings": Kept(procedures.COUNCIL_PARTS, procedures.findings_in, procedures.kept_findings),
    "slip": Kept(("slip",), procedures.slips_in, procedures.kept_slips),
    "renewals": Kept(("outcomes",), procedures.renewals_in, procedures.kept_renewals),
}


def keys_of(key: str) -> tuple[str, ...]:
    """Return the parts of the text that a list is kept in."""
    return KEPT[key].keys if key in KEPT else (key,)


def entries_of(key: str, data: Entry) -> Entries:
    """Return the entries of a list. Raises: BadDefinition for what pages cannot show."""
    return KEPT[key].read(data) if key in KEPT else procedures.entries_of(key, data.get(key))


def changed(key: str, data: Entry, change: Callable[[Entries], Entries]) -> Entry:
    """Return the parts of the text with a list changed. Raises: BadDefinition, DraftMoved."""
    entries = change(entries_of(key, data))
    if key in KEPT:
        return KEPT[key].write(entries, data)
    return {key: procedures.kept_of(key, entries)}


def rows_of(key: str, data: Entry) -> list[tuple[str, str, str]]:
    """Return of each entry its code, its name and what else matters."""
    steps = steps_called(data)
    return [
        (str(one.get("code", "")), name_of(key, one), TOLD[key]({**one, AT: step_of(one, steps)}))
        for one in entries_of(key, data)
    ]


AT = "at"  # what the step of an entry is called, beside what the entry says


def steps_called(data: Entry) -> dict[str, str]:
    """Return the names of the steps by their codes, as far as they can be read."""
    steps = data.get("process")
    listed = steps if isinstance(steps, list) else []
    told = [one for one in listed if isinstance(one, Mapping)]
    return {str(one.get("code")): str(one.get("name") or one.get("code")) for one in told}


def step_of(one: Entry, steps: Mapping[str, str]) -> str:
    code = str(one.get("step") or one.get("code", ""))
    return f"bước {steps.get(code, code)}"


def name_of(key: str, one: Entry) -> str:
    """Return what an entry is called on pages."""
    if key == "waiting":
        return GROUNDS.get(str(one.get("code")), str(one.get("code")))
    return str(one.get(CALLED.get(key, "name"), ""))


CALLED = {
    "findings": "label",
    "postings": "title",
    "questions": "text",
    "reminder": "title",
    "slip": "title",
}
GROUNDS = {str(one): str(one.label).capitalize() for one in procedures.Ground}


def case_words(one: Entry) -> str:
    """Return the limits of a case."""
    limits = one.get("limits")
    known = limits if isinstance(limits, Mapping) else {}
    told = [f"{channel.label}: {limit_words(known[channel])}" for channel in known_in(known)]
    return "; ".join([*told, *condition_words(one, "when")])


def known_in(limits: Entry) -> list[procedures.FilingChannel]:
    return [one for one in procedures.FilingChannel if str(one) in limits]


def paper_words(one: Entry) -> str:
    """Return what becomes of a paper."""
    told = [f"{in_digits(one[key])} {words}" for key, words in COUNTS if one.get(key)]
    if one.get("replaced_by_data"):
        told.append(f"thay bằng {one['replaced_by_data']}")
    required = one.get("required", True)
    if required in (False, "false"):
        told.append("không bắt buộc")
    elif isinstance(required, str) and required != "true":
        told.append(f"khi {required}")
    return "; ".join(told)


COUNTS = (("originals", "bản chính"), ("copies", "bản sao"))


def fee_words(one: Entry) -> str:
    """Return how much a fee is."""
    amount = one.get("amount_vnd")
    table = fees.name_of_table(str(one.get("table", "–")))
    much = in_dong(amount) if isinstance(amount, int) else f"theo bảng “{table}”"
    return "; ".join([much, *condition_words(one, "when")])


def outcome_words(one: Entry) -> str:
    """Return when there is a result and how long it holds."""
    months = one.get("validity_months")
    told = [f"hiệu lực {months} tháng"] if months else []
    return "; ".join([*told, *condition_words(one, "when")])


def condition_words(one: Entry, key: str) -> list[str]:
    return [f"khi {one[key]}"] if one.get(key) else []


def derived_words(one: Entry) -> str:
    """Return how a fact follows, and what officers are told of it."""
    flag = [f"nhắc: {one['flag']}"] if one.get("flag") else []
    return "; ".join([str(one.get("value", "")), *flag])


def waiting_words(one: Entry) -> str:
    """Return what waiting does to the limit."""
    rule = dict(WaitingRule.choices).get(str(one.get("rule")), str(one.get("rule", "")))
    told = [str(rule)]
    if one.get("reset_to"):
        told.append(limit_words(one["reset_to"]))
    if one.get("window"):
        told.append(f"được yêu cầu trong {limit_words(one['window'])}")
    return "; ".join(told)


def council_words(one: Entry) -> str:
    """Return who sits in a council, how many must be there, what they vote on."""
    members = one.get("members") or ()
    told = [str(one[AT]), f"{len(members)} thành viên"]
    if one.get("quorum"):
        told.append(f"có mặt ít nhất {one['quorum']} %")
    if one.get("vote_on"):
        told.append(f"biểu quyết về {one['vote_on']}")
    if one.get("both_parties"):
        told.append("các bên đều có mặt")
    return "; ".join(told)


def finding_words(one: Entry) -> str:
    """Return at which step something is found, how it is written down, when it must be."""
    kind = str(one.get("kind", "text"))
    known = {str(kind): kind.words for kind in FieldKind}
    told = [str(one[AT]), known.get(kind, kind).lower()]
    low, high = one.get("minimum"), one.get("maximum")
    told += [f"từ {in_digits(low)}"] if isinstance(low, int) else []
    told += [f"đến {in_digits(high)}"] if isinstance(high, int) else []
    options = [one for one in one.get("options") or () if isinstance(one, Mapping)]
    told += [", ".join(str(one.get("label")) for one in options)] if options else []
    required = one.get("required", True)
    if required in (False, "false"):
        told.append("không bắt buộc")
    elif isinstance(required, str) and required != "true":
        told.append(f"bắt buộc khi {required}")
    return "; ".join(told)


def posting_words(one: Entry) -> str:
    """Return at which step something is posted, and where."""
    places = [f"dán tại {one['places']}"] if one.get("places") else []
    return "; ".join([str(one[AT]), *places])


def slip_words(one: Entry) -> str:
    """Return to whom a slip goes, in which step, of how many parts."""
    form = [str(one["form"])] if one.get("form") else []
    blocks = f"{len(one.get('blocks') or ())} phần"
    return "; ".join([f"gửi {one.get('to', '–')}", str(one[AT]), *form, blocks])


TOLD = {
    "cases": case_words,
    "papers": paper_words,
    "fees": fee_words,
    "outcomes": outcome_words,
    "derived": derived_words,
    "waiting": waiting_words,
    "councils": council_words,
    "findings": finding_words,
    "postings": posting_words,
    "slip": slip_words,
    "questions": question_words,
    "renewals": renewal_words,
    "reminder": reminder_words,
}
