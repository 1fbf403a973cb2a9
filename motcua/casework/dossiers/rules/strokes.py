"""A signature drawn with a finger: lines of points, as numbers and nothing else.

Written as “x,y x,y;x,y …” on a sheet of 600 by 200.
"""

from motcua.lib.errors import BadInput

WIDTH, HEIGHT = 600, 200
MOST_POINTS = 4000
MOST_LETTERS = 40_000
_LEAST_POINTS = 8
Point = tuple[int, int]


def read_strokes(text: str) -> list[list[Point]]:
    """Return the lines drawn, each at least a point long. Raises: BadInput."""
    if len(text) > MOST_LETTERS:
        raise BadInput("Nét ký quá dài; hãy xóa và ký lại.", field="strokes")
    lines = [[_point(one) for one in line.split()] for line in text.split(";")]
    drawn = [line for line in lines if line]
    if sum(map(len, drawn)) > MOST_POINTS:
        raise BadInput("Nét ký quá dài; hãy xóa và ký lại.", field="strokes")
    return drawn


def check_strokes(text: str) -> str:
    """Return the lines in their one spelling. Raises: BadInput where next to nothing was drawn."""
    drawn = read_strokes(text)
    if sum(map(len, drawn)) < _LEAST_POINTS:
        raise BadInput("Chưa có chữ ký; hãy ký vào khung hoặc ghi họ tên.", field="strokes")
    return ";".join(" ".join(f"{x},{y}" for x, y in line) for line in drawn)


def _point(text: str) -> Point:
    x, comma, y = text.partition(",")
    if not (comma and x.isdecimal() and y.isdecimal() and len(x) <= 3 and len(y) <= 3):  # noqa: PLR2004 -- three digits suffice for the sheet
        raise BadInput("Nét ký không đọc được; hãy xóa và ký lại.", field="strokes")
    return min(int(x), WIDTH), min(int(y), HEIGHT)
