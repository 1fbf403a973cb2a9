"""A password by telephone: for whoever has it and knows whose account it is, and nobody else."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from motcua.foundation.audit.api import AuditEntry
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.models import Account, Session, SignInCode
from motcua.lib.errors import BadInput

from .make import make_account, make_officer_account, make_session

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PHONE, NAME, NEW = "0912000077", "Nguyễn Thị Lan", "một câu dài dễ nhớ với Lan"


@dataclass
class Texts:
    """Keeps what would have been sent."""

    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, phone: str, text: str) -> None:
        self.sent.append((phone, text))

    @property
    def code(self) -> str:
        return "".join(one for one in self.sent[-1][1].split(":")[0] if one.isdecimal())


@pytest.fixture
def texts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Texts:
    kept = Texts()
    settings.TEXT_CARRIER = "kept"
    monkeypatch.setitem(identity.text_carriers, "kept", lambda: kept)
    return kept


def ask(phone: str = PHONE, *, at: datetime = MONDAY, network: str = "net") -> str:
    return identity.send_sign_in_code(phone, network=network, at=at)


def wrong_for(texts: Texts) -> str:
    return "000000" if texts.code != "000000" else "111111"


def test_whoever_reads_the_code_and_knows_the_name_sets_the_password(texts: Texts) -> None:
    lan = make_account(phone=PHONE)
    make_session(lan, at=MONDAY)
    token = ask("+84 912 000 077")

    identity.prove_code(token, f" {texts.code[:3]} {texts.code[3:]}", "nguyễn thị lan", at=MONDAY)
    identity.set_password_by_phone(token, NEW, at=MONDAY + MINUTE)

    lan.refresh_from_db()
    assert lan.check_password(NEW)
    assert lan.phone_confirmed_at == MONDAY + MINUTE
    assert not Session.objects.filter(account_id=lan.pk).exists()
    assert AuditEntry.objects.filter(action="identity.password_by_phone").count() == 1
    with pytest.raises(identity.WrongSignInCode):
        identity.set_password_by_phone(token, NEW, at=MONDAY + MINUTE)


def test_the_right_code_with_another_name_is_a_wrong_code(texts: Texts) -> None:
    make_account(phone=PHONE)
    token = ask()

    with pytest.raises(identity.WrongSignInCode, match="Mã hoặc họ tên"):
        identity.prove_code(token, texts.code, "Người Mua Lại Sim", at=MONDAY)
    with pytest.raises(identity.WrongSignInCode):
        identity.account_proven(token, at=MONDAY)
    with pytest.raises(identity.WrongSignInCode):
        identity.set_password_by_phone(token, NEW, at=MONDAY)


def test_five_wrong_tries_kill_the_code_even_for_the_right_one(texts: Texts) -> None:
    make_account(phone=PHONE)
    token = ask()
    for _ in range(5):
        with pytest.raises(identity.WrongSignInCode):
            identity.prove_code(token, wrong_for(texts), NAME, at=MONDAY)

    with pytest.raises(identity.WrongSignInCode, match="xin mã khác"):
        identity.prove_code(token, texts.code, NAME, at=MONDAY)


def test_a_code_dies_with_its_minutes_and_with_the_next_one(texts: Texts) -> None:
    make_account(phone=PHONE)
    first = ask()
    code = texts.code
    second = ask()

    with pytest.raises(identity.WrongSignInCode):
        identity.prove_code(first, code, NAME, at=MONDAY)
    with pytest.raises(identity.WrongSignInCode):
        identity.prove_code(second, texts.code, NAME, at=MONDAY + 10 * MINUTE)


@pytest.mark.parametrize("what", ["nobody", "officer", "closed"])
def test_a_telephone_without_a_citizens_account_looks_the_same(texts: Texts, what: str) -> None:
    if what == "officer":
        make_officer_account(phone=PHONE)
    if what == "closed":
        make_account(phone=PHONE, disabled_at=MONDAY, disabled_because="by_holder")

    token = ask()

    assert len(texts.sent) == 1
    assert "chua co tai khoan" in texts.sent[0][1]
    with pytest.raises(identity.WrongSignInCode, match="Mã hoặc họ tên"):
        identity.prove_code(token, "123456", NAME, at=MONDAY)


def test_a_telephone_gets_three_codes_an_hour_and_a_network_twenty(texts: Texts) -> None:
    for _ in range(3):
        ask()
    with pytest.raises(identity.TooManyTexts):
        ask(network="elsewhere")
    for number in range(17):
        ask(f"09120001{number:02}")

    with pytest.raises(identity.TooManyTexts):
        ask("0912000199")
    assert len(texts.sent) == 20


def test_a_network_that_asked_too_often_uses_up_nobodys_codes(texts: Texts) -> None:
    for number in range(20):
        ask(f"09120001{number:02}")
    for _ in range(3):
        with pytest.raises(identity.TooManyTexts):
            ask()

    assert ask(network="elsewhere")
    assert len(texts.sent) == 21


def test_a_telephone_gets_six_codes_a_day(texts: Texts) -> None:
    for hour in (0, 2):
        for _ in range(3):
            ask(at=MONDAY + hour * 60 * MINUTE, network=f"net {hour}")

    with pytest.raises(identity.TooManyTexts):
        ask(at=MONDAY + 240 * MINUTE)
    assert ask(at=MONDAY + timedelta(days=1))
    assert len(texts.sent) == 7


def test_without_a_carrier_nothing_is_kept(settings: Settings) -> None:
    settings.TEXT_CARRIER = "none"

    with pytest.raises(BadInput, match="chưa nối"):
        ask()

    assert not SignInCode.objects.exists()


def test_a_telephone_that_went_elsewhere_meanwhile_sets_nothing(texts: Texts) -> None:
    lan = make_account(phone=PHONE)
    token = ask()
    identity.prove_code(token, texts.code, NAME, at=MONDAY)
    Account.objects.filter(pk=lan.pk).update(phone="0912000078")

    with pytest.raises(identity.WrongSignInCode):
        identity.set_password_by_phone(token, NEW, at=MONDAY)


def test_dead_codes_are_forgotten(texts: Texts) -> None:
    ask()

    assert identity.purge_sign_in_codes(before=MONDAY + 9 * MINUTE) == 0
    assert identity.purge_sign_in_codes(before=MONDAY + 11 * MINUTE) == 1
    assert len(texts.sent) == 1
