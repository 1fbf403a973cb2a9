"""What finding by everyday words promises, on a handful of names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.casework.procedures.operations.translating import translate_texts
from motcua.casework.procedures.queries.search import _read_search_stamp
from motcua.casework.procedures.rules.finding import Findable, build_index, find

from .make import EDITOR, NOW, make_procedure

NAMES = {
    1: "Đăng ký khai sinh",
    2: "Đăng ký khai sinh có yếu tố nước ngoài tại khu vực biên giới",
    3: "Cấp giấy xác nhận tình trạng hôn nhân",
    4: "Hòa giải tranh chấp đất đai",
    5: "Cấp giấy phép xây dựng đường ngang",
    6: "Công nhận vườn ươm giống dương",
    7: "Cấp thẻ căn cước",
}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("khai sinh", [1, 2]),
        ("khai sinh biên giới", [2]),
        ("khia sinh", [1, 2]),
        ("khai snh", [1, 2]),
        ("dang ky khai si", [1, 2]),
        ("độc thân", [3]),
        ("hoà giải", [4]),
        ("đường", [5]),
        ("dương", [6]),
        ("duong", [6, 5]),
        ("căn cước công dân", [7]),
        ("cccd", [7]),
        ("tôi muốn làm giấy khai sinh cho con", [1, 2]),
        ("1.000004", [4]),
        ("xyz", []),
        ("", []),
    ],
)
def test_words_find_the_names_they_mean(asked: str, found: list[int]) -> None:
    index = build_index(Findable(n, f"1.{n:06}", name, "") for n, name in NAMES.items())

    assert find(index, asked) == found


def test_what_is_nearer_comes_before_its_like() -> None:
    index = build_index([Findable(1, "a", "Cấp thẻ", ""), Findable(2, "b", "Cấp thẻ", "", 1.2)])

    assert find(index, "thẻ") == [2, 1]


def test_an_empty_catalogue_finds_nothing() -> None:
    assert find(build_index([]), "khai sinh") == []


@pytest.mark.django_db
def test_what_is_translated_is_found_anew_without_reading_every_text() -> None:
    make_procedure()
    stamps = [_read_search_stamp()]
    for said in ("Birth certificate", "Certificate of birth", ""):
        translate_texts({"Giấy khai sinh": said}, by=EDITOR, at=NOW)
        with CaptureQueriesContext(connection) as asked:
            stamps.append(_read_search_stamp())
        assert "procedures_englishtext" not in asked[0]["sql"]

    assert len({str(stamp) for stamp in stamps}) == 4
