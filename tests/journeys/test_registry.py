"""The province directs its communes: sent, read, done, answered; replaced and taken back again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from demo.cast import Cast, gather
from demo.organisation import NAMED
from demo.tests.provinces import build_province
from motcua.casework.documents import api as documents
from motcua.casework.exchange import api as exchange
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import now

from .people import PHONE, People, Person

pytestmark = pytest.mark.usefixtures("seen")
SUBJECT = "Tổng kiểm tra an toàn hồ đập trước mùa mưa"
GROUP = "Các xã, phường trong tỉnh"
NEWER, REPLY = (
    "Kiểm tra an toàn đập, hồ chứa năm 2026",
    "Báo cáo kết quả kiểm tra hồ đập của phường",
)
WHY = "Ghi sai thời hạn báo cáo"


@pytest.fixture(scope="session")
def building() -> Callable[[datetime], Cast]:
    """Return who builds the province with all its communes."""
    return build_province


@pytest.fixture(scope="module", autouse=True)
def communes(province: str) -> int:  # noqa: ARG001 -- the province comes first
    """Let the province keep a group of all its communes; return how many there are."""
    tree = organisation.tree()
    own = tree.agency_by_code("H18")
    found = [one for one in tree.agencies() if one.kind == AgencyKind.COMMUNE_COMMITTEE]
    by = gather(now()).at_post("H18.TH-01")
    codes = [one.code for one in found]
    documents.keep_group(own.id if own else 0, GROUP, codes, by=by, at=now())
    return len(found)


def work() -> None:
    """Let the worker carry messages and tell everybody what follows."""
    for minutes in range(2):
        exchange.carry_due(at=now() + timedelta(minutes=minutes))
        outbox.catch_up(at=now() + timedelta(minutes=minutes))


def act(person: Person, name: str) -> None:
    """Choose what is to be done with the document one has before one."""
    link = person.main.get_by_role("link", name=name, exact=True).first
    if not link.is_visible():
        person.main.get_by_text("Việc khác", exact=True).click()
    link.click()
    person.page.wait_for_load_state()
    person.eyes.look(person.page)


def find(person: Person, path: str, subject: str = SUBJECT) -> None:
    """Open the document of the story from a list."""
    person.go(path)
    person.follow(subject, exact=False)  # unread ones say so in their link


def choose(person: Person, label: str, words: str) -> None:
    """Choose the option that begins with these words."""
    box = person.main.get_by_label(label).first
    value = box.locator("option", has_text=words).first.get_attribute("value")
    box.select_option(value=value)


@dataclass(frozen=True)
class Desk:
    """Who writes, who signs and who numbers in one agency."""

    writer: str
    leader: str
    leader_name: str
    clerk: str


PROVINCE = Desk("tam", "son", "Nguyễn Văn Sơn", "cuc")
WARD = Desk("thang", "hoa", "Lò Thị Hoa", "van")


def write(person: Person, subject: str, addressee: str) -> None:
    """Write a document whose page is open, and keep it."""
    person.put("Trích yếu nội dung", subject)
    words = "Các nơi nhận kiểm tra từng hồ, đập.\n1. Báo cáo trước ngày 20."
    person.main.locator("textarea[name=text]").fill(words)
    person.put("Kính gửi", addressee)
    press_last(person)


def press_last(person: Person) -> None:
    """Press the button at the end of the form."""
    person.main.get_by_role("button").last.click()
    person.page.wait_for_load_state()
    person.eyes.look(person.page)


def sign_and_send(people: People, desk: Desk, subject: str) -> None:
    """Let the writer submit, the leader approve, and the clerk number what he signed by pen."""
    writer, leader, clerk = (people(one) for one in (desk.writer, desk.leader, desk.clerk))
    act(writer, "Trình duyệt")
    choose(writer, "Trình ai", desk.leader_name)
    writer.press("Trình")
    find(leader, "/van-ban/", subject)
    act(leader, "Duyệt")
    choose(leader, "Trình ai", desk.leader_name)
    leader.tick("Ký")
    leader.press("Duyệt, chuyển")
    find(clerk, "/van-ban/di/", subject)
    act(clerk, "Phát hành bản giấy")
    clerk.put("Người ký", desk.leader_name)
    clerk.press("Cấp số")
    clerk.press("Gửi")
    work()


def do_task(people: People) -> None:
    """Let Hương give it to Thắng, who reports by phone, and Hoa confirm it on hers."""
    huong, thang, hoa = people("huong"), people("thang", PHONE), people("hoa", PHONE)
    find(huong, "/van-ban/nhiem-vu/don-vi/")
    huong.follow("Phân công")
    choose(huong, "Giao cho", NAMED["H18.101.KT-02"])
    press_last(huong)
    find(thang, "/van-ban/nhiem-vu/")
    thang.follow("Báo cáo kết quả")
    thang.put("Kết quả thực hiện", "Đã kiểm tra đủ các hồ, đập.")
    thang.press("Gửi kết quả")
    find(hoa, "/van-ban/nhiem-vu/da-giao/")
    hoa.follow("Xác nhận hoàn thành")
    press_last(hoa)
    work()


def test_a_direction_goes_to_all_communes_is_answered_and_done(
    people: People, communes: int
) -> None:
    # given a direction of the province, sent to every commune
    tam, cuc, van = people("tam"), people("cuc"), people("van")
    hoa, thang = people("hoa", PHONE), people("thang")
    tam.go("/van-ban/di/moi/?loai=18")
    write(tam, SUBJECT, GROUP)
    act(tam, "Nơi nhận")
    choose(tam, "Thêm cả nhóm", GROUP)
    press_last(tam)
    sign_and_send(people, PROVINCE, SUBJECT)

    # when Vân registers it, Hoa names on her phone who leads, and they do it
    find(van, "/van-ban/den/")
    act(van, "Đăng ký")
    choose(van, "Trình ai cho ý kiến", "Lò Thị Hoa")
    van.press("Vào sổ, cấp số đến")
    find(hoa, "/van-ban/")
    act(hoa, "Cho ý kiến chỉ đạo")
    hoa.put("Ý kiến chỉ đạo", "Phòng Kinh tế chủ trì, báo cáo đúng hạn.")
    choose(hoa, "Nơi nhận", "Phòng Kinh tế")
    hoa.press("Ghi ý kiến, chuyển xử lý")
    do_task(people)
    find(thang, "/van-ban/den/")
    act(thang, "Soạn văn bản trả lời")
    write(thang, REPLY, "Ủy ban nhân dân tỉnh")
    act(thang, "Nơi nhận")
    press_last(thang)
    sign_and_send(people, WARD, REPLY)

    # then both ends see that it is over, and the answer stands beside the question
    find(van, "/van-ban/den/")
    van.reads("Đã xử lý xong")
    find(cuc, "/van-ban/di/")
    cuc.reads(f"{communes} nơi nhận: {communes} đã đến nơi, 1 đã vào sổ, 1 đã xử lý xong.")
    cuc.reads("Được trả lời bằng")


def test_what_was_wrong_is_replaced_and_the_newer_one_taken_back(people: People) -> None:
    # given that Tâm replaces the direction, and it goes to the same places
    tam, cuc, van = people("tam"), people("cuc"), people("van")
    find(tam, "/van-ban/di/")
    act(tam, "Soạn văn bản thay thế")
    tam.put("Lý do thay thế", WHY)
    write(tam, NEWER, GROUP)
    sign_and_send(people, PROVINCE, NEWER)

    # when Vân agrees to use the newer one
    find(van, "/van-ban/den/")
    act(van, "Trả lời nơi gửi")
    van.reads(WHY)
    answer_yes(van)
    van.reads("Đã được thay thế")
    work()

    # then the older one stands as replaced at both ends, and names the newer one
    find(cuc, "/van-ban/di/")
    cuc.reads("Đã được thay thế")
    cuc.reads("Được thay thế bằng")

    # and when the newer one is taken back, the commune hears why and agrees
    find(cuc, "/van-ban/di/", NEWER)
    act(cuc, "Thu hồi")
    cuc.put("Lý do", WHY)
    cuc.press("Thu hồi")
    cuc.reads("Đã thu hồi")
    work()
    find(van, "/van-ban/den/", NEWER)
    act(van, "Trả lời nơi gửi")
    answer_yes(van)
    van.reads("Đã thu hồi")


def answer_yes(person: Person) -> None:
    """Agree to what the sender asks."""
    person.main.get_by_role("radio").first.check()
    press_last(person)


def test_both_registers_are_printed(people: People) -> None:
    for login, name in (("van", "Sổ đăng ký văn bản đến"), ("cuc", "Sổ đăng ký văn bản đi")):
        clerk = people(login)
        clerk.go("/van-ban/so/")
        clerk.follow(name)
        printed = clerk.page.request.get(clerk.page.url.rstrip("/") + "/in/")

        assert printed.body()[:5] == b"%PDF-"
        clerk.reads(SUBJECT)
