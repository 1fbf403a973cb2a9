"""What officers do at the counter and in the office, act by act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import expect

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import DossierStep
from motcua.casework.processes.api import StepKind
from motcua.foundation.organisation import api as organisation

from .people import People, Person

LONGEST_WAY = 12

# Who sits where in the demo, by the end of the unit's code and what is done there.
HANDLERS = {"VP": "hanh", "KT": "thang", "VHXH": "nga", "P1": "long"}
HEADS = {"VP": "minh", "KT": "huong", "VHXH": "phuong"}
LEADERS = {"H18.101": "hoa", "H18.07": "oanh"}


def open_steps(code: str) -> list[DossierStep]:
    """Return what stands open of a dossier."""
    return dossiers.whole(dossiers.Dossier.objects.get(code=code)).open_steps


def whose(step: DossierStep) -> str:
    """Return the login of who does the step in the demo."""
    unit = organisation.tree().unit(step.unit_id)
    tail = unit.code.rpartition(".")[2]
    if step.kind in {StepKind.APPROVAL, StepKind.DECISION}:
        return HEADS.get(tail) or LEADERS[organisation.tree().agency_of(unit.id).code]
    return HANDLERS[tail]


def receive(desk: Person, code: str) -> None:
    """Let the desk receive what came on-line."""
    desk.go(f"/mot-cua/ho-so/{code}/")
    desk.press("Tiếp nhận", exact=False)
    expect(desk.page.get_by_role("heading", name="Đã tiếp nhận")).to_be_visible()


def take(officer: Person, code: str, step: DossierStep) -> None:
    """Let an officer take the work that waits for the unit."""
    officer.go(f"/xu-ly/ho-so/{code}/?buoc={step.seq}")
    button = officer.main.get_by_role("button", name="Nhận xử lý")
    if button.count():
        officer.press("Nhận xử lý", exact=False)
        officer.reads("Ông/bà đã nhận xử lý")


def act(officer: Person, code: str, name: str, step: DossierStep | None = None) -> None:
    """Let an officer open the dossier and choose an act; its page is there then."""
    officer.go(f"/xu-ly/ho-so/{code}/" + (f"?buoc={step.seq}" if step else ""))
    more = officer.main.get_by_text("Việc khác", exact=True)
    link = officer.main.get_by_role("link", name=name)
    if not link.first.is_visible() and more.count():
        more.click()
    link.first.click()
    officer.page.wait_for_load_state()
    officer.eyes.look(officer.page)


def finish(officer: Person, code: str, step: DossierStep) -> None:
    """Let an officer take a step and do it."""
    take(officer, code, step)
    act(officer, code, "Hoàn thành bước", step)
    officer.press("Hoàn thành bước", exact=False)
    officer.reads("Đã xong bước này")


def approve(officer: Person, code: str, step: DossierStep) -> None:
    """Let a head approve the draft."""
    act(officer, code, "Duyệt", step)
    officer.press("Duyệt", exact=False)
    officer.reads("Đã duyệt hồ sơ")


def sign(officer: Person, code: str, step: DossierStep) -> None:
    """Let a leader sign the outcome."""
    act(officer, code, "Ký kết quả", step)
    officer.press("Ký kết quả", exact=False)
    officer.reads("Đã ký kết quả")


def visit(officer: Person, code: str, step: DossierStep) -> None:
    """Let an officer make an appointment, look at the place, write the minutes, and go on."""
    take(officer, code, step)
    act(officer, code, "Hẹn kiểm tra thực địa", step)
    officer.put("Ngày kiểm tra", "13/03/2026")
    officer.put("Giờ", "8:30")
    officer.put("Nơi kiểm tra", "Bản Noong Bua")
    officer.press("Hẹn", exact=False)
    officer.reads("Đã hẹn kiểm tra thực địa")
    officer.follow("Ghi biên bản")
    officer.main.locator("textarea[name=minutes]").fill("Đúng hiện trạng, không có tranh chấp.")
    officer.press("Ghi biên bản", exact=False)
    officer.reads("Đã ghi biên bản")
    finish(officer, code, step)


DO: Mapping[str, Callable[[Person, str, DossierStep], None]] = {
    StepKind.APPROVAL: approve,
    StepKind.DECISION: sign,
    StepKind.FIELD_VISIT: visit,
}


def carry_through(people: People, code: str) -> list[str]:
    """Let everybody do their steps until nothing is open; answer with who it was."""
    hands: list[str] = []
    for _ in range(LONGEST_WAY):
        steps = open_steps(code)
        if not steps:
            return hands
        hands.append(do_step(people, code, steps[0]))
    message = f"{code} does not come to an end: {hands}"
    raise AssertionError(message)


def do_step(people: People, code: str, step: DossierStep) -> str:
    """Let whoever it falls to do one step."""
    login = whose(step)
    DO.get(step.kind, finish)(people(login), code, step)
    return login


def hand_out(desk: Person, code: str) -> None:
    """Let the desk take what is still to be paid and hand the result over."""
    desk.go(f"/mot-cua/ho-so/{code}/tra/")
    desk.choose("Cách đã kiểm tra", "Chính chủ, đã xem thẻ căn cước")
    for number, box in enumerate(desk.main.get_by_label("Biên lai số").all()):
        box.fill(f"MH-{code[-4:]}-{number}")
    desk.press("Trả kết quả", exact=False)
    desk.reads("Đã trả kết quả hồ sơ")


def ask_for(officer: Person, code: str, what: str, why: str) -> None:
    """Let an officer ask the applicant for a supplement."""
    act(officer, code, "Yêu cầu bổ sung")
    officer.main.locator("[name=what_1]").fill(what)
    officer.main.locator("[name=reason_1]").fill(why)
    officer.press("Yêu cầu bổ sung", exact=False)
    officer.reads("Đã yêu cầu bổ sung hồ sơ")


def guide(desk: Person, code: str, what: str, why: str) -> None:
    """Let the desk say what is missing before it receives."""
    desk.go(f"/mot-cua/ho-so/{code}/")
    for box in desk.main.locator("input[name=ok]").all():
        box.check()
    desk.press("Hướng dẫn hoàn thiện")
    desk.main.locator("[name=what]").last.fill(what)
    desk.main.locator("[name=reason]").last.fill(why)
    desk.press("Lập phiếu hướng dẫn", exact=False)
    desk.reads("Đã hướng dẫn hoàn thiện hồ sơ")


def refuse(desk: Person, code: str, basis: str) -> None:
    """Let the desk refuse to receive."""
    desk.go(f"/mot-cua/ho-so/{code}/")
    desk.follow("Từ chối")
    desk.choose("Lý do từ chối", "Không đủ điều kiện theo quy định")
    desk.put("Căn cứ pháp lý", basis)
    desk.press("Từ chối tiếp nhận", exact=False)
    desk.reads("Không được tiếp nhận")


def apologise(head: Person, code: str, new_day: str, why: str) -> None:
    """Let a head apologise and promise another day."""
    act(head, code, "Xin lỗi và hẹn lại")
    head.put("Ngày hẹn mới", new_day)
    head.put("Lý do chậm", why)
    head.press("Xin lỗi và hẹn lại", exact=False)
    head.reads("Đã xin lỗi và hẹn lại hồ sơ")


@dataclass(frozen=True, slots=True)
class At:
    """Somebody at the desk with papers in hand."""

    words: str
    name: str
    phone: str
    agency: str = ""
    fee: str = ""


def receive_at_desk(desk: Person, what: At) -> str:
    """Let the desk receive somebody on the one screen for it; answer with the code."""
    desk.go("/mot-cua/tiep-nhan/")
    desk.put("Tìm thủ tục", what.words)
    desk.main.get_by_label("Tìm thủ tục").press("Enter")
    desk.reads("Kết quả tìm")
    desk.main.locator("button[name=choose]").first.click()
    expect(desk.main.get_by_label("Trường hợp")).to_be_visible()
    desk.put("Chủ hồ sơ (họ và tên", what.name)
    desk.put("Điện thoại", what.phone)
    desk.main.get_by_label("Có đủ tất cả").check()
    if what.agency:
        desk.choose("Cơ quan giải quyết", what.agency)
    if what.fee:
        desk.put("Biên lai số", what.fee)
    desk.press("Tiếp nhận", exact=False)
    expect(desk.page.get_by_role("heading", name="Đã tiếp nhận")).to_be_visible()
    return desk.code
