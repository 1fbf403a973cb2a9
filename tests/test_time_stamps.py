"""A time stamp is kept only if it is the one asked for, by somebody we believe."""

from datetime import timedelta

import pytest

from motcua.foundation.signing.errors import StampRefused
from motcua.foundation.signing.rules.time_stamps import Believed, checked, question
from motcua.foundation.trust.tests.make import MONDAY, make_root
from simulators.answers import POLICY, time_stamp
from simulators.authority import Authority, Pair
from simulators.trust import answer

from .proof import make_authority

IMPRINT = bytes(range(32))
ASKED = question(IMPRINT)


def believed(*policies: str) -> Believed:
    authority = make_authority()
    return Believed((authority.root.der,), (authority.between.der,), frozenset(policies))


def refused(said: bytes, *, who: Believed | None = None) -> str:
    """Return why an answer is not kept."""
    with pytest.raises(StampRefused) as found:
        checked(said, ASKED, at=MONDAY, believed=who or believed())
    return str(found.value)


def good() -> bytes:
    return time_stamp(make_authority(), ASKED.der, at=MONDAY)


def test_a_good_stamp_says_its_time_and_who_gave_it() -> None:
    stamp = checked(good(), ASKED, at=MONDAY, believed=believed(POLICY))

    assert (stamp.at, stamp.certificate) == (MONDAY, make_authority().stamper.der)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("other", "nội dung khác"),
        ("nonce", "không phải cho lần hỏi này"),
        ("clock", "lệch đồng hồ"),
        ("garbage", "sai dạng"),
        ("page", "sai dạng"),
    ],
)
def test_an_answer_with_a_fault_is_refused(fault: str, why: str) -> None:
    said = answer(make_authority(), "/tsa", ASKED.der, at=MONDAY, fault=fault)

    assert why in refused(said)


def test_a_service_that_says_no_is_told_so() -> None:
    rejection = bytes.fromhex("3005 3003 020102")

    assert "từ chối" in refused(rejection)


def test_a_stamp_by_another_policy_is_refused() -> None:
    assert "chính sách" in refused(good(), who=believed("1.2.3.4"))


def test_a_stamp_of_a_stranger_is_refused() -> None:
    assert "Không biết nơi cấp" in refused(good(), who=Believed((make_root().der,)))


def test_a_stamp_with_a_certificate_for_something_else_is_refused() -> None:
    authority = Impostor(make_authority())

    said = time_stamp(authority, ASKED.der, at=MONDAY)  # type: ignore[arg-type]  # -- plays one

    assert "không dùng để đóng dấu" in refused(said)


class Impostor:
    """Plays the authority with the certificate of an officer."""

    def __init__(self, authority: Authority) -> None:
        self.stamper: Pair = authority.issue("Nguyễn Thị Hoa", "", at=MONDAY)
        self.between = authority.between


def test_a_stamp_that_was_altered_is_refused() -> None:
    altered = bytearray(good())
    altered[-1] ^= 1

    assert "không đúng" in refused(bytes(altered))


def test_five_minutes_off_is_the_most_that_is_taken() -> None:
    edge = MONDAY + timedelta(minutes=5)

    stamp = checked(good(), ASKED, at=edge, believed=believed())

    assert stamp.at == MONDAY
