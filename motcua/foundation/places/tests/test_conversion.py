"""The official table of 1 July 2025: its notes, its typing errors, and all of it if present."""

import csv
import gzip
import os
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from motcua.foundation.places import api as places
from motcua.foundation.places.choices import PlaceChange, PlaceKind
from motcua.foundation.places.models import PlaceSuccession, PlaceVersion
from motcua.foundation.places.rules.conversion import change_of, goes_on, kind_of, read_conversion

from .make import FIRST_NEW_DAY, LAST_OLD_DAY, SINCE, make_map

SHARED = Path(os.environ.get("MOTCUA_SHARED", Path(__file__).parents[5] / "shared"))
TABLE = SHARED / "data" / "units" / "conversion_old_new_2025.csv.gz"

HANOI = "Thành phố Hà Nội (01)"
BINH_DINH = "Tỉnh Bình Định (52)"
GIA_LAI = "Tỉnh Gia Lai (52)"
ISLAND = "Sắp xếp toàn bộ huyện Đ"
ROWS = [
    ["Đơn vị hành chính từ ngày 01/7/2025", "", "", "", "", "", "", "", ""],
    [HANOI, "Xã A", "00001", "Xã Cổ Bi", "00553", "Nhập một phần\n", "Huyện X (018)", HANOI, ""],
    [HANOI, "Xã B", "00002", "Xã Cổ Bi", "00553", "Nhâp một phần", "Huyện X (018)", HANOI, ""],
    [HANOI, "Xã B", "00002", "Xã Đặng Xá", "00553", "Nhập toàn bộ", "Huyện X (018)", HANOI, ""],
    [GIA_LAI, "Xã L", "00003", "Xã L", "00003", "Giữ nguyên ", "Huyện V (551)", BINH_DINH, ""],
    [
        GIA_LAI,
        "Đặc khu Đ",
        "00004",
        "",
        "",
        ISLAND,
        "Huyện Đ (552)",
        BINH_DINH,
        "",
    ],
]


@pytest.mark.parametrize(
    ("note", "change"),
    [
        ("Nhập toàn bộ", PlaceChange.MERGE),
        ("Nhập toàn bộ diện tích", PlaceChange.MERGE),
        ("Nhập một phần\n", PlaceChange.SPLIT),
        ("Nhập một  phần", PlaceChange.SPLIT),
        ("Nhâp một phần diện tích", PlaceChange.SPLIT),
        ("Nhập một phần diện tích, toàn bộ dân số", PlaceChange.SPLIT),
        ("Đổi tên từ một phần Phường 15", PlaceChange.SPLIT),
        ("Sắp xếp toàn bộ huyện Cồn Cỏ thành đặc khu Cồn Cỏ", PlaceChange.RENAME),
    ],
)
def test_a_note_says_how_the_land_came_over(note: str, change: PlaceChange) -> None:
    assert change_of(note, old_goes_on=False) == change


def test_a_part_of_a_place_that_goes_on_is_no_split() -> None:
    assert change_of("Nhập một phần", old_goes_on=True) == PlaceChange.PART


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("Giữ nguyên ", True),
        ("Đổi tên", True),
        ("Đổi loại hình", True),
        ("Phần còn lại sau khi tách một phần vào xã Canh Vinh", True),
        ("Sắp xếp toàn bộ xã Thổ Châu thành đặc khu Thổ Châu", True),
        ("Đổi tên, đổi loại hình từ một phần thị trấn Lai Uyên", False),
        ("Nhập toàn bộ", False),
    ],
)
def test_a_note_says_whether_the_place_itself_goes_on(note: str, answer: bool) -> None:  # noqa: FBT001 -- a parameter of the table
    assert goes_on(note) is answer


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Xã Mường Phăng", PlaceKind.COMMUNE),
        ("phường 15", PlaceKind.WARD),
        ("Thị trấn Mường Ảng", PlaceKind.TOWN),
        ("Đặc khu Côn Đảo", PlaceKind.SPECIAL_ZONE),
        ("Xuân Lâm", PlaceKind.COMMUNE),
    ],
)
def test_the_first_word_of_a_name_says_what_it_is(name: str, kind: PlaceKind) -> None:
    assert kind_of(name) == kind


def test_a_code_beside_two_names_is_told() -> None:
    found = read_conversion(ROWS, since=SINCE)

    assert found.doubts == ["Mã 00553 đứng cạnh nhiều tên: Xã Cổ Bi, Xã Đặng Xá."]


def test_a_province_under_another_name_is_a_new_one_even_with_the_same_code() -> None:
    found = read_conversion(ROWS, since=SINCE)

    provinces = [row for row in found.places if row.kind == PlaceKind.PROVINCE]
    assert [(row.code, row.name, row.valid_to) for row in provinces] == [
        ("01", "Thành phố Hà Nội", None),
        ("52", "Tỉnh Bình Định", LAST_OLD_DAY),
        ("52", "Tỉnh Gia Lai", None),
    ]


def test_a_district_ends_without_heir_unless_it_became_a_special_zone() -> None:
    found = read_conversion(ROWS, since=SINCE)

    links = {link.from_code: (link.to_code, link.kind) for link in found.links}
    assert (links["018"], links["552"]) == (
        ("", PlaceChange.ABOLISH),
        ("00004", PlaceChange.RENAME),
    )


@pytest.mark.django_db
def test_the_rows_of_a_table_load() -> None:
    make_map(read_conversion(ROWS, since=SINCE))

    heirs = places.successors_of("00553", LAST_OLD_DAY)
    going_on = [places.place_on("00003", day) for day in (LAST_OLD_DAY, FIRST_NEW_DAY)]

    assert [kin.place.code for kin in heirs] == ["00001", "00002"]
    assert len({place.place_id for place in going_on if place}) == 1


@pytest.mark.django_db
def test_the_command_loads_a_table_and_tells_its_doubts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "table.csv"
    with table.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(ROWS)

    call_command("places_import", str(table))

    told = capsys.readouterr()
    assert told.out == "Thêm 12, sửa 0, giữ nguyên 0, liên kết 6.\n"
    assert told.err.startswith("Mã 00553 đứng cạnh nhiều tên")


if TABLE.exists():

    @pytest.mark.django_db
    def test_the_official_table_loads_whole_and_only_once() -> None:
        rows = csv.reader(gzip.decompress(TABLE.read_bytes()).decode().splitlines(keepends=True))
        found = read_conversion(rows, since=SINCE)

        first = make_map(found)
        again = make_map(found)

        new = PlaceVersion.objects.on(FIRST_NEW_DAY).exclude(parent=None)
        split = (
            PlaceSuccession.objects.exclude(kind=PlaceChange.PART)
            .values("from_place")
            .alias(heirs=Count("to_place"))
            .filter(heirs__gt=1)
        )
        parts = PlaceSuccession.objects.filter(kind=PlaceChange.PART).values("from_place")
        assert new.count() == 3321
        assert (again.created, again.updated, again.linked) == (0, 0, 0)
        assert first.created == len(found.places)
        assert split.count() + parts.distinct().count() == 441

    def test_the_official_table_is_read_with_its_few_doubts() -> None:
        rows = csv.reader(gzip.decompress(TABLE.read_bytes()).decode().splitlines(keepends=True))

        found = read_conversion(rows, since=date(2025, 1, 4))

        assert len(found.doubts) == 5
