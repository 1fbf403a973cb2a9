"""The map of Điện Biên before and after 1 July 2025: names and codes, as facts."""

from collections.abc import Iterator
from datetime import date, datetime

from motcua.foundation.places import api as places
from motcua.lib.actor import Actor

PROVINCE = "11"
REFORM_DAY = date(2025, 7, 1)
LAST_OLD_DAY = date(2025, 6, 30)
SINCE = date(2020, 3, 1)  # the latest change of districts before the reform
BASIS = "Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp ĐVHC cấp xã tỉnh Điện Biên năm 2025"
ABOLISHED = "Nghị quyết 203/2025/QH15: chấm dứt hoạt động đơn vị hành chính cấp huyện"

DISTRICTS = {
    "094": "Thành phố Điện Biên Phủ",
    "095": "Thị xã Mường Lay",
    "096": "Huyện Mường Nhé",
    "097": "Huyện Mường Chà",
    "098": "Huyện Tủa Chùa",
    "099": "Huyện Tuần Giáo",
    "100": "Huyện Điện Biên",
    "101": "Huyện Điện Biên Đông",
    "102": "Huyện Mường Ảng",
    "103": "Huyện Nậm Pồ",
}

# A new commune, and below it the old ones it was made of, each after the code of its district.
MAP = """
03127 Phường Điện Biên Phủ
  094 03127 Phường Him Lam
  094 03130 Phường Thanh Bình
  094 03133 Phường Tân Thanh
  094 03136 Phường Mường Thanh
  094 03142 Phường Thanh Trường
  094 03145 Xã Thanh Minh
03151 Phường Mường Lay
  095 03148 Phường Sông Đà
  095 03151 Phường Na Lay
  095 03184 Xã Lay Nưa
  097 03178 Xã Sá Tổng
03158 Xã Sín Thầu
  096 03154 Xã Sín Thầu
  096 03155 Xã Sen Thượng
  096 03158 Xã Leng Su Sìn
03160 Xã Mường Nhé
  096 03157 Xã Chung Chải
  096 03160 Xã Mường Nhé
  096 03161 Xã Nậm Vì
03162 Xã Nậm Kè
  096 03159 Xã Pá Mỳ
  096 03162 Xã Nậm Kè
03163 Xã Mường Toong
  096 03163 Xã Mường Toong
  096 03177 Xã Huổi Lếch
03164 Xã Quảng Lâm
  096 03164 Xã Quảng Lâm
  103 03167 Xã Na Cô Sa
03166 Xã Mường Chà
  103 03156 Xã Nậm Tin
  103 03165 Xã Pa Tần
  103 03166 Xã Chà Cang
  103 03187 Xã Chà Nưa
03169 Xã Nà Hỳ
  103 03168 Xã Nà Khoa
  103 03169 Xã Nà Hỳ
  103 03171 Xã Nậm Nhừ
  103 03173 Xã Nậm Chua
03172 Xã Na Sang
  097 03172 Thị trấn Mường Chà
  097 03197 Xã Sa Lông
  097 03200 Xã Ma Thì Hồ
  097 03201 Xã Na Sang
03175 Xã Chà Tở
  103 03174 Xã Nậm Khăn
  103 03175 Xã Chà Tở
03176 Xã Nà Bủng
  103 03170 Xã Nà Bủng
  103 03176 Xã Vàng Đán
03181 Xã Mường Tùng
  097 03181 Xã Mường Tùng
  097 03196 Xã Huổi Lèng
03193 Xã Pa Ham
  097 03190 Xã Hừa Ngài
  097 03193 Xã Pa Ham
03194 Xã Nậm Nèn
  097 03191 Xã Huổi Mí
  097 03194 Xã Nậm Nèn
03199 Xã Si Pa Phìn
  103 03198 Xã Phìn Hồ
  103 03199 Xã Si Pa Phìn
03202 Xã Mường Pồn
  097 03202 Xã Mường Mươn
  100 03319 Xã Mường Pồn
03203 Xã Na Son
  101 03203 Thị trấn Điện Biên Đông
  101 03205 Xã Na Son
  101 03376 Xã Keo Lôm
03208 Xã Xa Dung
  101 03208 Xã Phì Nhừ
  101 03373 Xã Xa Dung
03214 Xã Mường Luân
  101 03211 Xã Chiềng Sơ
  101 03214 Xã Mường Luân
  101 03379 Xã Luân Giói
03217 Xã Tủa Chùa
  098 03217 Thị trấn Tủa Chùa
  098 03250 Xã Mường Báng
  099 03263 Xã Nà Tòng
03220 Xã Tủa Thàng
  098 03220 Xã Huổi Só
  098 03235 Xã Tủa Thàng
03226 Xã Sín Chải
  098 03223 Xã Sín Chải
  098 03226 Xã Tả Sìn Thàng
  098 03229 Xã Lao Xả Phình
03241 Xã Sính Phình
  098 03232 Xã Tả Phìn
  098 03238 Xã Trung Thu
  098 03241 Xã Sính Phình
03244 Xã Sáng Nhè
  098 03244 Xã Xá Nhè
  098 03247 Xã Mường Đun
  099 03259 Xã Phình Sáng
03253 Xã Tuần Giáo
  099 03253 Thị trấn Tuần Giáo
  099 03274 Xã Quài Nưa
  099 03289 Xã Quài Cang
03256 Xã Mường Ảng
  102 03256 Thị trấn Mường Ảng
  102 03307 Xã Ẳng Nưa
  102 03310 Xã Ẳng Cang
03260 Xã Pú Nhung
  099 03260 Xã Rạng Đông
  099 03265 Xã Ta Ma
  099 03271 Xã Pú Nhung
03268 Xã Mường Mùn
  099 03262 Xã Mùn Chung
  099 03268 Xã Mường Mùn
  099 03269 Xã Pú Xi
03283 Xã Chiềng Sinh
  099 03277 Xã Mường Thín
  099 03283 Xã Nà Sáy
  099 03284 Xã Mường Khong
  099 03298 Xã Chiềng Sinh
03295 Xã Quài Tở
  099 03280 Xã Tỏa Tình
  099 03295 Xã Quài Tở
  099 03304 Xã Tênh Phông
03301 Xã Búng Lao
  099 03299 Xã Chiềng Đông
  102 03292 Xã Ẳng Tở
  102 03301 Xã Búng Lao
03313 Xã Mường Lạn
  102 03302 Xã Xuân Lao
  102 03312 Xã Nặm Lịch
  102 03313 Xã Mường Lạn
03316 Xã Nà Tấu
  094 03316 Xã Nà Tấu
  102 03286 Xã Mường Đăng
  102 03287 Xã Ngối Cáy
03325 Xã Mường Phăng
  094 03317 Xã Nà Nhạn
  094 03325 Xã Mường Phăng
  094 03326 Xã Pá Khoang
03328 Xã Thanh Nưa
  100 03322 Xã Thanh Nưa
  100 03323 Xã Hua Thanh
  100 03328 Xã Thanh Luông
  100 03331 Xã Thanh Hưng
  100 03337 Xã Thanh Chăn
03334 Phường Mường Thanh
  094 03124 Phường Noong Bua
  094 03139 Phường Nam Thanh
  100 03334 Xã Thanh Xương
03349 Xã Thanh Yên
  100 03340 Xã Pa Thơm
  100 03346 Xã Thanh Yên
  100 03349 Xã Noong Luống
03352 Xã Thanh An
  100 03343 Xã Thanh An
  100 03352 Xã Noong Hẹt
  100 03355 Xã Sam Mứn
03356 Xã Sam Mứn
  100 03356 Xã Pom Lót
  100 03361 Xã Na Ư
03358 Xã Núa Ngam
  100 03358 Xã Núa Ngam
  100 03359 Xã Hẹ Muông
  100 03365 Xã Na Tông
03368 Xã Mường Nhà
  100 03364 Xã Mường Nhà
  100 03367 Xã Mường Lói
  100 03368 Xã Phu Luông
03370 Xã Pu Nhi
  101 03370 Xã Pu Nhi
  101 03371 Xã Nong U
03382 Xã Phình Giàng
  101 03382 Xã Phình Giàng
  101 03383 Xã Pú Hồng
03385 Xã Tìa Dình
  101 03384 Xã Tìa Dình
  101 03385 Xã Háng Lìa
"""

_WORDS = {
    "Xã": places.PlaceKind.COMMUNE,
    "Phường": places.PlaceKind.WARD,
    "Thị": places.PlaceKind.TOWN,
}


def build_places(*, by: Actor, at: datetime) -> places.LoadReport:
    """Load the map; a second time changes nothing."""
    return places.load_places(
        places.PlaceList(places=list(_places()), links=list(_links())), by=by, at=at
    )


def communes() -> list[tuple[str, str]]:
    """Return code and name of the forty-five communes and wards of today, by code."""
    return [(line[:5], line[6:]) for line in MAP.splitlines() if line and line[0] != " "]


def districts_of(code: str) -> list[str]:
    """Return the districts of before from which a commune of today took land."""
    return sorted({district for new, district, _, _ in _old() if new == code})


def _old() -> Iterator[tuple[str, str, str, str]]:
    """Yield the new commune's code, and the old one's district, code and name."""
    new = ""
    for line in MAP.splitlines():
        if line.startswith("  "):
            district, code, name = line.split(maxsplit=2)
            yield new, district, code, name
        elif line:
            new = line[:5]


def _kind(name: str) -> places.PlaceKind:
    return _WORDS[name.partition(" ")[0]]


def _places() -> Iterator[places.PlaceRow]:
    yield places.PlaceRow(
        PROVINCE, "Tỉnh Điện Biên", places.PlaceKind.PROVINCE, "", date(2004, 1, 1)
    )
    for code, name in DISTRICTS.items():
        yield places.PlaceRow(code, name, places.PlaceKind.DISTRICT, PROVINCE, SINCE, LAST_OLD_DAY)
    for _, district, code, name in _old():
        yield places.PlaceRow(code, name, _kind(name), district, SINCE, LAST_OLD_DAY)
    for code, name in communes():
        yield places.PlaceRow(code, name, _kind(name), PROVINCE, REFORM_DAY, basis=BASIS)


def _links() -> Iterator[places.LinkRow]:
    for code in DISTRICTS:
        yield places.LinkRow(code, "", places.PlaceChange.ABOLISH, REFORM_DAY, ABOLISHED)
    for new, _, code, _ in _old():
        yield places.LinkRow(code, new, places.PlaceChange.MERGE, REFORM_DAY, BASIS)
