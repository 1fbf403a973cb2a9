from datetime import datetime, timedelta

import pytest

from motcua.casework.dossiers.rules.photos import taken_at_in
from motcua.casework.dossiers.rules.strokes import check_strokes
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput

AT = datetime(2026, 3, 11, 10, 0, tzinfo=HANOI)
HEAD = b"\xff\xd8\xff\xe1\x00\x40Exif\0\0"
LINE = "1,1 2,2 3,3 4,4 5,5 6,6 7,7 8,8"


def test_the_earliest_moment_the_camera_wrote_counts() -> None:
    head = HEAD + b"2026:03:11 09:31:00\0" + b"2026:03:11 09:30:00\0"

    assert taken_at_in(head, at=AT) == AT - timedelta(minutes=30)


@pytest.mark.parametrize(
    "head",
    [
        b"2026:03:11 09:30:00",
        HEAD + b"2026:02:31 09:30:00",
        HEAD + b"2027:03:11 09:30:00",
        HEAD + b"2001:01:01 00:00:00",
        HEAD,
    ],
)
def test_a_camera_that_knows_no_time_says_none(head: bytes) -> None:
    assert taken_at_in(head, at=AT) is None


def test_a_drawn_signature_is_kept_as_points_on_its_sheet() -> None:
    assert check_strokes(f"{LINE};;700,999 1,1") == f"{LINE};600,200 1,1"


@pytest.mark.parametrize(
    "drawn", ["", "1,1 2,2", "a,b", "1;2", "1,1 " * 5000, "<svg/>", f"{LINE} -1,2"]
)
def test_what_is_no_signature_is_refused(drawn: str) -> None:
    with pytest.raises(BadInput):
        check_strokes(drawn)
