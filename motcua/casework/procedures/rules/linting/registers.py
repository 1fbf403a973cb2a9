"""Papers that an authority has in a register already, and texts of law that have ended."""

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Register:
    """One register: what it is called, who keeps it, how its papers are named on lists."""

    name: str
    keeper: str
    papers: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class EndedText:
    """One text of law that has ended, the day its successor took effect, and that successor."""

    number: str
    since: date
    successor: str


def _named(*words: str) -> re.Pattern[str]:
    """Return a pattern over words in small letters."""
    return re.compile(rf"(?<!số )\b(?:{'|'.join(map(re.escape, words))})\b")


REGISTERS = (
    Register(
        "Cơ sở dữ liệu quốc gia về dân cư",
        "Bộ Công an",
        _named(
            "căn cước công dân",
            "thẻ căn cước",
            "giấy chứng minh nhân dân",
            "chứng minh nhân dân",
            "sổ hộ khẩu",
            "hộ khẩu",
            "xác nhận thông tin về cư trú",
            "xác nhận cư trú",
            "giấy xác nhận số định danh",
            "sổ tạm trú",
        ),
    ),
    Register(
        "Cơ sở dữ liệu hộ tịch điện tử",
        "Bộ Tư pháp",
        _named(
            "giấy khai sinh",
            "trích lục khai sinh",
            "giấy chứng nhận kết hôn",
            "giấy đăng ký kết hôn",
            "trích lục kết hôn",
            "giấy xác nhận tình trạng hôn nhân",
            "xác nhận tình trạng hôn nhân",
            "trích lục khai tử",
            "giấy chứng tử",
            "trích lục hộ tịch",
        ),
    ),
    Register(
        "Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp",
        "Bộ Tài chính",
        _named(
            "giấy chứng nhận đăng ký doanh nghiệp",
            "giấy chứng nhận đăng ký kinh doanh",
            "giấy đăng ký kinh doanh",
            "giấy chứng nhận đăng ký hộ kinh doanh",
            "giấy chứng nhận đăng ký hợp tác xã",
            "giấy chứng nhận đăng ký thuế",
            "giấy chứng nhận mã số thuế",
        ),
    ),
    Register(
        "Cơ sở dữ liệu đất đai",
        "Văn phòng đăng ký đất đai",
        _named(
            "giấy chứng nhận quyền sử dụng đất",
            "trích lục bản đồ địa chính",
            "trích lục địa chính",
            "trích lục thửa đất",
        ),
    ),
    Register(
        "Cơ sở dữ liệu lý lịch tư pháp",
        "Bộ Công an",
        _named("phiếu lý lịch tư pháp", "lý lịch tư pháp"),
    ),
    Register(
        "Cơ sở dữ liệu quốc gia về bảo hiểm",
        "Bảo hiểm xã hội Việt Nam",
        _named("thẻ bảo hiểm y tế", "sổ bảo hiểm xã hội"),
    ),
    Register(
        "Cơ sở dữ liệu giấy phép lái xe và đăng ký xe",
        "Bộ Công an",
        _named(
            "giấy phép lái xe",
            "giấy đăng ký xe",
            "đăng ký xe ô tô",
            "giấy chứng nhận đăng ký xe",
            "chứng nhận đăng ký xe",
        ),
    ),
)
ENDED = (
    EndedText("59/2014/QH13", date(2024, 7, 1), "Luật Căn cước 26/2023/QH15"),
    EndedText("45/2013/QH13", date(2024, 8, 1), "Luật Đất đai 31/2024/QH15"),
    EndedText("23/2008/QH12", date(2025, 1, 1), "Luật Đường bộ 35/2024/QH15"),
    EndedText("61/2018/NĐ-CP", date(2025, 7, 1), "Nghị định 118/2025/NĐ-CP"),
    EndedText("107/2021/NĐ-CP", date(2025, 7, 1), "Nghị định 118/2025/NĐ-CP"),
    EndedText("01/2021/NĐ-CP", date(2025, 7, 1), "Nghị định 168/2025/NĐ-CP"),
)


def ended_by(day: date) -> int:
    """Return how many of the known texts have ended by that day."""
    return sum(one.since <= day for one in ENDED)
