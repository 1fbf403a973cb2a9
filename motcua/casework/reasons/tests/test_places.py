import pytest

from motcua.casework.reasons.rules.places import GAP, check_places, fill, is_changed
from motcua.lib.errors import BadInput


def test_places_are_filled_and_what_is_not_known_is_left_to_be_written() -> None:
    values = {"ma_ho_so": "H18-1", "tk.ho_ten": "Lò Thị Lan"}

    assert fill("Hồ sơ {ma_ho_so} của {tk.ho_ten}", values) == "Hồ sơ H18-1 của Lò Thị Lan"
    assert fill("Thiếu {giay_to}", values) == f"Thiếu {GAP}"


def test_what_fills_a_place_is_not_read_again() -> None:
    assert fill("{nguoi_nop}", {"nguoi_nop": "{ma_ho_so}", "ma_ho_so": "X"}) == "{ma_ho_so}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Thiếu {giay_to_nao}", "Không có chỗ điền {giay_to_nao}"),
        ("Thiếu {tk.khac}", "Không có chỗ điền {tk.khac}"),
        ("Thiếu {giay_to", "không khép"),
        ("Thiếu {{giay_to}}", "không khép"),
    ],
)
def test_a_place_nobody_knows_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        check_places(text, {"ho_ten"})

    assert refused.value.field == "text"


def test_known_places_and_answers_of_the_form_pass() -> None:
    check_places("{thu_tuc}: {tk.ho_ten}", {"ho_ten"})


def test_other_words_count_as_changed_and_spaces_do_not() -> None:
    assert not is_changed("Thiếu tờ khai.", "Đề nghị:  thiếu  TỜ khai")
    assert is_changed("Thiếu tờ khai.", "Thiếu tờ khai gốc".replace("tờ khai", "giấy"))
