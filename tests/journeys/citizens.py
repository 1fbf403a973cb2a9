"""What citizens do on the portal, page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, expect

from demo import accounts
from demo.samples import sample_answers
from motcua.casework.forms.api import Field, FieldKind
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.lib.clock import local_day, now

from .people import Person

WARD = "Ủy ban nhân dân phường Điện Biên Phủ"
WITHOUT_CHOICE = ""
LONGEST_WAY = 14
DRAWN = """() => {
  window.drawn = new Promise((done) => {
    document.addEventListener("htmx:afterSettle", done, { once: true });
  });
}"""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for: the procedure, the case, where, and who they are to it."""

    code: str
    case: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    agency: str = WARD
    authority: str = "self"
    people: Mapping[str, str] = field(default_factory=dict)
    way: str = "counter"
    reads: Sequence[str] = ()


def definition_of(code: str) -> Definition:
    """Return the procedure as it is in force today."""
    return procedures.current_definition(code, local_day(now()))[2]


def file_online(citizen: Person, request: Request) -> str:
    """Let a citizen find a procedure, fill everything in and file it; answer with the code."""
    definition = definition_of(request.code)
    citizen.go(f"/thu-tuc/?q={definition.plain_name}")
    citizen.follow(definition.plain_name)
    citizen.follow("Nộp trực tuyến")
    begin(citizen, definition, request)
    for _ in range(LONGEST_WAY):
        if citizen.path.endswith("/da-nop/"):
            return citizen.code
        fill_in(citizen, definition, request)
    message = f"{request.code} does not come to an end: {citizen.path}"
    raise AssertionError(message)


def begin(citizen: Person, definition: Definition, request: Request) -> None:
    """Choose the case and the agency, where there is a choice."""
    if len(definition.cases) > 1:
        citizen.main.locator(f"input[name=case][value='{request.case}']").check()
    agencies = citizen.main.locator("select[name=agency]")
    if agencies.locator("option").count() > 1:
        agencies.select_option(label=request.agency)
    citizen.press("Tiếp tục")


def fill_in(citizen: Person, definition: Definition, request: Request) -> None:
    """Do the page the citizen has come to, and go on to the next."""
    before = citizen.page.url
    page = citizen.path.split("/ban-nhap/")[1].split("/")[1]
    PAGES[page](citizen, definition, request)
    citizen.press("Nộp hồ sơ" if page == "kiem-tra" else "Lưu và tiếp tục")
    expect(citizen.page).not_to_have_url(before)


def say_who(citizen: Person, _definition: Definition, request: Request) -> None:
    """Say for whom the application is; who acts for a client is not asked."""
    if request.authority:
        citizen.main.locator(f"input[name=authority][value='{request.authority}']").check()
    folded = citizen.main.locator("details:not([open]) > summary")
    while request.people and folded.count():
        folded.first.click()
    for name, value in request.people.items():
        enter(citizen.main, name, value)


def answer_page(citizen: Person, definition: Definition, request: Request) -> None:
    """Answer what is asked and not yet known."""
    number = int(citizen.path.rstrip("/").rpartition("/")[2])
    known = sample(definition.code, request.case, citizen.login) | dict(request.answers)
    assert definition.form is not None
    for one in definition.form.pages[number - 1].fields:
        if one.name in known:
            answer(citizen, one, known[one.name])


@cache
def sample(code: str, case: str, login: str) -> dict[str, Any]:
    """Return right answers to the procedure's form, as the demo's own dossiers have them."""
    known = {one.email: one for one in accounts.CITIZENS}
    neighbour = known.get(login, accounts.DE)  # whom a helper files for
    applicant = accounts.as_applicant(neighbour)
    chance = Random(code)  # noqa: S311 -- answers, no secrets
    return sample_answers(definition_of(code), case, applicant, chance, local_day(now()))


def fill_rows(citizen: Person, group: Field, rows: Sequence[Mapping[str, Any]]) -> None:
    """Fill a list in, row by row."""
    for number, row in enumerate(rows):
        if number:
            citizen.press("Thêm một dòng")
        for inner in group.fields:
            if inner.name in row:
                enter(citizen.main, f"{group.name}.{number}.{inner.name}", str(row[inner.name]))


def answer(citizen: Person, one: Field, value: Any) -> None:
    """Answer one question as a hand does; what is filled in already stays."""
    main, text = citizen.main, str(value)
    if one.kind == FieldKind.GROUP:
        fill_rows(citizen, one, value)
    elif one.kind in {FieldKind.CHOICE, FieldKind.YES_NO}:
        said = text.lower() if one.kind == FieldKind.YES_NO else text
        box = main.locator(f"input[name='{one.name}'][value='{said}']")
        redrawn(citizen, box, box.check)
    elif one.kind == FieldKind.DECLARATION:
        main.locator(f"input[name='{one.name}']").check()
    elif one.kind == FieldKind.DATE:
        enter(main, one.name, "/".join(reversed(text.split("-"))))
    elif (box := main.locator(f"[name='{one.name}']")).count() and not box.input_value():
        redrawn(citizen, box, lambda: box.fill(text))


def redrawn(citizen: Person, box: Locator, act: Callable[[], None]) -> None:
    """Act on a field; where its answer asks for more, wait until the page has been redrawn."""
    if not box.get_attribute("hx-post"):
        act()
        return
    citizen.page.evaluate(DRAWN)
    act()
    box.blur()
    citizen.page.evaluate("() => window.drawn")


def enter(place: Locator, name: str, value: str) -> None:
    """Write into a field; a day goes into its three boxes."""
    day = place.locator(f"[name='{name}_day']")
    if not day.count():
        box = place.locator(f"[name='{name}']")
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
        return
    for part, digits in zip(("day", "month", "year"), value.split("/"), strict=True):
        place.locator(f"[name='{name}_{part}']").fill(digits)


def attach(citizen: Person, _definition: Definition, _request: Request) -> None:
    """Photograph every paper that is asked for."""
    for box in citizen.main.locator("input[type=file]").all():
        photograph(citizen, box)


def photograph(citizen: Person, box: Locator) -> None:
    """Hand one photograph in and wait until it has arrived."""
    arrived = citizen.page.get_by_text("Đã gửi", exact=True)
    before = arrived.count()
    box.set_input_files({"name": "giay to.png", "mimeType": "image/png", "buffer": picture()})
    expect(arrived).to_have_count(before + 1)


@cache
def picture() -> bytes:
    """Return a photograph of a paper."""
    kept = BytesIO()
    Image.new("RGB", (600, 800), "white").save(kept, "PNG")
    return kept.getvalue()


def choose_return(citizen: Person, _definition: Definition, request: Request) -> None:
    """Say how the outcome comes back, and where to ask if nothing is known of the applicant."""
    for name, value in (("phone", "0912345678"), ("address", "Bản Noong Bua")):
        if not citizen.main.locator(f"[name='{name}']").input_value():
            enter(citizen.main, name, value)
    citizen.main.locator(f"input[name=return_way][value='{request.way}']").check()


def declare(citizen: Person, _definition: Definition, request: Request) -> None:
    """Read what is said at the end, and declare that everything is true."""
    for words in request.reads:
        citizen.reads(words)
    citizen.main.locator("#id_declared").check()


PAGES: Mapping[str, Callable[[Person, Definition, Request], None]] = {
    "nguoi-nop": say_who,
    "to-khai": answer_page,
    "giay-to": attach,
    "nhan-ket-qua": choose_return,
    "kiem-tra": declare,
}


def confirm(citizen: Person, code: str) -> None:
    """Let a citizen read the draft and say that it is right."""
    citizen.go(f"/ho-so/{code}/")
    citizen.follow("Xem bản nháp")
    citizen.main.locator("input[name=is_right][value=true]").check()
    citizen.press("Gửi ý kiến")
    citizen.does_not_read("Mời ông/bà xem bản nháp kết quả")


def rate(citizen: Person, code: str) -> None:
    """Let a citizen say how it was."""
    citizen.go(f"/ho-so/{code}/")
    citizen.follow("Đánh giá, mất một phút")
    for aspect in ("overall", "convenience", "timeliness", "attitude"):
        citizen.main.locator(f"input[name={aspect}]").first.check()
    citizen.press("Gửi đánh giá")


def reads_outcomes(citizen: Person, code: str) -> list[str]:
    """Return what kinds of files the citizen gets as the outcome."""
    citizen.go(f"/ho-so/{code}/")
    links = citizen.main.locator("a[href*='/ket-qua/']").all()
    answers = [citizen.page.request.get(link.get_attribute("href") or "") for link in links]
    return [answer.headers["content-type"] for answer in answers]
