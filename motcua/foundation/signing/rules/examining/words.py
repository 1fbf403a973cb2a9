"""What each answer of the standard means, in sentences for people."""

from collections.abc import Mapping

from .report import Indication, Verdict

CHANGED = "CHANGED_AFTER_SIGNING"
UNREADABLE = "FORMAT_FAILURE"
REPORTED_REVOKED = "REVOKED"
_UNKNOWN = "Chưa kết luận được về chữ ký này."
_FAILED = "Chữ ký không hợp lệ."
_PASSED = "Chữ ký hợp lệ: văn bản còn nguyên vẹn, chứng thư được tin cậy và còn hiệu lực."
_SENTENCES: Mapping[str, str] = {
    "NO_CERTIFICATE_CHAIN_FOUND": "Không biết nơi cấp chứng thư này; chữ ký còn nguyên vẹn nhưng"
    " chưa thể tin.",
    "CERTIFICATE_CHAIN_GENERAL_FAILURE": "Chuỗi chứng thư có chỗ không hợp lệ; chưa thể tin.",
    "CHAIN_CONSTRAINTS_FAILURE": "Chứng thư không được cấp để ký văn bản như thế này.",
    "OUT_OF_BOUNDS_NO_POE": "Chứng thư đã hết hạn và không có dấu thời gian chứng minh đã ký trước"
    " đó.",
    "REVOKED_NO_POE": "Chứng thư đã bị thu hồi và không có dấu thời gian chứng minh đã ký"
    " trước đó.",
    "REVOKED_CA_NO_POE": "Chứng thư của nơi cấp đã bị thu hồi.",
    "TRY_LATER": "Chưa hỏi được tình trạng chứng thư; hãy thử lại sau.",
    "NO_SIGNING_CERTIFICATE_FOUND": "Không có chứng thư của người ký kèm theo.",
    "SIGNED_DATA_NOT_FOUND": "Không tìm thấy nội dung được ký.",
    "CRYPTO_CONSTRAINTS_FAILURE": "Chữ ký dùng thuật toán không còn an toàn.",
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE": "Chữ ký dùng thuật toán không còn an toàn.",
    "HASH_FAILURE": "Nội dung đã bị sửa sau khi ký.",
    "SIG_CRYPTO_FAILURE": "Chữ ký không khớp với chứng thư của người ký.",
    "FORMAT_FAILURE": "Có chữ ký nhưng không đọc được: tệp bị hỏng hoặc bị cắt.",
    "NOT_YET_VALID": "Ký trước khi chứng thư có hiệu lực.",
    "REVOKED": "Chứng thư đã bị thu hồi.",
    CHANGED: "Sau khi ký đã có thay đổi không được phép.",
}


def verdict(indication: Indication, sub: str = "", detail: str = "") -> Verdict:
    """Return the verdict with its sentence."""
    default = {Indication.PASSED: _PASSED, Indication.FAILED: _FAILED}.get(indication, _UNKNOWN)
    words = _SENTENCES.get(sub, default)
    return Verdict(indication, sub, f"{words} {detail}".strip())


UNSIGNED = Verdict(Indication.UNSIGNED, "", "Tệp này không có chữ ký số.")
NOT_PDF = Verdict(Indication.INDETERMINATE, UNREADABLE, "Tệp này không phải là PDF.")
DAMAGED_FILE = Verdict(Indication.INDETERMINATE, UNREADABLE, "Tệp PDF bị hỏng, không đọc được.")
