"""Everyday wishes lead to the right procedure among the 2,642 published ones."""

from collections.abc import Iterator

import pytest

from motcua.casework.procedures.rules.as_text import as_data
from motcua.casework.procedures.rules.finding import Findable, Index, build_index, find, nearness_of
from motcua.casework.procedures.rules.parse import parse_definition

from .real_sources import FOLDER, TEXTS
from .sources import read_all

FIRST = 5
WISHES = [
    ("làm giấy khai sinh", "1.001193"),
    ("lam giay khai sinh cho con", "1.001193"),
    ("khai snh", "1.001193"),
    ("mất giấy khai sinh", "1.004884"),
    ("xin giấy độc thân", "1.004873"),
    ("đăng ký kết hôn", "1.000894"),
    ("lấy vợ", "1.000894"),
    ("người thân qua đời", "1.000656"),
    ("đổi tên cho con", "1.004859"),
    ("nhận con nuôi", "2.001263"),
    ("cấp lại căn cước", "1.014064"),
    ("làm căn cước công dân", "1.014061"),
    ("nhập hộ khẩu", "1.004222"),
    ("đăng ký tạm trú", "1.004194"),
    ("làm hộ chiếu", "1.001456"),
    ("mở quán ăn", "1.001612"),
    ("mo cua hang", "1.001612"),
    ("mở công ty", "2.001583"),
    ("sổ đỏ", "1.013978"),
    ("tách thửa", "1.012784"),
    ("xây nhà", "1.013225"),
    ("làm nhà", "1.013225"),
    ("lam nha", "1.013225"),
    ("sửa nhà", "1.013229"),
    ("đổi bằng lái xe", "3.000347"),
    ("sao y bản chính", "2.000815"),
    ("công chứng giấy tờ", "2.000815"),
    ("lý lịch tư pháp", "3.000333"),
    ("tạm vắng", "1.003677"),
    ("nop thue ho kinh doanh", "1.011022"),
    ("1.013225", "1.013225"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return build_index(_findable())


def _findable() -> Iterator[Findable]:
    texts, _refused = read_all((FOLDER / TEXTS).read_bytes())
    for place, text in enumerate(texts):
        told = parse_definition(as_data(text))
        more = f"{told.name} {' '.join(told.keywords)} {told.sector_name}"
        near = nearness_of(told.code, told.level, is_open=False)
        yield Findable(place, told.code, told.name, more, near)


@pytest.mark.parametrize(("wish", "code"), WISHES)
def test_a_wish_finds_its_procedure_among_the_first(index: Index, wish: str, code: str) -> None:
    found = [index.entries[place].code for place in find(index, wish)[:FIRST]]

    assert [one for one in found if one == code] == [code], found
