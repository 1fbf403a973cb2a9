"""What the demo prints at its start: who one can be, and a tour."""

from collections.abc import Iterator

from .accounts import ADMINISTRATOR, CITIZENS, OFFICERS, PASSWORD
from .citizen_keys import telephone_address
from .partners import COLLECTORS
from .paying import address_of

TOUR = """
Đi một vòng (khoảng 10 phút):
  1. Người dân: đăng nhập lan@dienbien.example, tìm “độc thân”, nộp hồ sơ xin giấy xác nhận
     tình trạng hôn nhân tại phường Điện Biên Phủ; ghi lại mã hồ sơ.
  2. Một cửa: đăng nhập binh, mở hồ sơ vừa nộp trong mục chờ tiếp nhận, tiếp nhận, xem giấy hẹn.
     Thử thêm: nhận một hồ sơ trực tiếp, hướng dẫn bổ sung, từ chối có lý do.
  3. Chuyên môn: đăng nhập hanh, nhận việc, thẩm định, chuyển; minh duyệt dự thảo.
  4. Lãnh đạo: đăng nhập hoa, ký hồ sơ ấy (hoặc nhiều hồ sơ một lần).
  5. Một cửa: binh mở ca ở “Quầy thu”, thu tiền, trả kết quả; thom xem sổ quỹ. Lan thấy kết quả và
     đường đi của hồ sơ trong trang của mình.
     Thử thêm: hanh hỏi nơi từng cư trú; thang hẹn thực địa, ghi số phôi sổ đỏ; lan xem bản nháp
     giấy khai sinh và trả lời đúng hay sai; binh thu lệ phí hộ kinh doanh rồi mới tiếp nhận;
     pao vào “Nộp giúp”, giúp một hộ: số 0912000003, mã nằm trong tệp mới nhất của var/texts; de vào
     “Người làm thay tôi” xem rồi rút lại. duy chọn một khách hàng của công ty, nộp hồ sơ; ha cho
     duy thôi việc. lien xem người hỗ trợ; binh ghi giấy đồng ý của người không có điện thoại.
     Thử ký số: trước khi nộp, lan bấm “Ký số tờ khai và giấy tờ”, chọn “Ký số qua điện thoại”, ghi
     011198000123; xác nhận trên “điện thoại” minh họa (địa chỉ in ở trên). khanh có chứng thư ở
     “Ký số từ xa trên trang dịch vụ”: ghi 011085000456, mã PIN 246810; công ty: 5699000014.
     Thử văn bản (khu “Văn bản”): van đăng ký văn bản đến, trình hoa; hoa ghi ý kiến, giao phòng;
     huong phân công, thang báo cáo. tam soạn chỉ đạo, son ký, cuc cấp số, gửi nhóm “Các xã, phường
     trong tỉnh” rồi xem từng nơi; sinh nhận ở xã. van trả lời yêu cầu thu hồi, in sổ, nhận nộp lưu.
     Thử liên thông với bộ: chạy ./run simulators ở cửa sổ khác; van nhận công văn của Bộ Nội vụ, từ
     chối hay vào sổ, trả lời; trang của trục mô phỏng thấy từng trạng thái và bật được từng lỗi.
     Thử gửi một tệp tên “bao cao (MAT).pdf”: hệ thống không nhận và chỉ cách làm.
     Thử tiền: lan bấm “Thanh toán trực tuyến” ở một hồ sơ còn phí: VietQR (dưới mã có đường dẫn
     tới ngân hàng minh họa), VNPAY, VNPT Pay, nền tảng quốc gia; rồi tải biên lai. binh ở “Quầy
     thu”: mở ca, thu, đếm, đóng ca, nộp kho bạc, chốt quỹ; “Đã qua” có các ngày trước. thom: “Sổ
     quỹ” (khóa sổ hôm qua, giải trình thiếu 1.000 đồng), “Đối soát” (5 chênh lệch của hôm qua:
     thiếu, trùng, sai tiền), “Quản trị” (đơn nộp tiền đủ cách nộp, biên lai). hoa duyệt ở “Hoàn
     tiền” và duyệt khoản thom đề nghị ghi bỏ. dung quên đóng ca hôm qua.
  6. Ai xem được gì: dung ở xã khác không mở được hồ sơ ấy; sat thấy hồ sơ của
     mọi nơi trong tỉnh (mục Hồ sơ).
  7. Quản trị: quantri sửa thủ tục, tổ chức, tài khoản, lịch làm việc.
"""


def guide(codes: Iterator[str]) -> str:
    """Return the words printed at the start of the demo."""
    phone = telephone_address()
    bank, gateway = address_of("bank"), address_of("gateway")
    lines = [
        "",
        "Tỉnh mẫu đã sẵn sàng. Mọi tài khoản dùng chung mật khẩu: " + PASSWORD,
        "",
        "Cán bộ (tên đăng nhập):",
        *(f"  {one.username:<9}{one.name}, {one.place}: {one.tries}" for one in OFFICERS),
        "Đối tác thu hộ:",
        *(f"  {one.username:<9}{one.name}, {one.place}: {one.tries}" for one in COLLECTORS),
        "Người dân:",
        *(f"  {one.email:<26}{one.facts.full_name}: {one.tries}" for one in CITIZENS),
        *([f"Điện thoại minh họa để xác nhận ký số: {phone}"] if phone else []),
        *([f"Ngân hàng minh họa để chuyển khoản VietQR, lấy sao kê: {bank}"] if bank else []),
        *([f"Cổng thanh toán minh họa (lỗi, báo cáo): {gateway}"] if gateway else []),
        f"Mã 6 số của {ADMINISTRATOR}, đối tác: ./run motcua demo code; hoặc dùng một mã dự phòng:",
        "  " + " ".join(list(codes)[:5]),
    ]
    return "\n".join(lines) + "\n" + TOUR
