"""How people say what they need, and how the official names of procedures say it.

Words for finding, not law: a wish also finds what its official words would find.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from motcua.lib.text import fold

# Words that say that something is wanted, not what.
_ASKING = """
anh ban bi ca can chi cho co cua cung dau de di duoc em gi giup ho lam la minh moi muon nao nha nhu
o phai sao so the thi thu thuc toi tuc tu va ve voi vo xin
"""
# Written with tones these are the words above; without tones they may be others (“hộ”, “thẻ”).
_SAID_PLAINLY = """
anh bạn bị cả cần chị cho có của cùng đâu để đi được em gì giúp làm là mình mới muốn nào như ở phải
sao thế thì thủ tục tôi và về với xin giấy hồ sơ việc
"""
ASKING = frozenset(_ASKING.split())
SAID_PLAINLY = frozenset(_SAID_PLAINLY.split())

_WISHES: Mapping[str, Sequence[str]] = {
    "bán đất": ("đăng ký biến động chuyển nhượng quyền sử dụng đất",),
    "bán nhà": ("đăng ký biến động chuyển nhượng tài sản gắn liền với đất",),
    "báo tử": ("đăng ký khai tử",),
    "bảo hiểm thất nghiệp": ("trợ cấp thất nghiệp",),
    "bằng lái": ("giấy phép lái xe",),
    "bằng lái xe": ("giấy phép lái xe",),
    "bìa đỏ": ("cấp giấy chứng nhận quyền sử dụng đất",),
    "căn cước công dân": ("thẻ căn cước",),
    "cccd": ("thẻ căn cước",),
    "chết": ("khai tử",),
    "chia đất": ("tách thửa", "chia tách quyền sử dụng đất"),
    "chuyển nhượng đất": ("đăng ký biến động chuyển nhượng quyền sử dụng đất",),
    "chứng minh nhân dân": ("thẻ căn cước",),
    "chứng minh thư": ("thẻ căn cước",),
    "chứng tử": ("khai tử",),
    "cmnd": ("thẻ căn cước",),
    "con nuôi": ("đăng ký việc nuôi con nuôi",),
    "công chứng": ("chứng thực bản sao từ bản chính",),
    "công ty": ("đăng ký thành lập công ty", "doanh nghiệp"),
    "cưới": ("đăng ký kết hôn",),
    "đất đai": ("quyền sử dụng đất",),
    "độc thân": ("xác nhận tình trạng hôn nhân",),
    "đổi họ": ("thay đổi, cải chính, bổ sung thông tin hộ tịch",),
    "đổi tên": ("thay đổi, cải chính, bổ sung thông tin hộ tịch",),
    "đăng ký xe": ("cấp chứng nhận đăng ký xe, biển số xe",),
    "đăng ký xe máy": ("cấp chứng nhận đăng ký xe, biển số xe",),
    "giấy phép xây dựng": ("cấp giấy phép xây dựng mới nhà ở riêng lẻ",),
    "hộ khẩu": ("đăng ký thường trú",),
    "hôn thú": ("đăng ký kết hôn",),
    "giấy khai sinh": ("đăng ký khai sinh",),
    "khai sinh": ("đăng ký khai sinh",),
    "khai sinh cho con": ("đăng ký khai sinh",),
    "làm căn cước": ("cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên",),
    "làm căn cước công dân": ("cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên",),
    "làm giấy khai sinh": ("đăng ký khai sinh",),
    "làm nhà": ("cấp giấy phép xây dựng mới nhà ở riêng lẻ",),
    "nộp thuế": ("khai thuế",),
    "nộp thuế hộ kinh doanh": ("khai thuế hộ kinh doanh",),
    "hộ chiếu": ("cấp hộ chiếu phổ thông ở trong nước",),
    "kết hôn với người nước ngoài": ("đăng ký kết hôn có yếu tố nước ngoài",),
    "khai sinh muộn": ("đăng ký khai sinh",),
    "lấy chồng": ("đăng ký kết hôn",),
    "lấy vợ": ("đăng ký kết hôn",),
    "mai táng": ("hỗ trợ chi phí mai táng",),
    "mất giấy khai sinh": ("đăng ký lại khai sinh", "bản sao giấy khai sinh"),
    "mất khai sinh": ("đăng ký lại khai sinh", "bản sao giấy khai sinh"),
    "mất sổ đỏ": ("cấp lại giấy chứng nhận quyền sử dụng đất do bị mất",),
    "mở công ty": ("đăng ký thành lập công ty", "đăng ký thành lập doanh nghiệp"),
    "mở cửa hàng": ("đăng ký thành lập hộ kinh doanh",),
    "mở quán": ("đăng ký thành lập hộ kinh doanh",),
    "mở quán ăn": (
        "đăng ký thành lập hộ kinh doanh",
        "cơ sở đủ điều kiện an toàn thực phẩm",
    ),
    "mở quán cà phê": ("đăng ký thành lập hộ kinh doanh",),
    "mở tiệm": ("đăng ký thành lập hộ kinh doanh",),
    "mở trường mầm non": ("thành lập trường mẫu giáo, trường mầm non, nhà trẻ",),
    "mua bán đất": ("đăng ký biến động chuyển nhượng quyền sử dụng đất",),
    "người cao tuổi": ("trợ cấp xã hội hằng tháng", "trợ cấp hưu trí xã hội"),
    "người già": ("trợ cấp xã hội hằng tháng", "trợ cấp hưu trí xã hội"),
    "nhà thuốc": ("cơ sở kinh doanh dược",),
    "nhận con nuôi": ("đăng ký việc nuôi con nuôi trong nước",),
    "nhập hộ khẩu": ("đăng ký thường trú",),
    "nhập khẩu cho con": ("đăng ký thường trú",),
    "nuôi con nuôi": ("đăng ký việc nuôi con nuôi",),
    "photo công chứng": ("chứng thực bản sao từ bản chính",),
    "qua đời": ("khai tử",),
    "quán": ("hộ kinh doanh",),
    "sang tên đất": ("đăng ký biến động chuyển nhượng quyền sử dụng đất",),
    "sang tên sổ đỏ": ("đăng ký biến động chuyển nhượng quyền sử dụng đất",),
    "sang tên xe": ("đăng ký sang tên xe thay đổi chủ xe",),
    "sao y": ("chứng thực bản sao từ bản chính",),
    "sinh con": ("đăng ký khai sinh",),
    "sổ đỏ": (
        "đăng ký đất đai, tài sản gắn liền với đất, cấp giấy chứng nhận lần đầu",
        "đăng ký đất đai, cấp giấy chứng nhận quyền sử dụng đất lần đầu hộ gia đình cá nhân",
    ),
    "sổ hồng": (
        "đăng ký đất đai, tài sản gắn liền với đất, cấp giấy chứng nhận lần đầu",
        "cấp giấy chứng nhận quyền sở hữu nhà ở",
    ),
    "sửa khai sinh": ("thay đổi, cải chính, bổ sung thông tin hộ tịch",),
    "sửa nhà": ("cấp giấy phép xây dựng sửa chữa, cải tạo",),
    "thi bằng lái": ("giấy phép lái xe", "sát hạch lái xe"),
    "trợ cấp người cao tuổi": ("trợ cấp xã hội hằng tháng", "trợ cấp hưu trí xã hội"),
    "xác nhận độc thân": ("xác nhận tình trạng hôn nhân",),
    "xây nhà": ("cấp giấy phép xây dựng mới nhà ở riêng lẻ",),
}
_BY_WORDS = {tuple(fold(wish).split()): meant for wish, meant in _WISHES.items()}
_LONGEST = max(map(len, _BY_WORDS))
MOST_READINGS = 6


def is_asking(word: str, *, is_toned_query: bool) -> bool:
    """Say whether a word only says that something is wanted."""
    return word in SAID_PLAINLY or (not is_toned_query and word in ASKING)


class Reading(NamedTuple):
    """One official way to put a wish: among the other words of the question, and by itself."""

    among: list[str]
    alone: list[str]


def readings(asked: Sequence[str]) -> list[Reading]:
    """Return how official names would put the longest wish found in the words."""
    folded = [fold(word) for word in asked]
    for size in range(min(_LONGEST, len(asked)), 0, -1):
        found = []
        for start in range(len(asked) - size + 1):
            for meant in _BY_WORDS.get(tuple(folded[start : start + size]), ()):
                alone = meant.replace(",", "").split()
                found.append(Reading([*asked[:start], *alone, *asked[start + size :]], alone))
        if found:
            return found[:MOST_READINGS]
    return []
