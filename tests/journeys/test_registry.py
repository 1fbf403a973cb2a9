"""The province directs its communes: written, signed, sent, read, done, and taken back again."""

from datetime import timedelta

import pytest

from demo.cast import gather
from motcua.casework.documents import api as documents
from motcua.casework.exchange import api as exchange
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import now

from .people import People, Person

pytestmark = pytest.mark.usefixtures("seen")
SUBJECT = "Tổng kiểm tra an toàn hồ đập trước mùa mưa"
GROUP = "Các xã, phường trong tỉnh"
WHY = "Ghi sai thời hạn báo cáo"


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


def find(person: Person, path: str) -> None:
    """Open the document of the story from a list."""
    person.go(path)
    person.follow(SUBJECT, exact=False)  # unread ones say so in their link


def choose(person: Person, label: str, words: str) -> None:
    """Choose the option that begins with these words."""
    box = person.main.get_by_label(label).first
    value = box.locator("option", has_text=words).first.get_attribute("value")
    box.select_option(value=value)


def write_and_issue(people: People) -> None:
    """Let Tâm write it, Sơn approve it, and Cúc number what he signed by pen."""
    tam, son, cuc = (people(login) for login in ("tam", "son", "cuc"))
    tam.go("/van-ban/di/moi/?loai=18")
    tam.put("Trích yếu nội dung", SUBJECT)
    words = "Các xã, phường kiểm tra từng hồ, đập.\n1. Báo cáo trước ngày 20."
    tam.main.locator("textarea[name=text]").fill(words)
    tam.put("Kính gửi", GROUP)
    tam.main.get_by_role("button").last.click()
    tam.page.wait_for_load_state()
    act(tam, "Nơi nhận")
    choose(tam, "Thêm cả nhóm", GROUP)
    tam.main.get_by_role("button").last.click()
    tam.page.wait_for_load_state()
    act(tam, "Trình duyệt")
    choose(tam, "Trình ai", "Nguyễn Văn Sơn")
    tam.press("Trình")
    find(son, "/van-ban/")
    act(son, "Duyệt")
    choose(son, "Trình ai", "Nguyễn Văn Sơn")
    son.tick("Ký")
    son.press("Duyệt, chuyển")
    find(cuc, "/van-ban/di/")
    act(cuc, "Phát hành bản giấy")
    cuc.put("Người ký", "Nguyễn Văn Sơn")
    cuc.press("Cấp số")
    cuc.press("Gửi")
    work()


def test_a_direction_goes_to_all_communes_is_done_and_another_is_taken_back(
    people: People, communes: int
) -> None:
    # given a direction of the province, sent to every commune
    write_and_issue(people)
    cuc, van, hoa = people("cuc"), people("van"), people("hoa")

    # when Vân registers it and Hoa names who leads
    find(van, "/van-ban/den/")
    act(van, "Đăng ký")
    choose(van, "Trình ai cho ý kiến", "Lò Thị Hoa")
    van.press("Vào sổ, cấp số đến")
    find(hoa, "/van-ban/")
    act(hoa, "Cho ý kiến chỉ đạo")
    hoa.put("Ý kiến chỉ đạo", "Phòng Kinh tế chủ trì, báo cáo đúng hạn.")
    choose(hoa, "Nơi nhận", "Phòng Kinh tế")
    hoa.press("Ghi ý kiến, chuyển xử lý")
    hoa.reads("Nhiệm vụ từ văn bản này")
    work()

    # then the province sees how far it has come, and takes it back
    find(cuc, "/van-ban/di/")
    cuc.reads(f"{communes} nơi nhận: {communes} đã đến nơi, 1 đã vào sổ")
    act(cuc, "Thu hồi")
    cuc.put("Lý do", WHY)
    cuc.press("Thu hồi")
    cuc.reads("Đã thu hồi")
    work()

    # and the commune hears why, and agrees
    find(van, "/van-ban/den/")
    act(van, "Trả lời nơi gửi")
    van.reads(WHY)
    van.main.get_by_role("radio").first.check()
    van.main.get_by_role("button").last.click()
    van.page.wait_for_load_state()
    van.reads("Đã thu hồi")


def test_both_registers_are_printed(people: People) -> None:
    for login, name in (("van", "Sổ đăng ký văn bản đến"), ("cuc", "Sổ đăng ký văn bản đi")):
        clerk = people(login)
        clerk.go("/van-ban/so/")
        clerk.follow(name)
        printed = clerk.page.request.get(clerk.page.url.rstrip("/") + "/in/")

        assert printed.body()[:5] == b"%PDF-"
        clerk.reads(SUBJECT)
