"""Money at the desk and in the books: a cashier's day, the accountant's, a day gone wrong."""

import csv
from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import StringIO

import pytest

from motcua.casework.payments import api as payments

from .money import WEDNESDAY, Takers, asked_of, call, pay_at_gateway, takers_of_money
from .people import People, Person
from .wall_clock import WallClock

REASON = "Theo biên bản đối soát với VNPAY ngày 12/11/2026"
COUNTED = {50_000: 2, 20_000: 1, 10_000: 1, 5_000: 1, 2_000: 2, 500: 1}
NUMBER, REF = "Mã giao dịch", "Mã tham chiếu"

pytestmark = pytest.mark.usefixtures("seen")


@pytest.fixture(scope="session")
def clock() -> Iterator[WallClock]:
    """Yield a clock that shows a Wednesday after the rules of July."""
    with pytest.MonkeyPatch.context() as patch:
        yield WallClock(patch, WEDNESDAY)


@pytest.fixture(scope="module")
def takers(
    province: str, clock: WallClock, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Takers]:
    """Run those who take money, until the journeys are over."""
    with takers_of_money(province, clock, tmp_path_factory.mktemp("takers")) as found:
        yield found


def count(person: Person, notes: Mapping[int, int]) -> None:
    """Write how many there are of each note."""
    for note, number in notes.items():
        person.main.locator(f"[name=n{note}]").fill(f"{number}")


@pytest.mark.usefixtures("takers")
def test_a_cash_day_is_counted_closed_and_told(people: People) -> None:
    # given Bình, who takes cash twice in his shift
    binh, thom = people("binh"), people("thom")
    take_cash(binh, {"Lò Thị Lan": 24_000, "Sùng A Páo": 16_000})

    # when he counts, finds five hundred too little and says why
    binh.go("/mot-cua/thu-tien/")
    binh.follow("Đóng ca", exact=False)
    count(binh, COUNTED)
    binh.press("Đóng ca", exact=False)
    binh.reads("hãy ghi lý do")
    binh.put("Lý do, nếu thừa hoặc thiếu", "Trả lại nhầm tiền lẻ")
    binh.press("Đóng ca", exact=False)

    # and brings some to the bank, and counts the rest at the end of the day
    bring_to_bank(binh, {50_000: 2})
    binh.go("/mot-cua/thu-tien/chot-quy/")
    count(binh, {**COUNTED, 50_000: 0})
    binh.press("Chốt quỹ ngày", exact=False)
    binh.reads("đếm được 39.500 đồng, theo sổ 39.500 đồng")

    # then Thơm closes the day of the ward, and sees what was missing
    thom.go("/xu-ly/so-quy/")
    thom.press("Khóa sổ", exact=False)
    thom.reads("Đã khóa sổ đến hết ngày 11/11/2026")
    thom.go("/xu-ly/so-quy/chenh-lech/")
    thom.reads("Trả lại nhầm tiền lẻ")


def take_cash(binh: Person, amounts: Mapping[str, int]) -> None:
    """Let the desk begin a shift with small change, and take what these people pay."""
    binh.go("/mot-cua/thu-tien/")
    count(binh, {50_000: 2})
    binh.put("Tiền lẻ nhận thêm từ đâu", "Kế toán ứng tiền lẻ")
    binh.press("Mở ca thu", exact=False)
    for name, amount in amounts.items():
        binh.go(f"/mot-cua/don/{asked_of(name, amount).code}/")
        binh.press("Thu tiền mặt", exact=False)
        binh.reads("Đã thu tiền mặt")


def bring_to_bank(binh: Person, notes: Mapping[int, int]) -> None:
    """Let the desk bring notes to the treasury, and enter its slip."""
    binh.go("/mot-cua/thu-tien/nop/")
    count(binh, notes)
    binh.put("Ngân hàng, kho bạc", "Kho bạc Nhà nước khu vực")
    binh.put("Số tài khoản nhận", "3741000000001")
    binh.press("Lập bảng kê", exact=False)
    binh.put("Số giấy nộp tiền", "GNT-0111")
    binh.press("Ghi giấy nộp tiền", exact=False)


def bad_report(takers: Takers, missing: str, doubled: str) -> bytes:
    """Return the gateway's report without one row, and with one that came twice."""
    told = call(f"{takers.gateway}/vnpay/bao-cao.csv").decode("utf-8-sig")
    [head, *rows] = csv.reader(StringIO(told))
    number, ref = head.index(NUMBER), head.index(REF)
    out = StringIO()
    table = csv.writer(out)
    table.writerow(head)
    for row in rows:
        if row[ref] != missing:
            table.writerow(row)
        if row[ref] == doubled:
            table.writerow([*row[:number], f"{row[number]}9", *row[number + 1 :]])
    return out.getvalue().encode()


def live_bad_day(takers: Takers) -> tuple[list[str], bytes]:
    """Let five people pay, one wrongly told and one not at all; return orders and the report."""
    people = ("Lò Thị Lan", "Sùng A Páo", "Nguyễn Văn Khánh", "Tòng Thị Nga", "Cà Văn Minh")
    amounts, faults = (24_000, 16_000, 150_000, 40_000, 8_000), ("", "amount", "silent", "", "")
    orders = [asked_of(name, amount) for name, amount in zip(people, amounts, strict=True)]
    refs = [pay_at_gateway(takers, *one) for one in zip(orders, faults, strict=True)]
    return [one.code for one in orders], bad_report(takers, missing=refs[3], doubled=refs[4])


def test_a_bad_day_is_settled_line_by_line(
    people: People, takers: Takers, clock: WallClock
) -> None:
    # given a day on which the gateway told a wrong amount once, and once nothing
    orders, report = live_bad_day(takers)
    clock.pass_on(timedelta(days=1))
    thom, hoa = people("thom"), people("hoa")

    # when Thơm hands in its report the day after, and settles each difference
    hand_in(thom, report)
    thom.reads("khớp 2, chênh lệch 4")
    settle(thom, "Sao kê có, sổ không có", "Ghi nhận tiền cho đơn nộp")
    settle(thom, "Nộp trùng", "Ghi nhận tiền cho đơn nộp")
    proposed = [
        settle(thom, "Lệch số tiền", "Theo số tiền của ngân hàng, đối tác"),
        settle(thom, "Sổ có, sao kê không có", "Không có tiền: ghi vào chênh lệch"),
    ]
    for path in proposed:
        hoa.go(path)
        hoa.press("Duyệt, ghi sổ", exact=False)
        hoa.reads("Đã duyệt và ghi sổ")

    # then nothing is left, and every order says how it stands
    thom.go("/xu-ly/doi-soat/")
    thom.reads("Không còn chênh lệch nào chờ xử lý.")
    states = [payments.get_order(code).state for code in orders]
    assert states == ["paid", "overpaid", "paid", "paid", "overpaid"]


def hand_in(thom: Person, report: bytes) -> None:
    """Let the accountant hand in the gateway's report."""
    thom.go("/xu-ly/doi-soat/")
    thom.choose("Loại tệp", "Báo cáo của cổng VNPAY")
    thom.main.locator("input[type=file]").set_input_files(
        {"name": "vnpay-1111.csv", "mimeType": "text/csv", "buffer": report}
    )
    thom.press("Đối soát", exact=False)


def settle(thom: Person, kind: str, way: str) -> str:
    """Let the accountant settle the difference of a kind; return its page."""
    thom.go("/xu-ly/doi-soat/")
    row = thom.main.get_by_role("row").filter(has_text=kind)
    row.get_by_role("link").first.click()
    thom.page.wait_for_url("**/chenh-lech/**")
    thom.eyes.look(thom.page)
    thom.tick(way)
    thom.put("Lý do, căn cứ", REASON)
    thom.press("Xử lý", exact=False)
    thom.reads(REASON)
    return thom.path
