"""YAML of people: plain data comes, what would end or stop the process is refused by its place."""

from datetime import date

import pytest

from motcua.lib.plain_yaml import HarmfulYaml, read_yaml


def test_plain_data_is_read() -> None:
    assert read_yaml("a: [1, {b: 2.5}]\nc: 2026-01-31\nd:\n") == {
        "a": [1, {"b": 2.5}],
        "c": date(2026, 1, 31),
        "d": None,
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\nb: " + "[" * 200_000, "Dòng 2 lồng quá 60 lớp"),
        ("a: " + "{b: " * 200_000, "Dòng 1 lồng quá 60 lớp"),
        ("- " * 200_000 + "a", "Dòng 1 lồng quá 60 lớp"),
        ("? " * 100_000 + "a", "Dòng 1 lồng quá 60 lớp"),
        ("[" * 100 + "]" * 100, "lồng quá sâu"),
        ("a: &x [*x]", "tự chứa chính nó"),
        ("a: b\nc: 1" + ":1" * 100_000, "Dòng 2 có số viết lạ"),
        ('a: "x\\0y"', "không phải là chữ"),
        ('"x\\0y": 1', "không phải là chữ"),
        ("a: 99999999999999999999", "số quá lớn"),
        ("a: 0x" + "f" * 5_000, "số quá lớn"),
        ("a: .inf", "không phải là số"),
        ("a: [.nan]", "không phải là số"),
    ],
)
def test_what_harms_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(HarmfulYaml, match=complaint):
        read_yaml(text)
