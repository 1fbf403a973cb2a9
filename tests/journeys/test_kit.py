"""What pages do in a browser beyond showing themselves."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

DESK = {"width": 1366, "height": 768}
MEGABYTE = 1024 * 1024
# The field's form is drawn anew when its answer changes, as forms with conditions are.
REDRAWN = """field => {
  field.form.id = "cac-o";
  field.form.dataset.drawn = "";
  const asks = {post: "?xem=1", trigger: "change", target: "#cac-o", select: "form"};
  asks.swap = "outerHTML";
  for (const [name, value] of Object.entries(asks)) field.setAttribute(`hx-${name}`, value);
  htmx.process(field);
}"""


@pytest.fixture
def staff(site: str, page: Page) -> Page:
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # -- a TypedDict by another name
    page.clock.install()
    page.goto(f"{site}/bo-giao-dien/staff/")
    return page


class PartsServer:
    """The server's side of sending in parts, with one failure on the way."""

    def __init__(self, fail_at: int) -> None:
        self.kept = b""
        self.names: list[str] = []
        self.fail_at = fail_at
        self.failures = 0

    def answer(self, route: Route) -> None:
        request = route.request
        if request.method == "POST":
            self.names.append(request.post_data or "")
            route.fulfill(json={"token": "abc", "offset": 0})
        elif request.method == "PATCH" and len(self.kept) >= self.fail_at and not self.failures:
            self.failures += 1
            route.abort("connectionreset")
        else:
            if request.method == "PATCH":
                assert request.headers["upload-offset"] == str(len(self.kept))
                self.kept += request.post_data_buffer or b""
            route.fulfill(status=200, headers={"Upload-Offset": str(len(self.kept))})


def test_a_second_click_sends_nothing(site: str, page: Page) -> None:
    page.goto(f"{site}/bo-giao-dien/")
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.method) if r.method == "POST" else None)
    page.route("**/bo-giao-dien/", lambda route: route.fulfill(status=204))

    for _ in range(2):
        page.get_by_role("button", name="Tiếp tục").evaluate("button => button.click()")
        page.wait_for_timeout(300)

    assert sent == ["POST"]


def test_keys_find_fields_and_rows(staff: Page) -> None:
    staff.keyboard.press("F2")
    expect(staff.get_by_label("Mã hồ sơ, tên người nộp")).to_be_focused()

    staff.get_by_role("link", name="H18.101-260105-0001").focus()
    staff.keyboard.press("ArrowDown")
    expect(staff.get_by_role("link", name="H18.101-260105-0002")).to_be_focused()


def test_space_ticks_the_row_that_has_the_focus(staff: Page) -> None:
    staff.get_by_role("link", name="H18.101-260105-0002").focus()

    staff.keyboard.press("Space")

    expect(staff.get_by_label("Chọn H18.101-260105-0002")).to_be_checked()


def test_the_bar_tells_how_many_rows_are_chosen(staff: Page) -> None:
    bar = staff.locator("[data-selection]")
    expect(bar).to_be_hidden()

    staff.get_by_label("Chọn H18.101-260105-0003").check()
    expect(bar).to_contain_text("Đã chọn 1.")

    staff.get_by_label("Chọn tất cả trên trang này").check()
    expect(bar).to_contain_text("Đã chọn 12.")


def test_an_idle_page_warns_and_can_stay(staff: Page) -> None:
    dialog = staff.get_by_role("dialog", name="Phiên làm việc sắp khóa")
    staff.clock.run_for(29 * 60 * 1000 - 5000)
    expect(dialog).to_be_hidden()

    staff.clock.run_for(10_000)
    expect(dialog).to_contain_text("Những gì đang nhập vẫn được giữ trên trang này.")
    staff.get_by_role("button", name="Làm tiếp").click()

    expect(dialog).to_be_hidden()


def test_a_locked_page_keeps_what_was_typed(staff: Page) -> None:
    staff.get_by_label("Họ và tên").fill("Nguyễn Thị Lan")
    staff.clock.run_for(31 * 60 * 1000)

    expect(staff.get_by_role("link", name="Đăng nhập lại")).to_be_visible()
    expect(staff.get_by_label("Họ và tên")).to_have_value("Nguyễn Thị Lan")


def test_a_draft_is_saved_while_typing(site: str, page: Page) -> None:
    page.goto(f"{site}/bo-giao-dien/")
    page.route("**/bo-giao-dien/", lambda route: route.fulfill(status=200))

    page.get_by_label("Họ và tên").fill("Lan")

    expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu lúc", timeout=5000)


def test_an_answer_opens_its_further_question(site: str, page: Page) -> None:
    page.goto(f"{site}/bo-giao-dien/")
    question = page.get_by_label("Tên người được nhận thay")
    expect(question).to_be_hidden()

    page.get_by_label("Nhờ người khác nhận").check()

    expect(question).to_be_visible()


def test_what_is_typed_while_a_page_is_drawn_anew_stays(site: str, page: Page) -> None:
    page.goto(f"{site}/bo-giao-dien/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/bo-giao-dien/?xem=1", hold)
    phone, name = page.get_by_label("Số điện thoại"), page.get_by_label("Họ và tên")
    name.evaluate(REDRAWN)
    anew = page.content().replace("data-drawn", "data-anew")

    name.fill("Nguyễn Thị Lan")
    with page.expect_request("**/bo-giao-dien/?xem=1"):
        name.blur()
    phone.fill("0912345678")
    page.get_by_label("Nhờ người khác nhận").check()
    with page.expect_response("**/bo-giao-dien/?xem=1"):
        held[0].fulfill(body=anew, content_type="text/html; charset=utf-8")

    expect(page.locator("[data-anew]")).to_have_count(1)
    expect(phone).to_have_value("0912345678")
    expect(page.get_by_label("Tên người được nhận thay")).to_be_visible()


def test_a_file_goes_in_parts_and_goes_on_after_a_break(site: str, page: Page) -> None:
    server = PartsServer(fail_at=MEGABYTE)
    page.route("**/tep/**", server.answer)
    page.goto(f"{site}/bo-giao-dien/")
    content = bytes(range(256)) * 6000

    page.get_by_label("Ảnh chụp giấy chứng sinh").set_input_files(
        {"name": "don.pdf", "mimeType": "application/pdf", "buffer": content}
    )

    expect(page.get_by_text("Đã gửi", exact=True)).to_be_visible(timeout=15_000)
    assert (server.kept == content, server.failures) == (True, 1)
    assert page.locator('input[name="file_token"]').get_attribute("value") == "abc"


def test_a_file_chosen_before_the_script_came_is_sent(site: str, page: Page) -> None:
    server, held = PartsServer(fail_at=MEGABYTE), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/tep/**", server.answer)
    page.route("**/upload*.js", hold)
    page.goto(f"{site}/bo-giao-dien/", wait_until="commit")
    page.get_by_label("Ảnh chụp giấy chứng sinh").set_input_files(
        {"name": "don.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    while not held:
        page.wait_for_timeout(50)

    held[0].continue_()

    expect(page.get_by_text("Đã gửi", exact=True)).to_be_visible(timeout=15_000)
    assert server.kept == b"%PDF-1.7"


def test_a_page_sent_while_a_file_is_on_its_way_waits_for_it(site: str, page: Page) -> None:
    server = PartsServer(fail_at=MEGABYTE)
    page.route("**/tep/**", server.answer)
    page.goto(f"{site}/bo-giao-dien/")
    box = page.get_by_label("Ảnh chụp giấy chứng sinh")
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.post_data or "") if r.method == "POST" else None)
    page.route("**/bo-giao-dien/", lambda route: route.fulfill(status=204))

    box.set_input_files(
        {"name": "don.pdf", "mimeType": "application/pdf", "buffer": bytes(2 * MEGABYTE)}
    )
    form = box.locator("xpath=ancestor::form")
    form.evaluate("form => form.requestSubmit()")

    expect(page.get_by_text("Đang gửi tệp. Gửi xong, trang tự đi tiếp")).to_be_visible()
    page.wait_for_event("request", lambda r: "file_token" in (r.post_data or ""), timeout=15_000)
    assert (len(server.kept), "abc" in sent[-1]) == (2 * MEGABYTE, True)


def test_without_a_line_a_form_stays(site: str, page: Page) -> None:
    page.goto(f"{site}/bo-giao-dien/")
    page.context.set_offline(True)

    page.get_by_role("button", name="Tiếp tục").click()

    expect(page.get_by_text("Đang mất mạng, chưa gửi được")).to_be_focused()


def test_a_large_picture_is_reduced_before_it_is_sent(site: str, page: Page) -> None:
    server = PartsServer(fail_at=10**9)
    page.route("**/tep/**", server.answer)
    page.goto(f"{site}/bo-giao-dien/")
    photograph = BytesIO()
    Image.effect_noise((2600, 1300), 80).save(photograph, "PNG")

    page.get_by_label("Ảnh chụp giấy chứng sinh").set_input_files(
        {"name": "anh.png", "mimeType": "image/png", "buffer": photograph.getvalue()}
    )

    expect(page.get_by_text("Đã gửi", exact=True)).to_be_visible(timeout=15_000)
    sent = Image.open(BytesIO(server.kept))
    assert (sent.format, sent.size) == ("JPEG", (2000, 1000))


def test_a_refused_file_says_why(site: str, page: Page) -> None:
    page.route(
        "**/tep/bat-dau/",
        lambda route: route.fulfill(status=422, body="Tệp này không phải PDF."),
    )
    page.goto(f"{site}/bo-giao-dien/")

    page.get_by_label("Ảnh chụp giấy chứng sinh").set_input_files(
        {"name": "don.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}
    )

    expect(page.get_by_text("Tệp này không phải PDF.")).to_be_visible()
