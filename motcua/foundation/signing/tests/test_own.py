"""Somebody signs own papers at a remote service: on the telephone, with a PIN, on its page."""

from datetime import timedelta
from io import BytesIO

import pytest

from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_locked_pdf
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import OwnState, PushState
from motcua.foundation.signing.models import OwnPaper, OwnSigning
from motcua.foundation.signing.operations import own_preparing
from motcua.foundation.signing.rules.own_halves import looks_of
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ServiceKind
from motcua.foundation.trust.tests.make import MONDAY, QUANG, make_leaf, make_trusted_world
from motcua.lib.errors import BadInput

from .make import make_prepared
from .own import (
    DUNG,
    HER_NUMBER,
    LAN,
    OWNER,
    PUSH,
    REMOTE,
    FakePhone,
    begin,
    begin_here,
    carry,
    open_services,
)
from .services import PIN, FakeService

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
NAME = "Lò Thị Lan"


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> FakePhone:
    begin_here(monkeypatch)
    made = FakePhone(make_leaf(NAME))
    monkeypatch.setitem(signing.push_signers, "push", lambda _: made)
    make_trusted_world()
    open_services(ServiceKind.PUSH, ServiceKind.CSC)
    return made


@pytest.fixture
def service(phone: FakePhone, monkeypatch: pytest.MonkeyPatch) -> FakeService:
    made = FakeService(phone.pair)
    monkeypatch.setitem(signing.remote_signers, "csc", lambda _: made)
    return made


def make_clean_file() -> files.StoredFile:
    """Return a paper that keeps the rules."""
    return files.keep_file("giay.pdf", BytesIO(make_prepared()), by=LAN, at=MONDAY)


def signed_content(ref: str) -> bytes:
    stored = files.StoredFile.objects.get(pk=signing.own_signed(OWNER)[ref].signed_file_id)
    with files.open_file(stored) as content:
        return bytes(content.read())


def test_three_papers_are_signed_with_one_confirmation(phone: FakePhone) -> None:
    begun = begin("mot", "hai", "ba")
    carry()
    phone.says = PushState.SIGNED

    carry(5 * SECOND)

    assert begun.now.state == OwnState.DONE
    assert [len(order.hashes) for order in phone.orders] == [3]
    assert [len(signing.own_signed(OWNER))] == [3]


def test_what_is_signed_is_exactly_what_was_shown_and_a_signature(phone: FakePhone) -> None:
    begun = begin(given=[make_clean_file()])
    carry()
    phone.says = PushState.SIGNED
    carry(5 * SECOND)

    with files.open_file(begun.files[0]) as shown:
        before = bytes(shown.read())
    content = signed_content(f"file:{begun.files[0].pk}")
    report = signing.examine(content, at=MONDAY + timedelta(minutes=1))

    assert content.startswith(before)
    assert [(one.signer, one.role) for one in report.signatures] == [(NAME, "Người nộp")]
    assert report.verdict.indication == signing.Indication.PASSED


def test_a_paper_that_breaks_a_small_rule_is_written_anew_and_looks_the_same(
    phone: FakePhone,
) -> None:
    begun = begin()
    carry()
    phone.says = PushState.SIGNED
    carry(5 * SECOND)

    with files.open_file(begun.files[0]) as shown:
        before = bytes(shown.read())
    content = signed_content(f"file:{begun.files[0].pk}")

    assert looks_of(content) == looks_of(before)
    assert signing.examine(content, at=MONDAY).verdict.indication == signing.Indication.PASSED


def test_whose_papers_are_signed_is_told_once(
    phone: FakePhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[signing.OwnPapersSigned] = []
    monkeypatch.setattr(outbox, "announce", lambda event, **_: told.append(event))
    begin()
    carry()
    phone.says = PushState.SIGNED
    carry(5 * SECOND)
    carry(9 * SECOND)

    assert [(one.topic, one.owner) for one in told] == [("signing.own_papers_signed", OWNER)]


def test_the_telephone_and_the_page_show_the_same_code(phone: FakePhone) -> None:
    begun = begin()
    carry()

    assert phone.orders[0].words == f"Ký 1 giấy tờ, mã {signing.check_code(begun.now)}"


@pytest.mark.parametrize(
    ("said", "state", "words"),
    [
        (PushState.REFUSED, OwnState.REFUSED, "không đồng ý trên điện thoại"),
        (PushState.EXPIRED, OwnState.EXPIRED, "Quá thời gian xác nhận"),
    ],
)
def test_a_no_and_a_time_that_ran_out_are_told(
    phone: FakePhone, said: PushState, state: OwnState, words: str
) -> None:
    begun = begin()
    carry()
    phone.says = said

    carry(5 * SECOND)

    assert (begun.now.state, words in begun.now.latest_error) == (state, True)
    assert signing.own_signed(OWNER) == {}


@pytest.mark.usefixtures("phone")
def test_a_telephone_that_stays_silent_ends_after_five_minutes() -> None:
    begun = begin()
    carry()
    carry(timedelta(minutes=4))
    before = begun.now.state

    carry(timedelta(minutes=5, seconds=1))

    assert (before, begun.now.state) == (OwnState.WAITING, OwnState.EXPIRED)
    assert "trong 5 phút" in begun.now.latest_error


def test_a_service_that_is_away_is_asked_again_by_the_same_mark(phone: FakePhone) -> None:
    begun = begin()
    phone.is_away = True
    carry()
    told = begun.now.latest_error
    phone.is_away = False

    carry(5 * SECOND)

    assert (told, begun.now.state) == ("Dịch vụ ký số không trả lời.", OwnState.WAITING)
    assert {order.transaction for order in phone.orders} == {begun.token}


def test_what_it_knows_already_it_may_refuse_without_harm(phone: FakePhone) -> None:
    begun = begin()
    OwnSigning.objects.update(tries=1)  # asked before, and no answer came
    phone.refuses = "transaction exists"

    carry()

    assert begun.now.state == OwnState.WAITING


def test_an_unknown_number_is_told(phone: FakePhone) -> None:
    begun = begin()
    phone.pairs = []

    carry()

    assert begun.now.state == OwnState.FAILED
    assert "không có chứng thư nào" in begun.now.latest_error


def test_a_wrong_signature_is_never_taken(phone: FakePhone) -> None:
    begun = begin()
    carry()
    phone.says, phone.spoils = PushState.SIGNED, True

    carry(5 * SECOND)

    assert (begun.now.state, signing.own_signed(OWNER)) == (OwnState.FAILED, {})


def test_of_several_certificates_one_is_chosen(phone: FakePhone) -> None:
    phone.pairs = [make_leaf(NAME), make_leaf("Công ty của Lan")]
    begun = begin()
    carry()
    offered = [one["name"] for one in begun.now.keys]

    signing.choose_own_key(begun.token, "123-2", by=LAN, at=MONDAY)
    carry(SECOND)

    assert offered == [NAME, "Công ty của Lan"]
    assert (begun.now.subject_name, phone.orders[0].key_ref) == ("Công ty của Lan", "123-2")


def test_what_was_left_is_not_signed_when_the_telephone_says_yes_later(phone: FakePhone) -> None:
    begun = begin()
    carry()
    signing.cancel_own_signing(begun.token, by=LAN, at=MONDAY)
    phone.says = PushState.SIGNED

    carry(5 * SECOND)

    assert (begun.now.state, signing.own_signed(OWNER)) == (OwnState.CANCELLED, {})


def test_nothing_secret_is_kept_when_it_is_over(phone: FakePhone) -> None:
    begun = begin()
    sealed = begun.now.sealed_user
    carry()
    phone.says = PushState.SIGNED
    carry(5 * SECOND)

    assert HER_NUMBER not in sealed
    assert (begun.now.sealed_user, begun.now.sealed_grant) == ("", "")


@pytest.mark.usefixtures("phone")
def test_a_second_beginning_gives_up_the_first() -> None:
    first = begin()

    second = begin()

    assert (first.now.state, second.now.state) == (OwnState.CANCELLED, OwnState.ASKED)


@pytest.mark.usefixtures("phone")
def test_nobody_else_knows_of_it() -> None:
    begun = begin()

    with pytest.raises(signing.NoSuchRequest):
        signing.own_signing_for(DUNG, begun.token)


def test_a_pin_lets_a_service_of_the_other_kind_sign(service: FakeService) -> None:
    begun = begin("mot", "hai", service=REMOTE)
    carry()
    asked = begun.now.consent

    signing.authorise_own(begun.token, signing.Secrets(PIN), by=LAN, at=MONDAY)
    carry(SECOND)

    assert (asked, begun.now.state, service.granted) == ("pin", OwnState.DONE, [2])


@pytest.mark.usefixtures("service")
def test_consent_on_the_page_of_the_service_is_taken() -> None:
    begun = begin(service=REMOTE)
    carry()
    page = signing.OwnPage("https://mot-cua.example/ve/", "dau", "thach")

    address = signing.own_consent_address(begun.token, page, by=LAN)
    given = {"code": "ma", "verifier": "v", "return_url": "r"}
    signing.take_own_consent(begun.token, given, by=LAN, at=MONDAY)
    carry(SECOND)

    assert address == "https://dich-vu.example/?state=dau&n=1"
    assert begun.now.state == OwnState.DONE


@pytest.mark.usefixtures("service")
def test_a_wrong_pin_is_told_and_loses_nothing() -> None:
    begun = begin(service=REMOTE)
    carry()

    with pytest.raises(signing.GrantRefused, match="PIN sai"):
        signing.authorise_own(begun.token, signing.Secrets("000000"), by=LAN, at=MONDAY)

    assert begun.now.state == OwnState.PREPARED


def test_a_permission_that_ran_out_is_told(service: FakeService) -> None:
    begun = begin(service=REMOTE)
    carry()
    service.until = MONDAY + SECOND
    signing.authorise_own(begun.token, signing.Secrets(PIN), by=LAN, at=MONDAY)

    carry(2 * SECOND)

    assert begun.now.state == OwnState.EXPIRED


def test_a_signer_that_was_killed_after_the_signatures_came_goes_on(phone: FakePhone) -> None:
    begun = begin()
    carry()
    paper = OwnPaper.objects.get()
    digest = phone.orders[0].hashes["giay-1"]
    OwnPaper.objects.filter(signing_id=paper.signing_id).update(raw=phone.raw(digest))
    OwnSigning.objects.update(state=OwnState.SIGNED)

    carry(5 * SECOND)

    assert begun.now.state == OwnState.DONE


@pytest.mark.usefixtures("phone")
def test_a_locked_file_is_told_by_its_name() -> None:
    stored = files.keep_bytes(make_locked_pdf(), "application/pdf", by=LAN, at=MONDAY)
    paper = signing.OwnPaperIn("file:1", "Giấy 1", stored.pk, "giay.pdf")
    given = signing.OwnSigningIn(OWNER, PUSH, HER_NUMBER, [paper])
    token = signing.begin_own_signing(given, by=LAN, at=MONDAY).token

    carry()

    now = signing.own_signing_for(LAN, token)
    assert now.state == OwnState.FAILED
    assert "“Giấy 1”: Tệp PDF có mật khẩu" in now.latest_error


@pytest.mark.usefixtures("phone")
def test_strangers_files_are_read_in_a_process_with_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    paper = {"size": 9, "is_ours": False, "field": "x", "stamp": ""}
    order = {"certificate": "", "chain": [], "at": "2026-03-02T02:00:00+00:00"}

    (said,) = own_preparing.begun({**order, "digest": "sha256", "papers": [paper]}, [b"%PDF half"])

    assert "hỏng" in said["error"]


@pytest.mark.usefixtures("phone")
@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + b"a " * 90_000, b"%PDF-1.7 half"])
def test_a_broken_file_is_told_and_harms_nobody(content: bytes) -> None:
    stored = files.keep_bytes(content, "application/pdf", by=LAN, at=MONDAY)
    paper = signing.OwnPaperIn("file:1", "Giấy 1", stored.pk, "giay.pdf")
    given = signing.OwnSigningIn(OWNER, PUSH, HER_NUMBER, [paper])
    token = signing.begin_own_signing(given, by=LAN, at=MONDAY).token

    carry()

    assert "hỏng hoặc không đúng chuẩn" in signing.own_signing_for(LAN, token).latest_error


@pytest.mark.usefixtures("phone")
def test_a_picture_is_not_signed() -> None:
    stored = files.keep_bytes(b"picture", "image/jpeg", by=LAN, at=MONDAY)
    paper = signing.OwnPaperIn("file:1", "Ảnh", stored.pk, "anh.jpg")

    with pytest.raises(signing.SigningError, match=r"đổi sang PDF: anh\.jpg"):
        signing.begin_own_signing(
            signing.OwnSigningIn(OWNER, PUSH, HER_NUMBER, [paper]), by=LAN, at=MONDAY
        )


@pytest.mark.usefixtures("phone")
@pytest.mark.parametrize("typed", ["", "12", "không nhớ", "1" * 21])
def test_a_number_nobody_can_have_is_refused(typed: str) -> None:
    stored = begin().files[0]
    paper = signing.OwnPaperIn("file:1", "Giấy", stored.pk, "giay.pdf")

    with pytest.raises(BadInput, match="số định danh"):
        signing.begin_own_signing(
            signing.OwnSigningIn(OWNER, PUSH, typed, [paper]), by=LAN, at=MONDAY
        )


@pytest.mark.usefixtures("phone")
def test_a_service_that_is_not_opened_to_the_public_is_not_offered() -> None:
    given = trust.ServiceIn("noi-bo", "Nội bộ", ServiceKind.CSC, "https://ky.example/")
    trust.set_service(given, by=QUANG, at=MONDAY)

    assert {one.code for one in signing.own_services()} == {REMOTE, PUSH}


@pytest.mark.usefixtures("phone")
def test_what_ended_a_month_ago_is_forgotten_with_its_files() -> None:
    begun = begin()
    signing.cancel_own_signing(begun.token, by=LAN, at=MONDAY)

    forgotten = signing.sweep_own_signings(at=MONDAY + timedelta(days=31))

    assert (forgotten, files.StoredFile.objects.count()) == (1, 0)


@pytest.mark.usefixtures("phone")
def test_who_signs_for_an_owner_waits_for_the_signer() -> None:
    begin()

    assert signing.is_work_due(MONDAY)
