"""What officers do at the counter and in the office, act by act."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import expect

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import DossierStep
from motcua.casework.processes.api import StepKind
from motcua.foundation.organisation import api as organisation

from .citizens import confirm
from .eyes import SIDEWAYS
from .people import DESK, PHONE, People, Person

LONGEST_WAY = 12

# Who sits where in the demo, by the end of the unit's code and what is done there.
HANDLERS = {"VP": "hanh", "KT": "thang", "VHXH": "nga", "P1": "long"}
HEADS = {"VP": "minh", "KT": "huong", "VHXH": "phuong"}
LEADERS = {"H18.101": "hoa", "H18.07": "oanh"}
# Whom a handler asks: the unit, and who answers there.
ASKED = {"thang": ("Văn phòng HĐND và UBND", "hanh"), "hanh": ("Phòng Kinh tế", "thang")}


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
    if desk.main.get_by_role("link", name="Yêu cầu nộp lệ phí").count():
        collect(desk, code)
    desk.press("Tiếp nhận", exact=False)
    expect(desk.page.get_by_role("heading", name="Đã tiếp nhận")).to_be_visible()


def collect(desk: Person, code: str) -> None:
    """Let the desk ask for the fee that is due at filing, and note that it was paid."""
    desk.follow("Yêu cầu nộp lệ phí", exact=False)
    desk.press("Yêu cầu nộp", exact=False)
    pay(desk, code)


def pay(desk: Person, code: str) -> None:
    """Let the desk take what is due in cash, in a shift."""
    begin_shift(desk)
    desk.go(f"/mot-cua/ho-so/{code}/")
    desk.follow("Thu tiền", exact=False)
    desk.press("Thu tiền mặt", exact=False)
    desk.go(f"/mot-cua/ho-so/{code}/")


def begin_shift(desk: Person) -> None:
    """Let the desk begin to take cash, with an empty box, unless it does already."""
    desk.go("/mot-cua/thu-tien/")
    if desk.main.get_by_role("button", name="Mở ca thu").count():
        desk.press("Mở ca thu", exact=False)


def note_receipts(desk: Person, code: str) -> None:
    """Write the number of a receipt beside each fee."""
    for number, box in enumerate(desk.main.get_by_label("Biên lai giấy số").all()):
        box.fill(f"MH-{code[-4:]}-{number}")


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


def finish(officer: Person, code: str, step: DossierStep, comment: str = "") -> None:
    """Let an officer take a step and do it."""
    take(officer, code, step)
    act(officer, code, "Hoàn thành bước", step)
    if comment:
        officer.main.locator("[name=comment]").fill(comment)
    complete_draft(officer, code)
    officer.press("Hoàn thành bước", exact=False)
    officer.reads("Đã xong bước này")


def complete_draft(officer: Person, code: str) -> None:
    """Write into the draft what only the officer knows: the numbers of blanks, a tax code."""
    blanks = officer.main.locator("textarea[name=serial]")
    if blanks.count():
        told = officer.main.get_by_text(re.compile(r"^Số phôi \(")).first.inner_text()
        first, how_many = int(code[-4:]) * 100, int(re.findall(r"\d+", told)[0])
        blanks.fill(f"ĐB {first + 1} – ĐB {first + how_many}" if how_many > 1 else f"ĐB {first}")
    number = officer.main.locator("input[name=ma_so_thue]")
    if number.count():
        number.fill("5600000013")


def approve(officer: Person, code: str, step: DossierStep) -> None:
    """Let a head approve the draft."""
    act(officer, code, "Duyệt", step)
    officer.press("Duyệt", exact=False)
    officer.reads("Đã duyệt hồ sơ")


def sign(officer: Person, code: str, step: DossierStep) -> None:
    """Let a leader sign the outcome."""
    act(officer, code, "Ký kết quả", step)
    complete_draft(officer, code)
    officer.press("Ký kết quả", exact=False)
    officer.reads("Đã ký kết quả")


def visit(officer: Person, code: str, step: DossierStep) -> None:
    """Let an officer make an appointment, look at the place, write the minutes, and go on."""
    take(officer, code, step)
    act(officer, code, "Hẹn kiểm tra thực địa", step)
    officer.put("Ngày", "13/03/2026")
    officer.put("Giờ", "8:30")
    officer.put("Nơi kiểm tra", "Bản Noong Bua")
    officer.press("Hẹn", exact=False)
    officer.reads("Đã hẹn kiểm tra thực địa")
    officer.follow("Ghi biên bản")
    officer.main.locator("textarea[name=minutes]").fill("Đúng hiện trạng, không có tranh chấp.")
    officer.press("Ghi biên bản", exact=False)
    officer.reads("Đã ghi biên bản")
    sign_by_finger(officer)
    finish(officer, code, step)


def sign_by_finger(officer: Person) -> None:
    """Let the applicant sign minutes on the officer's phone: the page must not move meanwhile."""
    page = officer.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # -- a TypedDict by another name
    officer.follow("Ký biên bản")
    officer.tick("Chủ hồ sơ hoặc người đại diện")
    officer.put("Họ và tên người ký", "Lò Thị Lan")
    officer.tick("Ký bằng ngón tay")
    pad = officer.main.locator("canvas")
    assert page.evaluate(SIDEWAYS) <= 0
    assert pad.evaluate("pad => getComputedStyle(pad).touchAction") == "none"
    pad.hover(position={"x": 20, "y": 20})
    page.mouse.down()
    box = pad.bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(box["x"] + 200, box["y"] + 60, steps=30)
    page.mouse.up()
    officer.press("Ghi chữ ký", exact=False)
    officer.reads("Đã ghi chữ ký")
    officer.reads("ký bằng ngón tay")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # -- a TypedDict by another name


def ask_to_pay(officer: Person, code: str, step: DossierStep) -> None:
    """Let an officer ask for what the tax office has set, note the receipt, and go on."""
    take(officer, code, step)
    act(officer, code, "Yêu cầu nộp tiền", step)
    officer.main.locator("[name=name_1]").fill("Lệ phí trước bạ")
    officer.main.locator("[name=amount_1]").fill("1.250.000")
    officer.press("Gửi yêu cầu", exact=False)
    officer.reads("Đã yêu cầu người nộp hồ sơ")
    act(officer, code, "Ghi nhận đã nộp tiền")
    officer.main.locator("[name=receipt_1]").fill("THUE-0001")
    officer.press("Ghi nhận", exact=False)
    officer.reads("Đã ghi nhận tiền của hồ sơ")
    if step.seq in {one.seq for one in open_steps(code)}:
        finish(officer, code, step)


DO: Mapping[str, Callable[[Person, str, DossierStep], None]] = {
    StepKind.APPROVAL: approve,
    StepKind.DECISION: sign,
    StepKind.FIELD_VISIT: visit,
    StepKind.PAYMENT: ask_to_pay,
}


def ask_a_colleague(people: People, code: str, step: DossierStep) -> None:
    """Let the handler ask another unit of the agency, whose officer answers; then go on."""
    asking, (unit, asked) = people(whose(step)), ASKED[whose(step)]
    take(asking, code, step)
    ask(asking, code, step, unit=unit)
    colleague = people(asked)
    colleague.go("/xu-ly/y-kien/")
    colleague.main.get_by_role("row").filter(has_text=code).get_by_role(
        "link", name="Trả lời"
    ).click()
    colleague.main.locator("input[name=agrees][value=yes]").check()
    colleague.main.locator("textarea[name=answer]").fill("Không vướng gì.")
    colleague.press("Trả lời", exact=False)
    colleague.reads("Đã trả lời ý kiến")
    finish(asking, code, step)


def ask(officer: Person, code: str, step: DossierStep, *, unit: str = "", agency: str = "") -> None:
    """Let an officer send a question."""
    act(officer, code, "Lấy ý kiến", step)
    if unit:
        officer.tick(unit)
    if agency:
        officer.choose("Cơ quan khác trong tỉnh", agency)
    officer.main.locator("textarea[name=question]").fill("Có vướng gì không?")
    officer.put("Hạn trả lời (hết ngày)", "13/03/2026")
    officer.press("Gửi câu hỏi", exact=False)
    officer.reads("Đã hỏi 1 nơi")


def wait_and_finish(people: People, code: str, step: DossierStep) -> None:
    """Let what is posted hang for its time."""
    people.clock.pass_on(timedelta(days=16))
    finish(people(whose(step)), code, step, "Hết thời gian niêm yết, không có ý kiến khác.")


WITH_OTHERS: Mapping[str, Callable[[People, str, DossierStep], None]] = {
    StepKind.CONSULTATION: ask_a_colleague,
    StepKind.POSTING: wait_and_finish,
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
    if step.kind == StepKind.APPLICANT_CONFIRMS:
        applicant = dossiers.Dossier.objects.get(code=code).submitter_email
        confirm(people(applicant), code)
        return applicant.partition("@")[0]
    login = whose(step)
    if step.kind in WITH_OTHERS:
        WITH_OTHERS[step.kind](people, code, step)
    else:
        DO.get(step.kind, finish)(people(login), code, step)
    return login


def hand_out(desk: Person, code: str) -> None:
    """Let the desk take what is still to be paid or given up, and hand the result over."""
    desk.go(f"/mot-cua/ho-so/{code}/tra/")
    for box in desk.main.locator("input[name=collected]").all():
        box.check()
    desk.choose("Cách đã kiểm tra", "Chính chủ, đã xem thẻ căn cước")
    note_receipts(desk, code)
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
    """Somebody at the desk with papers in hand; the words find one procedure, which is chosen."""

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
    expect(desk.main.get_by_label("Trường hợp")).to_be_visible()
    desk.put("Chủ hồ sơ (họ và tên", what.name)
    desk.put("Điện thoại", what.phone)
    desk.main.get_by_label("Có đủ tất cả").check()
    if what.agency:
        desk.choose("Cơ quan giải quyết", what.agency)
    if what.fee:
        desk.put("Biên lai giấy số", what.fee)
    desk.press("Tiếp nhận", exact=False)
    expect(desk.page.get_by_role("heading", name="Đã tiếp nhận")).to_be_visible()
    return desk.code
