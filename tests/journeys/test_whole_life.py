"""The whole life of a dossier, through the hands of everybody it passes, in a real browser."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from demo import accounts, catalogue
from demo.cast import founder, gather
from demo.organisation import build_organisation
from demo.present import set_scenes
from motcua.casework.procedures import api as procedures
from motcua.lib.clock import now

PHONE = {"width": 360, "height": 800}
DESK = {"width": 1366, "height": 768}
WARD = "Ủy ban nhân dân phường Điện Biên Phủ"
Enter = Callable[[str], Page]
Findings = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def province(site: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Return the site's address, with the demo's organisation, procedures, people and work."""
    with django_db_blocker.unblock():
        build_organisation(by=founder(), at=now())
        catalogue.set_duties(by=founder(), at=now())
        catalogue.publish_procedures(by=founder(), at=now())
        procedures.forget_kept()
        accounts.open_accounts(by=founder(), at=now())
        list(set_scenes(gather(now()), now()))
    return site


@pytest.fixture
def enter(province: str, browser: Browser) -> Iterator[Enter]:
    """Sign somebody in, in a browser of their own: citizens on a phone, officers at a desk."""
    contexts = []

    def sign_in(login: str) -> Page:
        size = PHONE if "@" in login else DESK
        context = browser.new_context(viewport=size, locale="vi-VN", base_url=province)  # type: ignore[arg-type]  # -- a TypedDict by another name
        contexts.append(context)
        page = context.new_page()
        page.goto("/tai-khoan/dang-nhap/")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(accounts.PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url(lambda url: "dang-nhap" not in url)
        return page

    yield sign_in
    for context in contexts:
        context.close()


def file_for_certificate(lan: Page) -> str:
    """Let Lan find the procedure and file it page by page; answer with the code she is given."""
    lan.goto("/thu-tuc/?q=độc+thân")
    lan.get_by_role("link", name="Xin giấy xác nhận độc thân").first.click()
    lan.get_by_role("link", name="Nộp trực tuyến").click()
    lan.get_by_label("Cấp lần đầu").check()
    lan.get_by_label("Nơi giải quyết").select_option(label=WARD)
    go_on(lan, "Người nộp, chủ hồ sơ")
    go_on(lan, "Người được xác nhận")
    go_on(lan, "Tình trạng hôn nhân")
    go_on(lan, "Dùng vào việc gì")
    lan.get_by_label("Mục đích sử dụng giấy").fill("Đăng ký kết hôn")
    lan.get_by_label("Số bản").fill("1")
    go_on(lan, "Liên hệ, nhận kết quả")
    go_on(lan, "Kiểm tra và nộp")
    lan.locator("#id_declared").check()
    lan.get_by_role("button", name="Nộp hồ sơ").click()
    expect(lan.get_by_role("heading", name="Đã nộp hồ sơ")).to_be_visible()
    return lan.url.split("/ho-so/")[1].split("/")[0]


def go_on(page: Page, heading: str) -> None:
    """Go to the next step of the application, which begins with this heading."""
    page.get_by_role("button", name="tiếp tục").or_(
        page.get_by_role("button", name="Tiếp tục")
    ).first.click()
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def receive(binh: Page, code: str) -> None:
    """Let the desk receive what came on-line."""
    binh.goto(f"/mot-cua/ho-so/{code}/")
    binh.get_by_role("button", name="Tiếp nhận").first.click()
    expect(binh.get_by_role("heading", name="Đã tiếp nhận")).to_be_visible()


def take(officer: Page, code: str) -> None:
    """Let an officer take the work that waits for the unit."""
    officer.goto(f"/xu-ly/ho-so/{code}/")
    officer.get_by_role("button", name="Nhận xử lý").click()
    expect(officer.get_by_text("Ông/bà đã nhận xử lý")).to_be_visible()


def act(officer: Page, code: str, name: str, done: str) -> None:
    """Let an officer open the dossier, choose an act and confirm it."""
    officer.goto(f"/xu-ly/ho-so/{code}/")
    officer.locator("main").get_by_role("link", name=name).first.click()
    officer.locator("main").get_by_role("button", name=name).click()
    expect(officer.get_by_text(done)).to_be_visible()


def hand_out(binh: Page, code: str) -> None:
    """Let the desk take the fee and hand the certificate over."""
    binh.goto(f"/mot-cua/ho-so/{code}/tra/")
    binh.get_by_label("Cách đã kiểm tra").select_option(label="Chính chủ, đã xem thẻ căn cước")
    binh.get_by_label("Biên lai số").fill("MH-000001")
    binh.get_by_role("button", name="Trả kết quả").click()
    expect(binh.get_by_text("Đã trả kết quả").first).to_be_visible()


def test_a_certificate_goes_from_lan_over_every_desk_back_to_lan(
    enter: Enter, barriers: Findings
) -> None:
    # given Lan, who has filed on her phone
    lan = enter("lan@dienbien.example")
    code = file_for_certificate(lan)
    found = barriers(lan)

    # when Bình receives, Hạnh examines, Minh approves, Hoa signs and Bình hands out
    binh, hanh, minh, hoa = (enter(login) for login in ("binh", "hanh", "minh", "hoa"))
    receive(binh, code)
    found += barriers(binh)
    take(hanh, code)
    act(hanh, code, "Hoàn thành bước", "Đã xong bước này")
    found += barriers(hanh)
    act(minh, code, "Duyệt", "Đã duyệt hồ sơ")
    act(hoa, code, "Ký kết quả", "Đã ký kết quả")
    found += barriers(hoa)
    hand_out(binh, code)

    # then Lan sees that she has it, can read it, and nobody was kept out on the way
    lan.goto(f"/ho-so/{code}/")
    expect(lan.get_by_text("Đã trả kết quả").first).to_be_visible()
    outcome = lan.locator("a[href*='/ket-qua/']").first.get_attribute("href")
    answer = lan.request.get(outcome or "")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert found + barriers(lan) == []


def test_an_officer_of_another_commune_does_not_find_the_dossier(enter: Enter) -> None:
    # given a dossier at the ward
    code = file_for_certificate(enter("lan@dienbien.example"))

    # when Dũng of another commune asks for it by its code
    dung = enter("dung")
    answer = dung.goto(f"/mot-cua/ho-so/{code}/")

    # then there is no such dossier for him
    assert answer is not None
    assert answer.status == 404


def test_what_lan_withdraws_nobody_works_on_any_more(enter: Enter) -> None:
    # given a dossier that was received
    lan, binh, hanh = (enter(login) for login in ("lan@dienbien.example", "binh", "hanh"))
    code = file_for_certificate(lan)
    receive(binh, code)

    # when Lan withdraws it
    lan.goto(f"/ho-so/{code}/rut/")
    lan.locator("main").get_by_role("button").first.click()

    # then Hạnh has nothing left to do with it
    hanh.goto(f"/xu-ly/ho-so/{code}/")
    expect(hanh.get_by_text("Công dân yêu cầu rút hồ sơ").first).to_be_visible()


def test_what_lan_supplies_from_her_phone_lets_the_clock_go_on(enter: Enter) -> None:
    # given Lan, of whom a clear copy for her building permit was asked
    lan = enter("lan@dienbien.example")
    lan.goto("/ho-so/")
    lan.get_by_role("link", name="Xin giấy phép xây nhà").click()
    expect(lan.get_by_text("Đang tạm dừng tính thời hạn")).to_be_visible()
    code = lan.url.rstrip("/").rpartition("/")[2]
    photograph = BytesIO()
    Image.new("RGB", (600, 800), "white").save(photograph, "PNG")

    # when she sends a photograph
    lan.get_by_role("link", name="Nộp bổ sung").click()
    lan.locator("main input[type=file]").first.set_input_files(
        {"name": "giay-to.png", "mimeType": "image/png", "buffer": photograph.getvalue()}
    )
    expect(lan.get_by_text("Đã gửi", exact=True)).to_be_visible(timeout=15_000)
    lan.get_by_role("button", name="Gửi bổ sung").click()

    # then the dossier is being worked on again and its clock runs
    lan.goto(f"/ho-so/{code}/")
    expect(lan.get_by_text("Đang xử lý").first).to_be_visible()
    expect(lan.get_by_text("Đang tạm dừng tính thời hạn")).to_have_count(0)


def test_whoever_is_refused_reads_why_and_on_what_basis(enter: Enter) -> None:
    # given Khánh, whose application waits at the desk
    khanh, binh = enter("khanh@dienbien.example"), enter("binh")
    khanh.goto("/ho-so/")
    khanh.get_by_role("link", name="Mở cửa hàng, lập hộ kinh doanh").first.click()
    code = khanh.url.rstrip("/").rpartition("/")[2]

    # when Bình refuses it
    binh.goto(f"/mot-cua/ho-so/{code}/tu-choi/")
    binh.get_by_label("Lý do từ chối").select_option(label="Không đủ điều kiện theo quy định")
    binh.get_by_label("Căn cứ pháp lý").fill("Điều 82 Nghị định 168/2025/NĐ-CP")
    binh.get_by_role("button", name="Từ chối tiếp nhận").click()
    expect(binh.get_by_text("Không được tiếp nhận").first).to_be_visible()

    # then Khánh reads the reason
    khanh.goto(f"/ho-so/{code}/")
    expect(khanh.get_by_text("Không đủ điều kiện theo quy định").first).to_be_visible()
