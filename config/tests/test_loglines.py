"""Nothing personal reaches the logs, whoever logs it."""

import json
import logging
import sys

import pytest

from config.loglines import JsonLine, PlainLine, without_personal_data


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    return logging.getLogger("motcua.test").makeRecord(
        "motcua.test", logging.INFO, __file__, 1, message, args, None, extra=extra
    )


def logged(message: str, *args: object, **extra: object) -> dict[str, object]:
    line = json.loads(JsonLine().format(record(message, *args, **extra)))
    return {name: value for name, value in line.items() if name not in ("at", "level", "logger")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("số 011099001234 của bà", "số [số định danh] của bà"),
        ("011 099 001234", "[số định danh]"),
        ("id=011099001234,", "id=[số định danh],"),
        ("CMND 040123456", "CMND [số giấy tờ]"),
        ("gọi 0912345678", "gọi [điện thoại]"),
        ("gọi +84 912 345 678!", "gọi [điện thoại]!"),
        ("gọi 0912.345.678", "gọi [điện thoại]"),
        ("gọi 091-234-5678", "gọi [điện thoại]"),
        ("gửi lan.lo+don@xa.dienbien.gov.vn nhé", "gửi [thư điện tử] nhé"),
        (f"{'x' * 300}.lan@xa.vn", "[thư điện tử]"),
        ("٠١١٠٩٩٠٠١٢٣٤", "[số định danh]"),
        ("/tep/kJ3x9_Qw-7ZpLm2RtY8vBn4c/", "/tep/[mã]/"),
        ("/giay-hen/H18.101-260302-0007/abc-de/", "/giay-hen/H18.101-260302-0007/[mã]/"),
        ("/nop-ho-so/ban-nhap/abcDEF-only-letters/2/", "/nop-ho-so/ban-nhap/[mã]/2/"),
        ("/thanh-toan/don/onlyLettersHere/thu/", "/thanh-toan/don/[mã]/thu/"),
        ("/lich/ics/onlyLetters.ics", "/lich/ics/[mã]"),
    ],
)
def test_personal_data_is_hidden(text: str, expected: str) -> None:
    assert without_personal_data(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "H18.101-260302-0007",
        "G09.20-20260609-0092637",
        "2026-03-02T08:00:00.123456+07:00",
        "127.0.0.1:8000",
        "id=12345678 took 0.25 s",
        "motcua.foundation.notifications.operations",
        "1.250.000 đồng",
        "1.004223",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert without_personal_data(text) == text


def test_an_event_is_one_line_of_json_with_its_fields() -> None:
    assert logged("file_kept", id=7, size=20_000) == {"event": "file_kept", "id": 7, "size": 20_000}


@pytest.mark.parametrize(
    "field", ["full_name", "email", "personal_id", "phone", "token", "search_text", "birth_date"]
)
def test_personal_fields_are_hidden_by_their_names(field: str) -> None:
    assert logged("x", **{field: "Lò Thị Lan"}) == {"event": "x", field: "[ẩn]"}


def test_what_lies_deeper_is_hidden_too() -> None:
    told = logged("x", detail={"name": "Lan", "numbers": ["011099001234", 11099001234]})

    assert told["detail"] == {"name": "[ẩn]", "numbers": ["[số định danh]", "11099001234"]}


def test_arguments_of_the_message_are_hidden() -> None:
    assert logged("no person %s", "011099001234")["event"] == "no person [số định danh]"


def fail(why: str) -> None:
    raise ValueError(why)


def test_a_failure_tells_its_place_and_not_the_row() -> None:
    failed = record("x")
    try:
        fail("broken\nDETAIL:  Failing row contains (1, Lò Thị Lan).\nlan@xa.vn")
    except ValueError:
        failed.exc_info = sys.exc_info()

    failure = json.loads(JsonLine().format(failed))["failure"]

    assert ("test_loglines.py" in failure, "Lan" in failure.split("broken")[-1]) == (True, False)
    assert failure.rstrip().endswith("[thư điện tử]")


def test_a_line_for_people_hides_the_same() -> None:
    line = PlainLine().format(record("file_refused", email="lan@xa.vn", kind="PDF"))

    assert line.partition(" motcua.test ")[2] == "file_refused email=[ẩn] kind=PDF"


def test_requests_hung_on_an_event_are_left_out() -> None:
    assert logged("x", request=object()) == {"event": "x"}
