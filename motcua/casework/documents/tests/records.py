"""Made-up lines as other systems write them, and where real ones lie if they are there."""

import os
from pathlib import Path

BESIDE = Path(__file__).parents[4].parent / "shared"
REAL = (
    Path(os.environ.get("MOTCUA_SHARED", BESIDE)) / "data" / "records" / "vanban_metadata.jsonl.gz"
)

LINES = """
{"id": "11", "tieuDe": "Quy định giá đất", "soHieu": "'07/2025/QĐ-UBND", "ngayBanHanh": "03/02/2025", "loaiVanBan": "Quyết định", "coQuanBanHanh": "UBND tỉnh Điện Biên"}
{"id": "12", "tieuDe": "Quy định giá đất", "soHieu": "7 /2025/QĐ--UBND", "ngayBanHanh": "03/02/2025", "loaiVanBan": "Quyết định", "coQuanBanHanh": "Ủy ban nhân dân tỉnh Điện Biên"}
{"id": "13", "tieuDe": "Về chế độ hội nghị", "soHieu": "Số: 05/NQ-HĐND", "ngayBanHanh": "30/02/2025", "loaiVanBan": "Nghị Quyết", "coQuanBanHanh": "HĐND xã Mường Phăng"}
{"id": "14", "tieuDe": "Lịch họp tuần 8", "soHieu": "Thông báo 15/TB-UBND", "ngayBanHanh": "17/02/2025", "loaiVanBan": "Thông báo", "coQuanBanHanh": "Ủy ban nhân dân xã Mường Phăng"}
{"id": "15", "tieuDe": "", "soHieu": "16/TB-UBND", "ngayBanHanh": "17/02/2025", "loaiVanBan": "Thông báo", "coQuanBanHanh": "UBND xã Mường Phăng"}
{"id": "16", "tieuDe": "Kế hoạch riêng", "doMat": "Mật", "soHieu": "17/KH-UBND", "ngayBanHanh": "17/02/2025", "loaiVanBan": "Kế hoạch", "coQuanBanHanh": "UBND xã Mường Phăng"}
không phải bản ghi
"""  # noqa: E501 -- a record is one line

CSV = (
    "Trích yếu nội dung,Số ký hiệu,Ngày ban hành,Loại văn bản,Cơ quan ban hành,Số đến\n"
    "Mời họp giao ban,21/GM-SNV,2025-03-04,Giấy mời,Sở Nội vụ,118\n"
)
