"""The text behind the square on a citizen's card."""

from datetime import date

import pytest

from motcua.foundation.people.choices import Sex
from motcua.foundation.people.errors import NumberNotUsable
from motcua.foundation.people.rules.cards import CardFacts, parse_card_qr
from motcua.lib.errors import BadInput

CARD = "011305000001|040123456|Nguyễn Thị Lan|27032005|Nữ|Bản Co Mạ, Điện Biên|01012022"


def test_the_seven_fields_are_read() -> None:
    assert parse_card_qr(CARD) == CardFacts(
        personal_id="011305000001",
        old_id_card="040123456",
        full_name="Nguyễn Thị Lan",
        birth_date=date(2005, 3, 27),
        sex=Sex.FEMALE,
        address="Bản Co Mạ, Điện Biên",
        issued_on=date(2022, 1, 1),
    )


def test_the_second_field_may_be_empty() -> None:
    assert parse_card_qr(CARD.replace("040123456", "")).old_id_card == ""


def test_further_fields_of_the_newer_card_are_left_alone() -> None:
    newer = f"{CARD}|||Nguyễn Văn Minh|Lò Thị Hoa"

    assert parse_card_qr(newer) == parse_card_qr(CARD)


def test_a_number_of_the_other_sex_is_a_warning() -> None:
    card = parse_card_qr("011199000123||Nguyễn Văn A|01021999|Nam|Hà Nội|01012022")

    assert card.warnings == ["Chữ số thứ 4 của số định danh là của nữ, không khớp giới tính."]


def test_letters_put_together_differently_are_stored_alike() -> None:
    decomposed = parse_card_qr(CARD.replace("ễ", "e\u0302\u0303"))

    assert decomposed.full_name == "Nguyễn Thị Lan"


@pytest.mark.parametrize("scanned", ["", "https://example.vn/x", "1|2|3|4|5|6"])
def test_another_square_is_refused(scanned: str) -> None:
    with pytest.raises(BadInput, match="không phải mã QR"):
        parse_card_qr(scanned)


def test_a_card_without_a_number_is_refused() -> None:
    with pytest.raises(NumberNotUsable):
        parse_card_qr(CARD.replace("011305000001", "abc"))


def test_a_day_that_is_none_is_left_empty() -> None:
    assert parse_card_qr(CARD.replace("27032005", "2005")).birth_date is None
