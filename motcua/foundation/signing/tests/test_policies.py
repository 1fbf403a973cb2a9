"""What a kind of document needs is dated; what counted is not undone; a sentence says it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, Level, PolicyIn, TurnRole
from motcua.foundation.trust.tests.make import MONDAY, QUANG
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed

TODAY = local_day(MONDAY)
A_DAY = timedelta(days=1)
BOTH = (TurnRole.LEADER, TurnRole.SEAL)
WANTED = PolicyIn(DocumentKind.OUTCOME, Level.B_T, BOTH, is_required=False, valid_from=TODAY)


def levels(*days: date) -> list[str]:
    found = [signing.policy_for(DocumentKind.OUTCOME, on=day) for day in days]
    return [one.level if one else "" for one in found]


def put(level: Level, valid_from: date) -> signing.SigningPolicy:
    given = replace(WANTED, level=level, valid_from=valid_from)
    return signing.set_policy(given, by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_a_new_policy_ends_the_one_before_on_the_day_before() -> None:
    put(Level.B_B, TODAY - 30 * A_DAY)

    put(Level.B_LT, TODAY + A_DAY)

    assert levels(TODAY - 31 * A_DAY, TODAY, TODAY + A_DAY) == ["", "B_B", "B_LT"]


@pytest.mark.django_db
def test_what_was_to_begin_later_is_replaced() -> None:
    put(Level.B_B, TODAY + 9 * A_DAY)

    put(Level.B_LTA, TODAY + A_DAY)

    assert levels(TODAY + A_DAY, TODAY + 20 * A_DAY) == ["B_LTA", "B_LTA"]


@pytest.mark.django_db
def test_what_counted_is_not_undone() -> None:
    put(Level.B_B, TODAY - 5 * A_DAY)

    with pytest.raises(BadInput, match="muộn hơn"):
        put(Level.B_T, TODAY - 9 * A_DAY)


@pytest.mark.django_db
def test_an_ended_policy_counts_to_the_end_of_the_day() -> None:
    policy = put(Level.B_T, TODAY - 5 * A_DAY)

    signing.end_policy(policy.pk, by=QUANG, at=MONDAY)

    assert levels(TODAY, TODAY + A_DAY) == ["B_T", ""]
    assert [one.pk for one in signing.policies_on_record(limit=9)] == [policy.pk]


@pytest.mark.django_db
def test_a_policy_that_has_not_begun_goes() -> None:
    policy = put(Level.B_T, TODAY + A_DAY)

    signing.end_policy(policy.pk, by=QUANG, at=MONDAY)

    assert signing.policies_on_record(limit=9) == []


@pytest.mark.django_db
def test_what_has_ended_does_not_end_again() -> None:
    policy = put(Level.B_T, TODAY)
    signing.end_policy(policy.pk, by=QUANG, at=MONDAY)

    with pytest.raises(signing.SigningError, match="thôi áp dụng"):
        signing.end_policy(policy.pk, by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_a_policy_that_is_not_there_is_said_so() -> None:
    with pytest.raises(signing.NoSuchPolicy):
        signing.end_policy(5, by=QUANG, at=MONDAY)


@pytest.mark.django_db
def test_an_administrator_of_one_agency_sets_none() -> None:
    xuan = Actor(id=9, name="Lò Thị Xuân", powers={"signing.administer": frozenset({7})})

    with pytest.raises(NotAllowed):
        signing.set_policy(WANTED, by=xuan, at=MONDAY)


SAID = signing.PolicyInfo(
    DocumentKind.OUTCOME, 0, "", Level.B_T, BOTH, is_required=True, valid_from=TODAY, valid_to=None
)


def test_a_policy_is_said_in_one_sentence() -> None:
    assert signing.policy_words(SAID, "của mọi cơ quan") == (
        "Từ 02/03/2026, kết quả giải quyết thủ tục hành chính của mọi cơ quan: "
        "người có thẩm quyền ký, rồi văn thư cấp số, ghi ngày và đóng dấu cơ quan; "
        "chữ ký kèm dấu thời gian, chứng minh được đã ký lúc chứng thư còn hạn (B-T). "
        "Bắt buộc: không ký trên giấy được."
    )


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("role", list(TurnRole))
def test_every_level_and_every_turn_has_words(level: Level, role: TurnRole) -> None:
    policy = replace(SAID, level=level, turns=(role,), valid_to=TODAY)

    said = signing.policy_words(policy, "của mọi cơ quan")

    assert f"({level.replace('_', '-', 1)})" in said
    assert "đến hết 02/03/2026" in said


@pytest.mark.django_db
def test_what_seals_itself_has_the_plain_level_only() -> None:
    given = replace(WANTED, kind=DocumentKind.VERIFICATION, turns=(TurnRole.SEAL,))

    with pytest.raises(BadInput, match="B-B"):
        signing.set_policy(given, by=QUANG, at=MONDAY)


def test_a_seal_alone_is_said_to_seal_itself() -> None:
    assert signing.order_words((TurnRole.SEAL,)) == (
        "con dấu cơ quan được đóng tự động, không cấp số"
    )
