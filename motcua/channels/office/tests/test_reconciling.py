"""Pages of reconciliation: a statement handed in, its result, a difference settled and approved."""

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.payments.api import OrderState, get_order
from motcua.casework.payments.tests.make import make_order, make_till
from motcua.casework.reconciliation.api import Mismatch, MismatchState, Statement, Way
from motcua.casework.reconciliation.tests.make import csv_of
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole

from .make import signed_in, text_of

pytestmark = pytest.mark.django_db
HOME = "/xu-ly/doi-soat/"
WHY = "Đã hỏi ngân hàng"


@dataclass(frozen=True, slots=True)
class Money:
    """An agency that reconciles: Nga the accountant, Hoa the leader, Dũng a handler elsewhere."""

    agency_id: int
    order_code: str
    nga: Client
    hoa: Client
    dung: Client


@pytest.fixture
def money() -> Money:
    """Return people who have signed in, and an order of 150,000 đồng that waits."""
    till = make_till()
    root = organisation.tree().agency(till.agency_id).root_unit_id
    order = make_order(till)
    return Money(
        till.agency_id,
        order.code,
        signed_in("Quàng Thị Nga", "nga", root, PostRole.ACCOUNTANT)[0],
        signed_in("Điêu Chính Hoa", "hoa", root, PostRole.AGENCY_LEADER)[0],
        signed_in("Cà Văn Dũng", "dung", till.desk_id, PostRole.HANDLER)[0],
    )


def hand_in(money: Money, content: bytes, **changes: str) -> str:
    """Hand a statement in; return the text of the page that follows."""
    sent = {"agency": f"{money.agency_id}", "channel": "transfer", "account": "", **changes}
    file = SimpleUploadedFile("sao-ke.csv", content)
    answer = money.nga.post(f"{HOME}nap/", {**sent, "file": file}, follow=True)
    return answer.content.decode()


def path_of(found: Mismatch) -> str:
    return f"{HOME}chenh-lech/{found.code}/"


def test_a_statement_is_handed_in_and_its_result_shown(money: Money) -> None:
    page = hand_in(money, csv_of(("FT1", 150_000, money.order_code), ("FT2", 7_000, "khong ro")))

    assert get_order(money.order_code).state == OrderState.PAID
    assert ["Sao kê có, sổ không có" in page, "khong ro" in page] == [True, True]
    assert Mismatch.objects.get().code in text_of(money.nga, HOME)
    assert Statement.objects.get().code in text_of(money.hoa, HOME)


@pytest.mark.parametrize(
    ("content", "changes", "words"),
    [
        (b"", {}, "Hãy chọn tệp sao kê"),
        (b"a,b\n1,2", {}, "Không thấy hàng tiêu đề"),
        (csv_of(("FT1", 5, "x")), {"channel": "x"}, "Hãy chọn loại tệp"),
        (csv_of(("FT1", 5, "x")), {"account": "999"}, "của tài khoản khác"),
    ],
)
def test_a_bad_file_is_told_beside_the_form(
    money: Money, content: bytes, changes: dict[str, str], words: str
) -> None:
    assert words in hand_in(money, content, **changes)
    assert Statement.objects.count() == 0


def test_a_candidate_is_offered_and_recorded(money: Money) -> None:
    hand_in(money, csv_of(("FT1", 150_000, "LO THI LAN nop")))
    found = Mismatch.objects.get()

    page = text_of(money.nga, path_of(found))
    sent = {"way": Way.RECORD, "detail": money.order_code, "reason": WHY}
    money.nga.post(path_of(found), sent)

    assert f"{money.order_code} – Lò Thị Lan" in page
    assert get_order(money.order_code).state == OrderState.PAID


def test_a_reason_is_asked_for_and_nothing_typed_is_lost(money: Money) -> None:
    hand_in(money, csv_of(("FT1", 7_000, "x")))
    found = Mismatch.objects.get()

    answer = money.nga.post(path_of(found), {"way": Way.RECORD, "other": "TT1", "reason": "ok"})

    assert (answer.status_code, "ít nhất 8 ký tự" in answer.content.decode()) == (422, True)
    assert 'value="TT1"' in answer.content.decode()


def test_a_write_off_is_proposed_by_one_and_approved_by_another(money: Money) -> None:
    hand_in(money, csv_of(("FT1", 7_000, "x")))
    found = Mismatch.objects.get()
    money.nga.post(path_of(found), {"way": Way.OTHER_INCOME, "reason": WHY})

    page = text_of(money.hoa, path_of(found))
    own = text_of(money.nga, path_of(found))
    money.hoa.post(f"{path_of(found)}duyet/", {"act": "approve"})

    assert ["Duyệt, ghi sổ" in page, "Duyệt, ghi sổ" in own] == [True, False]
    assert Mismatch.objects.get().state == MismatchState.SETTLED


def test_a_proposal_is_sent_back_with_a_reason(money: Money) -> None:
    hand_in(money, csv_of(("FT1", 7_000, "x")))
    found = Mismatch.objects.get()
    money.nga.post(path_of(found), {"way": Way.OTHER_INCOME, "reason": WHY})

    money.hoa.post(f"{path_of(found)}duyet/", {"act": "refuse", "reason": "Chưa rõ nguồn tiền"})

    assert Mismatch.objects.get().reason == "Không duyệt: Chưa rõ nguồn tiền"


def test_others_learn_nothing(money: Money) -> None:
    hand_in(money, csv_of(("FT1", 7_000, "x")))
    found, statement = Mismatch.objects.get(), Statement.objects.get()

    statuses = [
        money.dung.get(path).status_code
        for path in (HOME, path_of(found), f"{HOME}sao-ke/{statement.code}/")
    ]

    assert statuses == [403, 404, 404]
