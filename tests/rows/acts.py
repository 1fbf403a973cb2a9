"""What people do on the pages, act by act; each act fails if its page refuses it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image

from demo import accounts
from demo.samples import sample_answers
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import DossierStep
from motcua.casework.forms.api import Field, FieldKind
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.casework.processes.api import StepKind
from motcua.channels.kit.answers import PREFIX
from motcua.lib.clock import local_day, now

from .hall import Hall, dossier, open_steps
from .visitor import Visitor

WARD = "Ủy ban nhân dân phường Điện Biên Phủ"
LAN, KHANH = "lan@dienbien.example", "khanh@dienbien.example"
LONGEST_WAY = 16
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for: the procedure, the case, where, and who they are to it.

    `answers` come over right ones that are made up from the form; `people` goes into the page about
    who applies, `skip` names papers that are not handed in, `again` those that are taken from an
    earlier dossier, by the words of the choice.
    """

    code: str
    case: str = ""
    answers: Answers = field(default_factory=dict)
    agency: str = WARD
    authority: str = "self"
    people: Answers = field(default_factory=dict)
    way: str = "counter"
    skip: frozenset[str] = frozenset()
    again: Answers = field(default_factory=dict)


def definition_of(code: str) -> Definition:
    """Return the procedure as it is in force today."""
    return procedures.current_definition(code, local_day(now()))[2]


@cache
def picture() -> bytes:
    """Return a photograph of a paper."""
    kept = BytesIO()
    Image.new("RGB", (60, 80), "white").save(kept, "PNG")
    return kept.getvalue()


def file_online(citizen: Visitor, request: Request) -> str:
    """Let a citizen begin from the procedure's page, fill everything in, file; return the code."""
    definition = definition_of(request.code)
    _begin(citizen, definition, request)
    return finish_draft(citizen, request)


def finish_draft(citizen: Visitor, request: Request) -> str:
    """Let a citizen go through a draft that is begun, and file it; return the code."""
    definition = definition_of(request.code)
    for _ in range(LONGEST_WAY):
        if citizen.path.endswith("/da-nop/"):
            return citizen.code
        page = _page_of(citizen)
        button = "Nộp hồ sơ" if page == "kiem-tra" else "Lưu và tiếp tục"
        citizen.press(button, dict(_PAGES[page](citizen, definition, request)))
    message = f"{request.code} does not come to an end: {citizen.path} {citizen.problems}"
    raise AssertionError(message)


def draft_until_check(citizen: Visitor, request: Request, last: str = "kiem-tra") -> Visitor:
    """Let a citizen fill everything in and stop at the last look, or before; nothing is filed."""
    definition = definition_of(request.code)
    _begin(citizen, definition, request)
    while (page := _page_of(citizen)) != last:
        citizen.press("Lưu và tiếp tục", dict(_PAGES[page](citizen, definition, request)))
    return citizen


def _begin(citizen: Visitor, definition: Definition, request: Request) -> None:
    citizen.go(f"/thu-tuc/{request.code}/")
    citizen.follow("Nộp trực tuyến")
    citizen.press("Tiếp tục", dict(_beginning(citizen, definition, request)))


def _page_of(citizen: Visitor) -> str:
    return citizen.path.split("/ban-nhap/")[1].split("/")[1]


def _beginning(
    citizen: Visitor, definition: Definition, request: Request
) -> Iterator[tuple[str, Any]]:
    yield "case", request.case or definition.cases[0].code
    if len(citizen.options("agency")) > 1:
        yield "agency", request.agency


def _who(_: Visitor, __: Definition, request: Request) -> Iterator[tuple[str, Any]]:
    yield "authority", request.authority
    yield from request.people.items()


def _answers(
    citizen: Visitor, definition: Definition, request: Request
) -> Iterator[tuple[str, Any]]:
    """Answer what the page asks; what an answer brings up is asked again by the page itself."""
    number = int(citizen.path.rstrip("/").rpartition("/")[2])
    known = sample(definition, request.case, citizen.name) | dict(request.answers)
    assert definition.form is not None
    there = citizen.names()
    for one in definition.form.pages[number - 1].fields:
        if one.name in known and known[one.name] is not None:
            yield from typed(one, known[one.name], there)


def typed(one: Field, value: Any, there: set[str]) -> Iterator[tuple[str, Any]]:
    """Yield what a hand types to answer one question, where the page has the question."""
    if one.kind == FieldKind.GROUP:
        for number, row in enumerate(value):
            for inner in one.fields:
                name = f"{one.name}.{number}.{inner.name}"
                if inner.name in row and name in there:
                    yield name, _said(inner, row[inner.name])
    elif one.name in there or f"{one.name}_day" in there:
        yield one.name, _said(one, value)


def _said(one: Field, value: Any) -> Any:
    if one.kind == FieldKind.DATE:
        return "/".join(reversed(str(value).split("-")))
    return str(value).lower() if one.kind == FieldKind.YES_NO else value


@cache
def _chance(code: str) -> int:
    return sum(code.encode())


def sample(definition: Definition, case: str, name: str) -> dict[str, Any]:
    """Return right answers to the procedure's form, as the demo's own dossiers have them."""
    neighbour = next(
        (one for one in accounts.CITIZENS if one.facts.full_name == name), accounts.LAN
    )
    applicant = accounts.as_applicant(neighbour)
    chance = Random(_chance(definition.code))  # noqa: S311 -- answers, no secrets
    return sample_answers(definition, case, applicant, chance, local_day(now()))


def _papers(citizen: Visitor, _: Definition, request: Request) -> Iterator[tuple[str, Any]]:
    """Photograph every paper that must be handed in."""
    for box in citizen.page.xpath("//main//input[@type='file']"):
        name = box.get("name", "")
        if name.removeprefix("tep.") not in {*request.skip, *request.again}:
            yield name, ("giay to.png", picture())
    for paper, words in request.again.items():
        yield f"dung-lai.{paper}", words


def _return(citizen: Visitor, _: Definition, request: Request) -> Iterator[tuple[str, Any]]:
    for name, value in (("phone", "0912345678"), ("address", "Bản Noong Bua")):
        if not citizen.page.xpath(f"//*[@name='{name}']/@value")[0]:
            yield name, value
    yield "return_way", request.way


def _declare(_: Visitor, __: Definition, ___: Request) -> Iterator[tuple[str, Any]]:
    yield "declared", True


_PAGES: Mapping[str, Callable[[Visitor, Definition, Request], Iterator[tuple[str, Any]]]] = {
    "nguoi-nop": _who,
    "to-khai": _answers,
    "giay-to": _papers,
    "nhan-ket-qua": _return,
    "kiem-tra": _declare,
}


def receive(desk: Visitor, code: str) -> None:
    """Let the desk receive what came on-line; a fee due at filing is asked for and taken first."""
    desk.go(f"/mot-cua/ho-so/{code}/")
    if desk.links("Yêu cầu nộp lệ phí"):
        desk.follow("Yêu cầu nộp lệ phí").press("Yêu cầu nộp")
        take_cash(desk, code)
    desk.go(f"/mot-cua/ho-so/{code}/").press("Tiếp nhận")
    desk.reads("Đã tiếp nhận")


def take_cash(desk: Visitor, code: str) -> None:
    """Let the desk take what was asked for in cash, in a shift that is begun if there is none."""
    desk.go("/mot-cua/thu-tien/")
    if desk.has_button("Mở ca thu"):
        desk.press("Mở ca thu")
    desk.go(f"/mot-cua/ho-so/{code}/").follow("Thu tiền").press("Thu tiền mặt")


def receive_at_desk(
    desk: Visitor,
    procedure: str,
    name: str,
    typed: Answers | None = None,
    answers: Answers | None = None,
) -> str:
    """Let the desk receive somebody in person, with all papers of the case; return the code.

    `typed` are fields of the screen, `answers` fields of the procedure's own form.
    """
    screen = dict(typed or {})
    definition = definition_of(procedure)
    desk.go(f"/mot-cua/tiep-nhan/?procedure={procedure}")
    first: dict[str, Any] = {
        key: said
        for key, said in screen.items()
        if key in {"case", "agency", "channel"} or key.startswith("a_")
    }
    desk.press("Tìm", {"full_name": name, **first, **dict(_on_form(desk, definition, answers))})
    given = {one: True for one in desk.names() if one.endswith("_given") and "khac" not in one}
    more = dict(_on_form(desk, definition, answers))
    dropped = {*(answers or {})} - {one.removeprefix(PREFIX).partition(".")[0] for one in more}
    assert not dropped, f"the screen does not ask for {sorted(dropped)}"
    receipts = {one: f"MH-{n}" for n, one in enumerate(sorted(desk.names())) if "receipt" in one}
    desk.press("Tiếp nhận", {"full_name": name, **given, **receipts, **more, **screen})
    desk.reads("Đã tiếp nhận")
    return desk.code


def _on_form(
    desk: Visitor, definition: Definition, answers: Answers | None
) -> Iterator[tuple[str, Any]]:
    there = desk.names()
    for one in definition.form.all_fields() if definition.form else ():
        if answers and one.name in answers:
            inputs = {name.removeprefix(PREFIX) for name in there if name.startswith(PREFIX)}
            for name, value in typed(one, answers[one.name], inputs):
                yield PREFIX + name, value


def act(  # noqa: PLR0913 -- who does what to what, and what is expected
    officer: Visitor,
    code: str,
    slug: str,
    typed: Answers | None = None,
    *,
    step: DossierStep | None = None,
    item: int | None = None,
    refused: bool = False,
) -> Visitor:
    """Let an officer do one act on the dossier, on the page of that act.

    `slug` is the end of its address (“hoan-thanh”, “ky”, “lay-y-kien”); `refused` expects that the
    page comes back with a complaint.
    """
    asked = [f"buoc={step.seq}"] if step else []
    asked += [f"muc={item}"] if item is not None else []
    officer.go(f"/xu-ly/ho-so/{code}/viec/{slug}/?{'&'.join(asked)}")
    buttons = officer.page.xpath("//main//form//button[contains(@class, 'govuk-button')]")
    return officer.press(buttons[-1].text_content().strip(), typed, refused=refused)


def take(officer: Visitor, code: str, step: DossierStep) -> None:
    """Let an officer take the work that waits for the unit."""
    step = next(one for one in open_steps(code) if one.seq == step.seq)
    if step.assignee_id is None and step.kind not in {StepKind.APPROVAL, StepKind.DECISION}:
        act(officer, code, "nhan", step=step)


def finish(officer: Visitor, code: str, step: DossierStep, typed: Answers | None = None) -> None:
    """Let an officer take a step and complete it, with what only the officer knows."""
    take(officer, code, step)
    officer.go(f"/xu-ly/ho-so/{code}/viec/hoan-thanh/?buoc={step.seq}")
    there = officer.names()
    said = {"comment": "Đã xem xét."} if "comment" in there else {}
    act(officer, code, "hoan-thanh", {**said, **entries(officer, code), **(typed or {})}, step=step)


def entries(officer: Visitor, code: str) -> dict[str, str]:
    """Return numbers for the blanks and codes an outcome takes, if the page asks for them."""
    there, found = officer.names(), {}
    if "serial" in there:
        opened = dossiers.whole(dossier(code))
        first, count = opened.dossier.pk * 40, dossiers.blanks_of(opened)
        end = f" – ĐB {first + count - 1:08}" if count > 1 else ""
        found["serial"] = f"ĐB {first:08}{end}"
    if "ma_so_thue" in there:
        found["ma_so_thue"] = "5600000013"
    return found


def visit(
    officer: Visitor, code: str, step: DossierStep, minutes: str = "Đúng hiện trạng."
) -> None:
    """Let an officer make an appointment, write the minutes, and go on."""
    take(officer, code, step)
    day = f"{local_day(now()):%d/%m/%Y}"
    planned = {"planned_on": day, "planned_at": "23:30", "place": "Bản Noong Bua"}
    act(officer, code, "hen-thuc-dia", planned)
    seq = dossiers.whole(dossier(code)).visits[-1].seq
    act(officer, code, "bien-ban", {"minutes": minutes}, item=seq)
    finish(officer, code, step)


def interview(officer: Visitor, code: str, step: DossierStep, who: str, minutes: str) -> None:
    """Let an officer ask people to come, write down what they said, and go on."""
    take(officer, code, step)
    day = f"{local_day(now()):%d/%m/%Y}"
    planned = {"planned_on": day, "planned_at": "23:30", "place": "UBND phường", "who": who}
    act(officer, code, "hen-gap", planned, step=step)
    seq = dossiers.whole(dossier(code)).visits[-1].seq
    act(officer, code, "bien-ban", {"minutes": minutes}, item=seq)
    finish(officer, code, step)


def do_step(hall: Hall, code: str, step: DossierStep, typed: Answers | None = None) -> str:
    """Let whoever it falls to do one step in the usual way; return their name."""
    officer = hall.doer(step)
    if step.kind == StepKind.APPROVAL:
        act(officer, code, "duyet", typed, step=step)
    elif step.kind == StepKind.DECISION:
        officer.go(f"/xu-ly/ho-so/{code}/viec/ky/?buoc={step.seq}")
        act(officer, code, "ky", {**entries(officer, code), **(typed or {})}, step=step)
    elif step.kind == StepKind.FIELD_VISIT:
        visit(officer, code, step)
    else:
        finish(officer, code, step, typed)
    return officer.name


def carry_through(hall: Hall, code: str) -> list[str]:
    """Let everybody do their steps until nothing is open; return who it was."""
    hands: list[str] = []
    for _ in range(LONGEST_WAY):
        steps = open_steps(code)
        if not steps:
            return hands
        hands.append(do_step(hall, code, steps[0]))
    message = f"{code} does not come to an end: {hands}"
    raise AssertionError(message)


def ask(officer: Visitor, code: str, typed: Answers, *, step: DossierStep | None = None) -> int:
    """Let an officer ask somebody: `agency` (by name), `units` (ids), `outside_body`, `due_on`.

    Return the number of the (last) question.
    """
    said = {"question": "Đề nghị cho ý kiến.", **typed}
    act(officer, code, "lay-y-kien", said, step=step)
    return dossiers.whole(dossier(code)).consultations[-1].seq


def answer(officer: Visitor, code: str, seq: int, words: str, *, agrees: bool = True) -> None:
    """Let whoever was asked answer; for a body outside whoever asked notes the answer."""
    said = {"agrees": "yes" if agrees else "no", "answer": words}
    act(officer, code, "tra-loi-y-kien", said, item=seq)


def ask_supplement(officer: Visitor, code: str, what: str, why: str, **more: Any) -> None:
    """Let an officer ask the applicant for what is missing."""
    act(officer, code, "yeu-cau-bo-sung", {"what_1": what, "reason_1": why, **more})


def supply(citizen: Visitor, code: str) -> None:
    """Let the applicant send what was asked for."""
    citizen.go(f"/ho-so/{code}/bo-sung/")
    boxes = citizen.page.xpath("//main//input[@type='file']/@name")
    citizen.press("Gửi bổ sung", {boxes[0]: ("bo sung.png", picture())})


def apologise(head: Visitor, code: str, new_day: str, why: str, *, refused: bool = False) -> None:
    """Let a head apologise and promise another day."""
    act(head, code, "xin-loi", {"new_due_on": new_day, "reason": why}, refused=refused)


def hand_out(desk: Visitor, code: str, typed: Answers | None = None) -> None:
    """Let the desk take what is still due, and hand the result to its owner."""
    desk.go(f"/mot-cua/ho-so/{code}/tra/")
    there = sorted(desk.names())
    receipts = {one: f"MH-{code[-4:]}-{n}" for n, one in enumerate(there) if "receipt" in one}
    collected = {"collected": True} if "collected" in there else {}
    said = {"checked": "card", **collected, **receipts, **(typed or {})}
    desk.press("Trả kết quả", said)
    desk.reads("Đã trả kết quả hồ sơ")
