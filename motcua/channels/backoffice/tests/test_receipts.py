"""The accountant's pages: receipts of a day, corrections, ranges of numbers, the table of a day."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.contracts.tests import make as contracting
from motcua.casework.receipts import api as receipts
from motcua.casework.receipts.tests.make import (
    FEE,
    Place,
    line,
    make_body,
    make_order,
    make_place,
    make_series,
)
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import PostRole, Unit, forget_tree, tree
from motcua.foundation.organisation.tests.make import make_post
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day, now

pytestmark = pytest.mark.django_db
PATH = "/quan-tri/bien-lai/"


@pytest.fixture
def place() -> Iterator[Place]:
    """Return a commune with series of this year."""
    made = make_place(has_series=False, has_body=False)
    make_body(made)
    year = local_day(now()).year
    make_series(made, FEE, f"{year % 100:02d}TAA", year=year)
    yield made
    forget_tree()


@pytest.fixture
def oanh(place: Place) -> Client:
    """Return the browser of the commune's accountant."""
    account = make_officer_account("Vì Thị Oanh", username="oanh")
    root = Unit.objects.get(pk=tree().agency(place.agency_id).root_unit_id)
    make_post(root, PostRole.ACCOUNTANT, holder=account.officer)
    client = Client()
    client.force_login(account)
    return client


def issue(place: Place, code: str = "TT26-1", **changes: object) -> receipts.Receipt:
    order = make_order(place, code, line(FEE, 9_000), at=now(), **changes)
    return receipts.settle(order, by=SYSTEM, at=now())[0]


def sent(**values: str) -> dict[str, str]:
    return {"request_key": str(uuid4()), **values}


def test_a_day_shows_its_receipts_and_what_waits(oanh: Client, place: Place) -> None:
    done = issue(place)
    waiting = issue(place, "TT26-2", agency_id=place.dung.agency_id)

    here = oanh.get(PATH).content.decode()
    one = oanh.get(f"{PATH}xem/{done.code}/").content.decode()
    other = oanh.get(f"{PATH}xem/{waiting.code}/")

    assert (done.number_words in here, "1 biên lai, còn hiệu lực 9.000 đồng" in here) == (
        True,
        True,
    )
    assert ("Chờ con dấu" in one, "Lập biên lai điều chỉnh" in one) == (True, True)
    assert other.status_code == 404


def test_a_receipt_is_replaced_adjusted_and_printed(oanh: Client, place: Place) -> None:
    wrong = issue(place)
    path = f"{PATH}xem/{wrong.code}/"

    empty = oanh.post(f"{path}thay-the/", sent(name="Lò Thị Lanh", reason=""))
    made = oanh.post(f"{path}thay-the/", sent(name="Lò Thị Lanh", reason="Sai tên"))
    after = str(made.headers["Location"])
    no_amount = oanh.post(f"{after}dieu-chinh/", sent(name="Giảm", direction="-1", reason="Sai"))
    adjusted = oanh.post(
        f"{after}dieu-chinh/", sent(name="Giảm", direction="-1", amount="1.000", reason="Sai")
    )
    printed = oanh.get(f"{after}pdf/")

    assert [one.status_code for one in (empty, made, no_amount, adjusted)] == [422, 302, 422, 302]
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    sums = [one.amount_vnd for one in receipts.receipts_of("TT26-1")]
    assert sums == [9_000, 9_000, -1_000]


def test_a_series_is_opened_and_closed(oanh: Client, place: Place) -> None:
    year = f"{local_day(now()).year}"
    values = {
        "agency": f"{place.agency_id}",
        "kind": "charge",
        "form": "EBL01",
        "symbol": f"{year[2:]}tab",
        "year": year,
        "first_number": "1",
        "warn_left": "10",
    }
    wrong = oanh.post(f"{PATH}day-so/mo/", sent(**{**values, "symbol": "26TAO"}))
    opened = oanh.post(f"{PATH}day-so/mo/", sent(**values))
    series = receipts.Series.objects.get(kind="charge")
    unsure = oanh.post(f"{PATH}day-so/{series.pk}/dong/", sent())
    oanh.post(f"{PATH}day-so/{series.pk}/dong/", sent(is_sure="on"))

    shown = oanh.get(f"{PATH}day-so/").content.decode()
    codes = [one.status_code for one in (wrong, opened, unsure)]
    assert codes == [422, 302, 422]
    assert (f"EBL01/{year[2:]}TAB" in shown, "Đã đóng" in shown) == (True, True)


def test_who_collects_and_who_collects_for_them_is_written_down(oanh: Client, place: Place) -> None:
    agency, day = f"{place.agency_id}", "1/1/2099"
    body = sent(agency=agency, name="UBND", tax_code="0100109106", address="Xã", valid_from=day)
    post = sent(
        agency=agency,
        channel="cod",
        name="Bưu điện",
        address="Tỉnh",
        tax_code="0100109106",
        contract_number="1",
        contract_on="1/12/2098",
        notified_on="30/12/2098",
        valid_from=day,
    )

    kept = oanh.post(f"{PATH}day-so/co-quan-thu/", body)
    late = oanh.post(f"{PATH}day-so/uy-nhiem/", post)
    done = oanh.post(f"{PATH}day-so/uy-nhiem/", {**post, **sent(notified_on="20/12/2098")})

    assert [one.status_code for one in (kept, late, done)] == [302, 422, 302]
    assert "Bưu điện" in oanh.get(f"{PATH}day-so/").content.decode()


def test_the_table_of_a_day_is_fetched_and_marked_as_sent(oanh: Client, place: Place) -> None:
    issue(place)
    on = f"{local_day(now()):%d/%m/%Y}"
    query = {"co_quan": f"{place.agency_id}", "ngay": on}
    page = oanh.get(f"{PATH}bang-tong-hop/", query)
    files = [oanh.get(f"{PATH}bang-tong-hop/tai/{kind}/", query) for kind in ("xlsx", "xml")]
    mark = receipts.table_of_day(place.agency_id, local_day(now())).mark

    gone = oanh.post(f"{PATH}bang-tong-hop/gui/", sent(mark=mark, words="T-1", **query))

    table = receipts.DayTable.objects.get()
    again = oanh.get(f"{PATH}bang-tong-hop/tai/xml/", {"bang": f"{table.pk}"})
    assert [one.status_code for one in (page, *files, gone, again)] == [200, 200, 200, 302, 200]
    assert files[0].content[:2] == b"PK"
    assert "T-1" in oanh.get(f"{PATH}bang-tong-hop/", query).content.decode()


def test_a_series_of_another_agency_is_not_shown(oanh: Client, place: Place) -> None:
    theirs = receipts.Series.objects.get(agency_id=place.agency_id)
    other = next(one for one in tree().agencies() if one.code == "H18.102")
    theirs.pk, theirs.agency_id = None, other.id
    theirs.save()

    assert oanh.get(f"{PATH}day-so/{theirs.pk}/dong/").status_code == 404


def test_others_see_nothing_of_it(oanh: Client, place: Place) -> None:
    account = make_officer_account("Trần Văn Bình", username="binh")
    make_post(Unit.objects.get(pk=place.desk_id), PostRole.DESK_OFFICER, holder=account.officer)
    binh = Client()
    binh.force_login(account)
    code = issue(place).code

    paths = ("", "day-so/", "bang-tong-hop/", f"xem/{code}/", f"xem/{code}/huy/")
    assert {binh.get(f"{PATH}{one}").status_code for one in paths} == {403}
    assert oanh.get(PATH).status_code == 200


def test_a_delegation_is_taken_over_from_the_contract(oanh: Client, place: Place) -> None:
    today = local_day(now())
    notice = {"notified_on": today - timedelta(days=9), "notice_number": "12/TB"}
    contracting.make_post(receipts_from=today - timedelta(days=3), **notice)
    path = f"{PATH}day-so/uy-nhiem/hop-dong/"

    offered = oanh.get(path).content.decode()
    oanh.post(path, sent(agency=f"{place.agency_id}", channel="cod"))

    page = oanh.get(f"{PATH}day-so/").content.decode()
    assert ("thông báo cơ quan thuế số 12/TB" in offered, "theo hợp đồng thu hộ" in page) == (
        True,
        True,
    )
