"""The thirty procedures of the demo province, and which of them have their walk here."""

from typing import NamedTuple


class Row(NamedTuple):
    """One procedure of the thirty."""

    number: int
    code: str
    name: str


ROWS = (
    Row(1, "1.001193", "Đăng ký khai sinh"),
    Row(2, "2.000986", "Liên thông khai sinh, thường trú, thẻ BHYT"),
    Row(3, "1.000656", "Đăng ký khai tử"),
    Row(4, "1.000894", "Đăng ký kết hôn"),
    Row(5, "1.004873", "Giấy xác nhận tình trạng hôn nhân"),
    Row(6, "2.000635", "Bản sao trích lục hộ tịch"),
    Row(7, "1.004859", "Thay đổi, cải chính hộ tịch"),
    Row(8, "2.000815", "Chứng thực bản sao từ bản chính"),
    Row(9, "1.000094", "Kết hôn có yếu tố nước ngoài khu vực biên giới"),
    Row(10, "2.001263", "Nuôi con nuôi trong nước"),
    Row(11, "1.001612", "Đăng ký thành lập hộ kinh doanh"),
    Row(12, "1.013225", "Giấy phép xây dựng"),
    Row(13, "1.013978", "Đăng ký đất đai lần đầu, cấp giấy chứng nhận"),
    Row(14, "1.013949", "Chuyển mục đích sử dụng đất"),
    Row(15, "1.012812", "Hòa giải tranh chấp đất đai"),
    Row(16, "1.008004", "Chuyển đổi cơ cấu cây trồng trên đất lúa"),
    Row(17, "1.011607", "Công nhận hộ nghèo thường xuyên"),
    Row(18, "1.001776", "Trợ cấp xã hội hằng tháng"),
    Row(19, "9.000001", "Trợ cấp hưu trí xã hội"),
    Row(20, "1.001699", "Xác định mức độ khuyết tật"),
    Row(21, "1.010803", "Trợ cấp thờ cúng liệt sĩ"),
    Row(22, "3.000333", "Phiếu lý lịch tư pháp"),
    Row(23, "1.013831", "Đăng ký biến động quyền sử dụng đất"),
    Row(24, "1.012784", "Tách, hợp thửa đất"),
    Row(25, "1.011441", "Đăng ký thế chấp quyền sử dụng đất"),
    Row(26, "2.002288", "Phù hiệu xe kinh doanh vận tải"),
    Row(27, "1.001686", "Giấy chứng nhận buôn bán thuốc thú y"),
    Row(28, "1.004756", "Chứng chỉ hành nghề thú y"),
    Row(29, "1.004223", "Giấy phép khai thác nước dưới đất"),
    Row(30, "2.000033", "Thông báo hoạt động khuyến mại"),
)

# Add a number when its walk `test_NN_….py` is there; at the end these are the numbers 1 to 30.
WALKED = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
    30,
)
