"""Following the own dossiers: the list, the history, the thread, papers, acts."""

from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import SubmitterIn, SupplementItemIn
from motcua.casework.dossiers.tests.make import (
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_application,
    open_step,
)
from motcua.casework.payments import api as payments
from motcua.casework.ratings.api import find_rating
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.foundation.people.tests.make import make_person
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MARKS = {"overall": "3", "convenience": "2", "timeliness": "3", "attitude": "3"}
CONFIRMS = (
    "name: Trình lãnh đạo, kind: approval, duty: justice, role: unit_head",
    "name: Xác nhận, kind: applicant_confirms, duty: justice, role: x",
)
ON_PAPER_ONLY = ("{code: xac-nhan,", "{code: xac-nhan, on_paper_only: true,")
ASKED = SupplementItemIn("Bản chụp quyết định ly hôn", "Chưa có quyết định của Tòa án.", "")


@pytest.fixture
def commune() -> Commune:
    return make_all()


@pytest.fixture
def account() -> Account:
    return make_account(username="lan", full_name="Lò Thị Lan")


@pytest.fixture
def lan(client: Client, account: Account) -> Client:
    """Lan's browser, signed in."""
    client.force_login(account)
    return client


def citizen(account: Account) -> Actor:
    return Actor(id=account.pk, name=account.full_name, kind=ActorKind.CITIZEN)


def filed(commune: Commune, account: Account) -> str:
    submitter = SubmitterIn(name=account.full_name, account_id=account.pk, phone="0912345678")
    application = make_application(commune, submitter=submitter)
    return dossiers.file_application(application, by=citizen(account), at=MONDAY)


def received(commune: Commune, account: Account) -> str:
    code = filed(commune, account)
    dossiers.receive_dossier(code, by=commune.binh, at=MONDAY)
    return code


def resolved(commune: Commune, account: Account) -> str:
    code = received(commune, account)
    for by in (commune.mai, commune.hoa):
        dossiers.complete_step(code, open_step(code).seq, by=by, at=MONDAY + HOUR)
    dossiers.decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY + HOUR)
    return code


def confirming(commune: Commune, account: Account) -> str:
    code = received(commune, account)
    dossiers.complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY + HOUR)
    return code


def page_of(browser: Client, code: str, part: str = "") -> str:
    return browser.get(f"/ho-so/{code}/{part}").content.decode()


def test_whoever_is_not_received_reads_why_and_on_what_basis(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = filed(commune, account)
    basis = "Điều 82 Nghị định 168/2025/NĐ-CP"
    dossiers.refuse_dossier(
        code, reason="Không đủ điều kiện.", basis=basis, by=commune.binh, at=MONDAY
    )

    page = page_of(lan, code)

    assert f"Không đủ điều kiện. Căn cứ: {basis}." in page


def test_the_list_shows_the_own_dossiers_only(
    lan: Client, account: Account, commune: Commune
) -> None:
    mine = filed(commune, account)
    theirs = filed(commune, make_account(username="dung", full_name="Lê Văn Dũng"))

    page = lan.get("/ho-so/").content.decode()

    assert (page.count(mine), page.count(theirs)) == (2, 0)


@pytest.mark.parametrize(("seen_at", "is_told"), [(None, True), (MONDAY, False)])
def test_whom_no_desk_has_seen_reads_how_to_be_confirmed(
    lan: Client, account: Account, seen_at: datetime | None, is_told: object
) -> None:
    person = make_person("Lò Thị Lan", confirmed_at=seen_at)
    Account.objects.filter(pk=account.pk).update(person=person)

    page = lan.get("/ho-so/").content.decode()

    assert ("Không thấy hồ sơ đã nộp tại quầy?" in page) is is_told


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_long(
    lan: Client,
    account: Account,
    commune: Commune,
    how_many: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(how_many):
        filed(commune, account)
    lan.get("/ho-so/")

    with work.metered() as meter, django_assert_num_queries(1):  # whether a draft is laid ready
        lan.get("/ho-so/")

    assert meter.statements == 3  # the sign-in and two for the list


def test_a_draft_outcome_is_confirmed(lan: Client, account: Account) -> None:
    code = confirming(make_all(text_change=CONFIRMS), account)

    asked = page_of(lan, code, "xac-nhan/")
    lan.post(f"/ho-so/{code}/xac-nhan/", {"is_right": "true"})

    assert "Đăng ký kết hôn" in asked
    assert open_step(code).code == "ky"


@pytest.mark.parametrize(("consent", "told"), [("", 0), (", silence_is_consent: true", 1)])
def test_whoever_is_asked_about_a_draft_reads_what_silence_means(
    lan: Client, account: Account, consent: str, told: int
) -> None:
    was, becomes = CONFIRMS
    code = confirming(make_all(text_change=(was, becomes + consent)), account)

    page = page_of(lan, code, "xac-nhan/")

    assert page.count("Quá lúc ấy không có ý kiến thì giấy được ký theo bản nháp.") == told


def test_a_wrong_draft_goes_back_with_what_is_wrong(lan: Client, account: Account) -> None:
    code = confirming(make_all(text_change=CONFIRMS), account)

    unsaid = lan.post(f"/ho-so/{code}/xac-nhan/", {"is_right": "false"})
    lan.post(f"/ho-so/{code}/xac-nhan/", {"is_right": "false", "comment": "Sai tên đệm"})

    assert unsaid.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert open_step(code).code == "tham-dinh"


def test_nothing_is_confirmed_that_was_not_asked(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = received(commune, account)

    answer = lan.get(f"/ho-so/{code}/xac-nhan/", follow=True)

    assert "không chờ ông/bà xem bản nháp" in answer.content.decode()


def test_an_officers_account_has_no_own_dossiers(client: Client) -> None:
    client.force_login(make_officer_account())

    assert client.get("/ho-so/").status_code == HTTPStatus.FORBIDDEN


def test_a_page_goes_on_after_the_last_row(lan: Client, account: Account, commune: Commune) -> None:
    codes = [filed(commune, account) for _ in range(21)]

    first = lan.get("/ho-so/").content.decode()
    further = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]

    assert codes[0] not in first
    assert codes[0] in lan.get(further.replace("&amp;", "&")).content.decode()


def test_somebody_elses_dossier_is_not_found(lan: Client, commune: Commune) -> None:
    code = filed(commune, make_account(username="dung", full_name="Lê Văn Dũng"))

    parts = ("", "bo-sung/", "rut/", "ai-da-xem/", "giay/00/", "tep/1/", "danh-gia/", "da-nop/")
    answers = [lan.get(f"/ho-so/{code}/{part}").status_code for part in parts]

    assert answers == [HTTPStatus.NOT_FOUND] * len(parts)


def test_the_history_names_offices_and_no_officers(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = resolved(commune, account)

    page = page_of(lan, code)

    assert [n for n in ("Trần Văn Bình", "Quàng Thị Mai", "Nguyễn Thị Hoa") if n in page] == []
    assert "Hoàn thành bước: Thẩm định" in page
    assert "Văn phòng HĐND và UBND, UBND xã Mường Phăng" in page


def test_the_promise_stands_with_its_reason(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = received(commune, account)

    page = page_of(lan, code)

    assert "Hẹn trả kết quả trước 17 giờ, thứ Năm 05/03/2026." in page
    assert "3 ngày làm việc tính từ thứ Ba 03/03/2026" in page


def test_waiting_stands_in_grey_with_its_ground(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = received(commune, account)
    dossiers.ask_supplement(code, [ASKED], by=commune.binh, at=MONDAY + HOUR)

    page = page_of(lan, code)

    assert "kit-timeline__item--paused" in page
    assert "chờ bổ sung hồ sơ" in page
    assert "Lý do: Chưa có quyết định của Tòa án." in page


def test_a_question_reaches_the_office(lan: Client, account: Account, commune: Commune) -> None:
    code = received(commune, account)

    lan.post(f"/ho-so/{code}/trao-doi/", {"text": "Bao giờ có kết quả?"})

    assert "Bao giờ có kết quả?" in page_of(lan, code)


def test_an_empty_question_is_asked_for_again(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = received(commune, account)

    answer = lan.post(f"/ho-so/{code}/trao-doi/", {"text": " "})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_answer_counts_as_read_once_it_is_looked_at(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = received(commune, account)
    dossiers.write_message(code, "Thứ Năm.", by=commune.binh, at=MONDAY + HOUR)

    page = page_of(lan, code)

    assert "Thứ Năm." in page
    assert dossiers.read_messages(code, by=citizen(account), at=MONDAY + HOUR) == 0


def test_what_was_asked_for_is_sent(lan: Client, account: Account, commune: Commune) -> None:
    code = received(commune, account)
    dossiers.ask_supplement(code, [ASKED], by=commune.binh, at=MONDAY + HOUR)
    item = dossiers.whole(get_dossier(code)).supplement_items[0]

    lan.post(
        f"/ho-so/{code}/bo-sung/",
        {f"tep.{item.seq}": SimpleUploadedFile("quyet dinh.pdf", make_pdf())},
    )

    assert get_dossier(code).status == dossiers.Status.PROCESSING
    assert "quyet dinh.pdf" in page_of(lan, code)


def test_an_answer_of_the_form_is_corrected_with_the_supplement(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = received(commune, account)
    dossiers.ask_supplement(code, [ASKED], by=commune.binh, at=MONDAY + HOUR)
    typed = {"sua": "1", "ho_ten": "Lò Thị Lan", "muc_dich": "Vay vốn", "so_ban": "2"}

    lan.post(f"/ho-so/{code}/bo-sung/", typed)

    assert dossiers.whole(get_dossier(code)).answers["muc_dich"] == "Vay vốn"


def test_a_wrong_correction_stays_typed(lan: Client, account: Account, commune: Commune) -> None:
    code = received(commune, account)
    dossiers.ask_supplement(code, [ASKED], by=commune.binh, at=MONDAY + HOUR)
    typed = {"sua": "1", "ho_ten": "Lò Thị Lan", "muc_dich": "Vay vốn", "so_ban": "99"}

    answer = lan.post(f"/ho-so/{code}/bo-sung/", typed)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="99"' in answer.content.decode()
    assert get_dossier(code).status == dossiers.Status.AWAITING_APPLICANT


def test_sending_nothing_says_so(lan: Client, account: Account, commune: Commune) -> None:
    code = received(commune, account)
    dossiers.ask_supplement(code, [ASKED], by=commune.binh, at=MONDAY + HOUR)

    answer = lan.post(f"/ho-so/{code}/bo-sung/", {}, follow=True)

    assert "Hãy gửi ít nhất một giấy tờ" in answer.content.decode()


def test_withdrawing_asks_once_more(lan: Client, account: Account, commune: Commune) -> None:
    code = filed(commune, account)

    asked = page_of(lan, code, "rut/")
    lan.post(f"/ho-so/{code}/rut/", {"reason": "Không cần nữa"})

    assert "chắc chắn muốn rút" in asked
    assert get_dossier(code).status == dossiers.Status.WITHDRAWN


def test_what_has_a_result_is_not_withdrawn(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = resolved(commune, account)

    answer = lan.post(f"/ho-so/{code}/rut/", {}, follow=True)

    assert "không rút được nữa" in answer.content.decode()
    assert get_dossier(code).status == dossiers.Status.RESOLVED


def test_the_receipt_shows_the_code_and_a_picture_of_it(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = filed(commune, account)

    page = page_of(lan, code, "da-nop/")

    assert f'<p class="kit-panel__code">{code}</p>' in page
    assert page.count('class="segno"') == 1


def test_only_signed_results_are_handed_out(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = received(commune, account)

    assert lan.get(f"/ho-so/{code}/ket-qua/1/").status_code == HTTPStatus.NOT_FOUND


def test_the_control_sheet_stays_inside(lan: Client, account: Account, commune: Commune) -> None:
    code = received(commune, account)

    assert lan.get(f"/ho-so/{code}/giay/06/").status_code == HTTPStatus.NOT_FOUND


def test_the_owner_sees_who_opened_the_dossier(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = received(commune, account)
    for _ in range(2):  # within one minute: one line
        dossiers.open_dossier(code, by=commune.mai, at=MONDAY + HOUR, purpose="office")

    page = page_of(lan, code, "ai-da-xem/")

    assert page.count('data-label="Người xem"') == 1
    assert "Xem hồ sơ để giải quyết" in page
    assert "Công chức" in page
    assert "Quàng Thị Mai" not in page


def test_the_result_is_rated_once(lan: Client, account: Account, commune: Commune) -> None:
    code = resolved(commune, account)

    lan.post(f"/ho-so/{code}/danh-gia/", MARKS)
    again = lan.post(f"/ho-so/{code}/danh-gia/", MARKS, follow=True)

    rating = find_rating(get_dossier(code).pk)
    assert rating is not None
    assert (rating.overall, rating.convenience) == (3, 2)
    assert "chỉ đánh giá một lần" in again.content.decode()


def test_an_unfinished_rating_is_asked_for_again(
    lan: Client, account: Account, commune: Commune
) -> None:
    code = resolved(commune, account)

    answer = lan.post(f"/ho-so/{code}/danh-gia/", MARKS | {"attitude": ""})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert find_rating(get_dossier(code).pk) is None


def test_a_result_on_paper_only_is_to_be_fetched_and_no_file(lan: Client, account: Account) -> None:
    code = resolved(make_all(text_change=ON_PAPER_ONLY), account)
    (outcome,) = dossiers.whole(get_dossier(code)).outcomes
    href = f"/ho-so/{code}/ket-qua/{outcome.seq}/"

    page = " ".join(lan.get(f"/ho-so/{code}/").content.decode().split())

    said = "Chỉ cấp bản giấy, mời ông/bà nhận tại Trung tâm Phục vụ hành chính công"
    assert (said in page, href in page) == (True, False)
    assert lan.get(href).status_code == HTTPStatus.FOUND  # told why on the list of dossiers


def test_the_owner_pays_what_is_due_from_the_page_of_the_dossier(
    commune: Commune, lan: Client, account: Account
) -> None:
    code, told = filed(commune, account), "Phí, lệ phí phải nộp: 30.000 đồng"
    before = page_of(lan, code)

    gone = lan.post(f"/ho-so/{code}/nop-phi/")

    [order] = payments.orders_of(dossiers.subject_of(code))
    assert gone.headers["Location"] == f"/thanh-toan/don/{order.token}/"
    shown = [told in one for one in (before, page_of(lan, code, "da-nop/"), page_of(lan, code))]
    assert shown == [True, False, False]


def test_an_officer_who_reads_the_portal_is_led_back_to_work(client: Client) -> None:
    client.force_login(make_officer_account())

    page = client.get("/").content.decode()

    assert "Vào việc" in page
    assert "Hồ sơ của tôi" not in page
