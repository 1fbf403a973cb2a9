"""Questions, renewals and the reminder of a version as pages show them: words, what is asked."""

from collections.abc import Mapping
from typing import Any

from motcua.casework.forms import api as forms
from motcua.casework.procedures import api as procedures

Entry = Mapping[str, Any]
Pairs = list[tuple[str, str]]
NOT_CHOSEN = ("", "– chọn –")
NO_PAPER = ("", "– không kèm –")


def question_words(one: Entry) -> str:
    """Return what a question is about, and its answers."""
    lines = procedures.choice_lines(one.get("choices")).splitlines()
    labels = " / ".join(row.partition(" = ")[2] for row in lines)
    return f"{one.get('name', '')}: {labels}"


def renewal_words(one: Entry) -> str:
    """Return how long a result holds, when its holder is reminded, what comes along."""
    told = [
        f"có giá trị {one.get('validity_months') or '–'} tháng",
        f"nhắc trước {one.get('days_before', '–')} ngày",
        f"nộp theo trường hợp {one.get('case', '–')}",
    ]
    if one.get("answers"):
        told.append(f"điền sẵn {', '.join(procedures.answer_lines(one['answers']).splitlines())}")
    if one.get("paper"):
        told.append(f"giấy cũ làm {one['paper']}")
    return "; ".join(told)


def reminder_words(one: Entry) -> str:
    """Return who is reminded, when, and of what."""
    age, days = one.get("age", "–"), one.get("days_before", "–")
    return f"đủ {age} tuổi; nhắc trước {days} ngày; {one.get('words', '')}"


def asked(key: str, data: Entry, found: Entry | None) -> dict[str, Any]:
    """Return what the form of a question or a renewal is told besides. Raises: BadDefinition."""
    if key == "questions":
        return _asked_of_question(data, found or {})
    if key == "renewals":
        return _asked_of_renewal(data, found or {})
    return {}


def _asked_of_question(data: Entry, found: Entry) -> dict[str, Any]:
    compared, mine = procedures.compared_in(data), str(found.get("name", ""))
    names = [(name, _called(name, compared[name])) for name in _free_names(data, mine)]
    return {
        "choices": {"name": _offered(names, mine)},
        "before": found.get("choices") or (),
        "compared": compared,
    }


def _free_names(data: Entry, mine: str) -> list[str]:
    """Return the names that no other question is about."""
    asked = {str(one.get("name")) for one in procedures.entries_in(data.get("questions"))}
    return [name for name in procedures.compared_in(data) if name == mine or name not in asked]


def _called(name: str, compared: procedures.Compared) -> str:
    told = compared.label or ", ".join(compared.told())
    return f"{name} ({told})" if told else name


def _offered(pairs: Pairs, mine: str) -> Pairs:
    """Return what can be chosen; what was chosen and is gone stays in view until it is mended."""
    if not mine:
        return [NOT_CHOSEN, *pairs]
    return pairs if mine in dict(pairs) else [*pairs, (mine, f"{mine} (không còn)")]


def _asked_of_renewal(data: Entry, found: Entry) -> dict[str, Any]:
    one, paper = str(found.get("code", "")), str(found.get("paper") or "")
    results = [(one, str(found.get("name", "")))] if one else _not_renewed(data)
    papers = _papers(data)
    named = [(code, name) for code, (name, _) in papers.items()]
    cases = [(str(case["code"]), str(case.get("name", ""))) for case in _coded(data, "cases")]
    return {
        "choices": {
            "code": results if one else [NOT_CHOSEN, *results],
            "case": _offered(cases, str(found.get("case", ""))),
            "paper": [NO_PAPER, *(_offered(named, paper) if paper else named)],
        },
        "papers": {code: whose for code, (_, whose) in papers.items()},
        "before": found.get("answers"),
        "asked": _fields(data),
    }


def _coded(data: Entry, part: str) -> list[Entry]:
    return [one for one in procedures.entries_in(data.get(part)) if one.get("code")]


def _not_renewed(data: Entry) -> Pairs:
    results = _coded(data, "outcomes")
    return [
        (str(one["code"]), str(one.get("name", ""))) for one in results if not one.get("renewal")
    ]


def _papers(data: Entry) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return name and cases of each paper, those included that the form asks for as files."""
    listed = {
        str(one["code"]): (str(one.get("name", "")), _cases_of(one))
        for one in _coded(data, "papers")
    }
    files = [one for one in (_fields(data) or {}).values() if one.kind == forms.FieldKind.FILE]
    return {procedures.paper_of(one): (one.label, ()) for one in files} | listed


def _cases_of(paper: Entry) -> tuple[str, ...]:
    """Return the cases a paper belongs to, one said as a bare word too; none means all."""
    cases = paper.get("cases") or ()
    return (cases,) if isinstance(cases, str) else tuple(map(str, cases))


def _fields(data: Entry) -> Mapping[str, forms.Field] | None:
    """Return the fields of the form by name; None while the form cannot be read."""
    if not data.get("form"):
        return {}
    if forms.complaint_about(data["form"]):
        return None
    return {one.name: one for one in forms.parse_form(data["form"]).all_fields()}


def hinders(key: str, data: Entry) -> str:
    """Return why nothing can be added to a part now; empty if something can."""
    if key == "questions" and not _free_names(data, ""):
        return NO_NAMES
    if key == "renewals" and not (_not_renewed(data) and _coded(data, "cases")):
        return NO_RESULTS
    return ONE_REMINDER if key == "reminder" and data.get("reminder") else ""


def names_for(key: str, data: Entry) -> Pairs:
    """Return the names that a question may be about, or that a renewal may fill in."""
    if key == "questions":
        told = procedures.compared_in(data).items()
        return [
            (name, ": ".join(filter(None, [one.label, ", ".join(one.told())])))
            for name, one in told
        ]
    fields = _fields(data) if key == "renewals" else None
    return [(one.name, one.label) for one in (fields or {}).values()]


NO_NAMES = (
    "Chưa có gì để hỏi thêm: mọi tên trong điều kiện của trường hợp, giấy tờ, khoản thu đã có câu"
    " hỏi. Hãy ghi điều kiện trước (ô “Là trường hợp này khi”), rồi thêm câu hỏi."
)
NO_RESULTS = (
    "Không còn kết quả nào để ghi gia hạn: hãy thêm kết quả và trường hợp gia hạn trước, hoặc sửa"
    " dòng gia hạn đã có."
)
ONE_REMINDER = "Mỗi thủ tục có một lời nhắc trước; hãy sửa dòng đã có."
