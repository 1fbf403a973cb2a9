"""Who is there in the demo province: agencies, their units and seats, as facts.

Codes below H18 are made up for the demo; only H18 itself is on the published list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.foundation.organisation.api import AgencyKind, Level, PostRole, UnitKind

PROVINCE = "H18"
LEADERSHIP = "LD"


@dataclass(frozen=True, slots=True)
class Office:
    """One unit with its seats; `tail` continues the agency's code, none for its desk."""

    tail: str
    name: str
    kind: UnitKind
    seats: Sequence[tuple[str, PostRole]] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """One agency with its leadership and its other units."""

    code: str
    name: str
    kind: AgencyKind
    offices: Sequence[Office]
    parent: str = PROVINCE
    level: Level = Level.PROVINCE
    place_code: str = "11"
    short_name: str = ""


HEAD = ("Trưởng phòng", PostRole.UNIT_HEAD)
HANDLER = ("Chuyên viên", PostRole.HANDLER)
CLERK = ("Văn thư", PostRole.REGISTRY_CLERK)
RECEIVER = ("Công chức tiếp nhận và trả kết quả", PostRole.DESK_OFFICER)


def leaders(*titles: str) -> Office:
    """Return the leadership with these seats."""
    seats = [(title, PostRole.AGENCY_LEADER) for title in titles]
    return Office(LEADERSHIP, "Lãnh đạo", UnitKind.LEADERSHIP, seats)


def division(tail: str, name: str, *, handlers: int = 1) -> Office:
    """Return a division with its head and handlers."""
    return Office(tail, name, UnitKind.DIVISION, [HEAD, *[HANDLER] * handlers])


def department(number: int, name: str, short_name: str, *divisions: str) -> Body:
    """Return a department of the province with an office and its divisions."""
    offices = [
        leaders("Giám đốc", "Phó Giám đốc"),
        Office(
            "VP", "Văn phòng Sở", UnitKind.OFFICE, [("Chánh Văn phòng", PostRole.UNIT_HEAD), CLERK]
        ),
        *(division(f"P{place}", title, handlers=2) for place, title in enumerate(divisions, 1)),
    ]
    code = f"{PROVINCE}.{number:02}"
    return Body(code, name, AgencyKind.DEPARTMENT, offices, short_name=short_name)


GOVERNMENT = Body(
    PROVINCE,
    "Ủy ban nhân dân tỉnh Điện Biên",
    AgencyKind.PROVINCE_COMMITTEE,
    [leaders("Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh")],
    parent="",
    short_name="UBND tỉnh",
)

PROVINCE_OFFICE = Body(
    f"{PROVINCE}.01",
    "Văn phòng Ủy ban nhân dân tỉnh",
    AgencyKind.OFFICE,
    [
        leaders("Chánh Văn phòng", "Phó Chánh Văn phòng"),
        Office(
            "",
            "Trung tâm Phục vụ hành chính công tỉnh",
            UnitKind.ONE_STOP_DESK,
            [("Giám đốc Trung tâm", PostRole.DESK_HEAD), *[RECEIVER] * 4],
        ),
        Office(
            "KS",
            "Phòng Kiểm soát thủ tục hành chính",
            UnitKind.DIVISION,
            [
                HEAD,
                ("Chuyên viên theo dõi", PostRole.PROVINCE_MONITOR),
                ("Chuyên viên giữ thư viện lý do", PostRole.LIBRARIAN),
            ],
        ),
        Office("VT", "Văn thư UBND tỉnh", UnitKind.REGISTRY, [CLERK]),
    ],
    short_name="Văn phòng UBND tỉnh",
)

DIGITAL = Office(
    "CDS",
    "Trung tâm Chuyển đổi số",
    UnitKind.CENTRE,
    [("Giám đốc Trung tâm", PostRole.UNIT_HEAD), ("Quản trị hệ thống", PostRole.ADMINISTRATOR)],
)

DEPARTMENTS = [
    department(2, "Sở Nội vụ", "SNV", "Phòng Người có công", "Phòng Lao động – Việc làm"),
    department(3, "Sở Tư pháp", "STP", "Phòng Hành chính và Bổ trợ tư pháp"),
    department(4, "Sở Tài chính", "STC", "Phòng Đăng ký kinh doanh"),
    department(5, "Sở Công Thương", "SCT", "Phòng Quản lý thương mại"),
    department(
        6,
        "Sở Nông nghiệp và Môi trường",
        "SNNMT",
        "Phòng Chăn nuôi và Thú y",
        "Phòng Trồng trọt và Bảo vệ thực vật",
        "Phòng Tài nguyên nước và Khoáng sản",
        "Phòng Quản lý đất đai",
    ),
    department(7, "Sở Xây dựng", "SXD", "Phòng Quản lý vận tải", "Phòng Quản lý xây dựng"),
    department(8, "Sở Khoa học và Công nghệ", "SKHCN", "Phòng Công nghệ số"),
    department(9, "Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", "Phòng Quản lý văn hóa"),
    department(10, "Sở Giáo dục và Đào tạo", "SGDĐT", "Phòng Quản lý chất lượng"),
    department(11, "Sở Y tế", "SYT", "Phòng Nghiệp vụ Y", "Phòng Bảo trợ xã hội"),
    department(12, "Sở Dân tộc và Tôn giáo", "SDTTG", "Phòng Chính sách"),
    department(13, "Thanh tra tỉnh", "TTT", "Phòng Nghiệp vụ 1"),
]

# Written for the registry: who drafts and keeps the seal in the name of the province's committee.
FOR_THE_PROVINCE = (
    Office("TH", "Khối tổng hợp", UnitKind.DIVISION, [HANDLER]),
    Office("VT", "Văn thư UBND tỉnh", UnitKind.REGISTRY, [CLERK]),
)

BRANCH_TOWNS = {
    "CN1": "Điện Biên Phủ",
    "CN2": "Mường Lay",
    "CN3": "Mường Nhé",
    "CN4": "Mường Chà",
    "CN5": "Tủa Chùa",
    "CN6": "Tuần Giáo",
    "CN7": "Thanh Nưa",
    "CN8": "Na Son",
    "CN9": "Mường Ảng",
}

HELPERS = Office(
    "TCN",
    "Tổ công nghệ số cộng đồng bản Noong Bua",
    UnitKind.OTHER,
    [("Tổ trưởng tổ công nghệ số cộng đồng", PostRole.HELPER)],
)

ACCOUNTING = Office("TV", "Bộ phận Tài vụ", UnitKind.OTHER, [("Kế toán", PostRole.ACCOUNTANT)])

LAND_OFFICE = Body(
    f"{PROVINCE}.06.01",
    "Văn phòng Đăng ký đất đai tỉnh Điện Biên",
    AgencyKind.CENTRE,
    [
        leaders("Giám đốc"),
        division("P1", "Phòng Đăng ký và Cấp giấy chứng nhận", handlers=2),
        division("P2", "Phòng Đo đạc và Lưu trữ"),
        *(
            Office(
                tail,
                f"Chi nhánh Văn phòng Đăng ký đất đai {town}",
                UnitKind.BRANCH,
                [("Giám đốc Chi nhánh", PostRole.UNIT_HEAD), HANDLER],
            )
            for tail, town in BRANCH_TOWNS.items()
        ),
    ],
    parent=f"{PROVINCE}.06",
    short_name="VPĐKĐĐ",
)

OUTSIDE = [
    Body(
        "G01.DBI",
        "Công an tỉnh Điện Biên",
        AgencyKind.POLICE,
        [
            leaders("Giám đốc"),
            division("QLHC", "Phòng Cảnh sát Quản lý hành chính về trật tự xã hội"),
        ],
        parent="",
    ),
    Body(
        "G12.T.DBI",
        "Thuế tỉnh Điện Biên",
        AgencyKind.TAX,
        [leaders("Trưởng Thuế tỉnh"), division("TNT", "Phòng Quản lý các khoản thu từ đất")],
        parent="",
    ),
    Body(
        "G12.BH.DBI",
        "Bảo hiểm xã hội tỉnh Điện Biên",
        AgencyKind.INSURANCE,
        [leaders("Giám đốc"), division("CST", "Phòng Quản lý thu và Sổ, thẻ")],
        parent="",
    ),
]


def beside(code: str, name: str, kind: AgencyKind, short_name: str, above: str, chair: str) -> Body:
    """Return a body of the ward beside its committee: its leader, who writes and keeps the seal."""
    writer = ("Ủy viên thường trực", PostRole.HANDLER)
    return Body(
        code,
        name,
        kind,
        [
            leaders(chair),
            Office("VP", "Văn phòng", UnitKind.OFFICE, [writer, CLERK]),
        ],
        parent=above,
        level=Level.COMMUNE,
        place_code=WARD_PLACE,
        short_name=short_name,
    )


WARD_PLACE = "03127"
OVER_BODIES = tuple(
    Body(
        f"{PROVINCE}.{number}",
        name,
        kind,
        [Office(LEADERSHIP, "Lãnh đạo", UnitKind.LEADERSHIP)],
        "",
    )
    for number, name, kind in (
        (91, "Đảng bộ tỉnh Điện Biên", AgencyKind.PARTY),
        (92, "Ủy ban MTTQ Việt Nam tỉnh Điện Biên", AgencyKind.FRONT),
        (93, "Tỉnh đoàn Điện Biên", AgencyKind.YOUTH_UNION),
    )
)
BODIES = (
    beside(
        f"{PROVINCE}.91.101",
        "Đảng ủy phường Điện Biên Phủ",
        AgencyKind.PARTY,
        "ĐU phường Điện Biên Phủ",
        "H18.91",
        "Bí thư",
    ),
    beside(
        f"{PROVINCE}.94",
        "Hội đồng nhân dân phường Điện Biên Phủ",
        AgencyKind.PEOPLES_COUNCIL,
        "HĐND phường Điện Biên Phủ",
        "",
        "Chủ tịch",
    ),
    beside(
        f"{PROVINCE}.92.101",
        "Ủy ban MTTQ Việt Nam phường Điện Biên Phủ",
        AgencyKind.FRONT,
        "MTTQ phường Điện Biên Phủ",
        "H18.92",
        "Chủ tịch",
    ),
    beside(
        f"{PROVINCE}.93.101",
        "Ban Chấp hành Đoàn phường Điện Biên Phủ",
        AgencyKind.YOUTH_UNION,
        "BCHĐ phường Điện Biên Phủ",
        "H18.93",
        "Bí thư",
    ),
)


def commune(number: int, place_code: str, name: str) -> Body:
    """Return the committee of a commune or ward with the four units each of them has."""
    is_ward = name.startswith("Phường")
    economy = "Phòng Kinh tế, Hạ tầng và Đô thị" if is_ward else "Phòng Kinh tế"
    chief = [("Chánh Văn phòng", PostRole.UNIT_HEAD)]
    justice = ("Công chức Tư pháp – Hộ tịch", PostRole.HANDLER)
    offices = [
        leaders("Chủ tịch UBND", "Phó Chủ tịch UBND"),
        Office("VP", "Văn phòng HĐND và UBND", UnitKind.OFFICE, [*chief, justice, CLERK]),
        division("KT", economy),
        division("VHXH", "Phòng Văn hóa – Xã hội"),
        Office(
            "",
            "Trung tâm Phục vụ hành chính công",
            UnitKind.ONE_STOP_DESK,
            [("Giám đốc Trung tâm", PostRole.DESK_HEAD), RECEIVER],
        ),
    ]
    return Body(
        f"{PROVINCE}.{number}",
        f"Ủy ban nhân dân {name[0].lower()}{name[1:]}",
        AgencyKind.COMMUNE_COMMITTEE,
        offices,
        level=Level.COMMUNE,
        place_code=place_code,
        short_name=f"UBND {name[0].lower()}{name[1:]}",
    )


def district(number: int, place_code: str, name: str) -> Body:
    """Return the committee of a district of before with its one-stop desk, nobody in it."""
    lowered = f"{name[0].lower()}{name[1:]}"
    return Body(
        f"{PROVINCE}.{number}",
        f"Ủy ban nhân dân {lowered}",
        AgencyKind.DISTRICT_COMMITTEE,
        [
            Office(LEADERSHIP, "Lãnh đạo", UnitKind.LEADERSHIP),
            Office("", "Bộ phận Tiếp nhận và Trả kết quả", UnitKind.ONE_STOP_DESK),
        ],
        level=Level.DISTRICT,
        place_code=place_code,
        short_name=f"UBND {lowered}",
    )
