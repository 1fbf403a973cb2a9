"""The cashier at the desk: opens, hands over, closes, carries to the bank, closes the day."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind, EntryIn, Leg
from motcua.foundation.access import api as access
from motcua.foundation.identity.api import Account
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

from .make import Desk, make_desk, make_desk_officer, sign_in_dung, told

pytestmark = pytest.mark.django_db
HUNDRED = {"n50000": "2", "words": "tiền lẻ cơ quan ứng"}


def opened(desk: Desk) -> cashbook.Drawer:
    """Return Bình's shift, opened on the page with 100.000 đồng."""
    desk.client.post(reverse("counter:open_shift"), HUNDRED)
    drawer = cashbook.drawer_of(actor_of(desk.binh))
    assert drawer is not None
    return drawer


def actor_of(account: Account) -> Actor:
    return access.actor_now(account.pk, at=now()).actor


def pay(desk: Desk, vnd: int = 15_000) -> None:
    """Lan pays a charge in cash."""
    agency_id, drawer = desk.commune.agency_id, f"unit:{desk.commune.desk_id}"
    legs = (
        Leg(AccountKind.DRAWER, agency_id, vnd, drawer),
        Leg(AccountKind.CHARGE, agency_id, -vnd),
    )
    at = now()
    entry = EntryIn(
        "payments.cash", "1", local_day(at), "Lò Thị Lan nộp lệ phí", legs, "order:TT26-1"
    )
    cashbook.post(entry, by=actor_of(desk.binh), at=at)


def test_a_shift_is_opened_with_its_notes() -> None:
    desk = make_desk()

    answer = desk.client.post(reverse("counter:open_shift"), HUNDRED)

    assert answer.status_code == 302
    assert "với 100.000 đồng đầu ca" in told(answer)[0]


def test_money_from_nowhere_is_refused_beside_its_field() -> None:
    desk = make_desk()

    answer = desk.client.post(reverse("counter:open_shift"), {"n50000": "2"})

    assert answer.status_code == 422
    assert "nhận từ đâu" in answer.content.decode()
    assert 'value="2"' in answer.content.decode()


def test_letters_are_no_notes() -> None:
    answer = make_desk().client.post(reverse("counter:open_shift"), {"n50000": "hai"})

    assert (answer.status_code, "Số tờ phải là số." in answer.content.decode()) == (422, True)


def test_the_shift_shows_its_takings_with_their_orders() -> None:
    desk = make_desk()
    opened(desk)
    pay(desk)

    page = desk.client.get(reverse("counter:cash")).content.decode()

    assert "TT26-1" in page
    assert "115.000 đồng" in page


def test_a_shift_is_closed_with_a_reason_for_what_is_missing() -> None:
    desk = make_desk()
    code = opened(desk).code
    address = reverse("counter:close_shift", args=[code])

    without = desk.client.post(address, {"n50000": "1"})
    answer = desk.client.post(address, {"n50000": "1", "reason": "trả nhầm"}, follow=True)

    assert without.status_code == 422
    assert "Đếm thiếu 50.000 đồng so với sổ: trả nhầm" in answer.content.decode()


def test_a_shift_changes_hands_on_two_screens() -> None:
    desk = make_desk()
    lien = make_desk_officer("Bạc Thị Liên", "lien", desk.commune.desk_id, role=PostRole.DESK_HEAD)
    code = opened(desk).code
    hers = Client()
    hers.force_login(lien)

    desk.client.post(
        reverse("counter:hand_shift", args=[code]), {"n50000": "2", "to": f"{lien.pk}"}
    )
    asked = hers.get(reverse("counter:cash")).content.decode()
    answer = hers.post(reverse("counter:take_shift", args=[code]), {"n50000": "2"})

    assert "Trần Văn Bình giao ca" in asked
    assert told(answer)[0].startswith("Đã nhận ca của Trần Văn Bình")


def test_money_is_carried_to_the_treasury_with_a_list_and_a_slip() -> None:
    desk = make_desk()
    opened(desk)
    place = {"bank": "Kho bạc Nhà nước", "account_number": "3511.0.1"}

    made = desk.client.post(
        reverse("counter:deposits"), {"n50000": "1", "source": "drawer", **place}
    )
    settled = desk.client.post(
        made["Location"], {"slip_number": "12/GNT", "slip_on": f"{local_day(now()):%d/%m/%Y}"}
    )

    code = made["Location"].split("/")[-2]
    assert told(settled)[-1] == f"Đã ghi giấy nộp tiền 12/GNT cho {code}."
    assert desk.client.get(made["Location"] + "in/").content.startswith(b"%PDF")


def test_more_than_the_safe_holds_is_not_carried_away() -> None:
    desk = make_desk()
    place = {"bank": "Kho bạc Nhà nước", "account_number": "3511.0.1", "source": "safe"}

    answer = desk.client.post(reverse("counter:deposits"), {"n50000": "1", **place})

    assert "két của quầy chỉ có 0 đồng" in answer.content.decode()


def test_the_day_is_closed_after_its_shifts() -> None:
    desk = make_desk()
    code = opened(desk).code
    address = reverse("counter:close_desk")

    early = desk.client.get(address).content.decode()
    desk.client.post(reverse("counter:close_shift", args=[code]), {"n50000": "2"})
    desk.client.post(address, {"n50000": "2"})
    done = desk.client.get(address).content.decode()

    assert "Còn ca thu chưa đóng" in early
    assert "đếm được 100.000 đồng" in done
    on = local_day(now()).isoformat()
    assert desk.client.get(reverse("counter:print_desk", args=[on])).content.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["cash", "deposits", "close_desk", "cash_history", "quarters"])
def test_each_page_opens(name: str) -> None:
    assert make_desk().client.get(reverse(f"counter:{name}")).status_code == 200


def test_a_quarter_waits_for_the_book_to_be_closed() -> None:
    answer = make_desk().client.post(reverse("counter:quarters"), {"quarter": "1999-1"})

    assert told(answer) == ["Hãy chọn quý cần đối soát."]


def test_the_minutes_of_another_desk_are_not_printed() -> None:
    desk = make_desk()
    theirs = cashbook.QuarterClosing.objects.create(
        unit_id=desk.commune.desk_id + 1,
        agency_id=desk.commune.agency_id,
        year=2026,
        number=1,
        state=cashbook.QuarterState.PROPOSED,
        proposed_by_id=1,
        proposed_by_name="Vân",
        proposed_at=now(),
    )

    answer = desk.client.get(reverse("counter:print_quarter", args=[theirs.pk]))

    assert answer.status_code == 404


def test_dung_sees_no_shift_of_ours() -> None:
    desk = make_desk()
    code = opened(desk).code
    dung = sign_in_dung()

    answers = [
        dung.get(reverse("counter:shift", args=[code])).status_code,
        dung.get(reverse("counter:print_shift", args=[code])).status_code,
        dung.get(reverse("counter:take_shift", args=[code])).status_code,
    ]

    assert answers == [404, 404, 404]


def test_whoever_takes_no_cash_is_kept_out() -> None:
    desk = make_desk()
    van = make_desk_officer(
        "Tòng Thị Vân", "van", desk.commune.desk_id, role=PostRole.REGISTRY_CLERK
    )
    client = Client()
    client.force_login(van)

    assert client.get(reverse("counter:cash")).status_code == 403
