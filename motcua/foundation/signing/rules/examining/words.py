"""What each answer of the standard means, in sentences for people."""

from collections.abc import Mapping

from motcua.lib.tongue import sentence

from .report import Indication, Verdict

CHANGED = "CHANGED_AFTER_SIGNING"
REMOVED = "SIGNATURE_REMOVED"
NOT_COVERED = "NOT_ALL_COVERED"
PARTLY = "PARTLY_SIGNED"
LOOKS_DIFFERENT = "FIELD_LOOKS_DIFFERENT"
TWICE = "AMBIGUOUS"
DECLARING = "DECLARES_TYPES"
LIMIT = "LIMIT_REACHED"
LOCKED = "ENCRYPTED"
OLD_FORM = "FORM_NOT_READ"
UNREADABLE = "FORMAT_FAILURE"
TRY_LATER = "TRY_LATER"
REPORTED_REVOKED = "REVOKED"
_LONGEST_TEXT = 200
_UNKNOWN = sentence("Chưa kết luận được về chữ ký này.")
_FAILED = sentence("Chữ ký không hợp lệ.")
_PASSED = sentence("Chữ ký hợp lệ: văn bản còn nguyên vẹn, chứng thư được tin cậy và còn hiệu lực.")
_SENTENCES: Mapping[str, str] = {
    "NO_CERTIFICATE_CHAIN_FOUND": sentence(
        "Không biết nơi cấp chứng thư này; chữ ký còn nguyên vẹn nhưng chưa thể tin."
    ),
    "CERTIFICATE_CHAIN_GENERAL_FAILURE": sentence(
        "Chuỗi chứng thư có chỗ không hợp lệ; chưa thể tin."
    ),
    "CHAIN_CONSTRAINTS_FAILURE": sentence("Chứng thư không được cấp để ký văn bản như thế này."),
    "OUT_OF_BOUNDS_NO_POE": sentence(
        "Chứng thư đã hết hạn và không có dấu thời gian chứng minh đã ký trước đó."
    ),
    "REVOKED_NO_POE": sentence(
        "Chứng thư đã bị thu hồi và không có dấu thời gian chứng minh đã ký trước đó."
    ),
    "REVOKED_CA_NO_POE": sentence("Chứng thư của nơi cấp đã bị thu hồi."),
    "NO_POE": sentence("Không có bằng chứng là đã ký khi chứng thư còn hiệu lực."),
    TRY_LATER: sentence("Chưa hỏi được tình trạng chứng thư; hãy thử lại sau."),
    "NO_SIGNING_CERTIFICATE_FOUND": sentence("Không có chứng thư của người ký kèm theo."),
    "SIGNED_DATA_NOT_FOUND": sentence("Không tìm thấy nội dung được ký."),
    "CRYPTO_CONSTRAINTS_FAILURE": sentence("Chữ ký dùng thuật toán không còn an toàn."),
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE": sentence("Chữ ký dùng thuật toán không còn an toàn."),
    "HASH_FAILURE": sentence("Nội dung đã bị sửa sau khi ký."),
    "SIG_CRYPTO_FAILURE": sentence("Chữ ký không khớp với chứng thư của người ký."),
    "FORMAT_FAILURE": sentence("Có chữ ký nhưng không đọc được: tệp bị hỏng hoặc bị cắt."),
    "NOT_YET_VALID": sentence("Ký trước khi chứng thư có hiệu lực."),
    "REVOKED": sentence("Chứng thư đã bị thu hồi."),
    CHANGED: sentence("Sau khi ký đã có thay đổi không được phép."),
    REMOVED: sentence(
        "Trong tệp từng có thêm chữ ký, đã bị gỡ đi sau khi ký; hãy xin lại bản gốc."
    ),
    NOT_COVERED: sentence("Chữ ký không bao phủ liền mạch từ đầu tệp; có chỗ bị chen vào."),
    LOOKS_DIFFERENT: sentence(
        "Chữ nhìn thấy ở ô số hoặc ngày không phải là giá trị đã được ký của ô."
    ),
    PARTLY: sentence("Chữ ký đúng, nhưng tệp còn phần không có chữ ký nào bao phủ."),
    TWICE: sentence("Không rõ chữ ký nói về phần nào: nhiều phần mang cùng một mã."),
    OLD_FORM: sentence("Chữ ký theo kiểu không đọc được ở đây."),
}


_ROLES = {
    "SIG_INITIAL": sentence("Ký nháy"),
    "SIG_LEADER": sentence("Người có thẩm quyền"),
    "SIG_ORG": sentence("Con dấu của cơ quan"),
    "SIG_COPY": sentence("Bản sao"),
    "SIG_APPLICANT": sentence("Người nộp"),
}


def clean(text: str) -> str:
    """Return words out of a file without marks that could disturb the reader, not too many."""
    return "".join(letter for letter in text if letter.isprintable())[:_LONGEST_TEXT]


def role_of(field_name: str) -> str:
    """Return for what somebody signed, as the papers of this system name their fields."""
    return next((words for name, words in _ROLES.items() if field_name.startswith(name)), "")


def verdict(indication: Indication, sub: str = "", detail: str = "") -> Verdict:
    """Return the verdict with its sentence."""
    default = {Indication.PASSED: _PASSED, Indication.FAILED: _FAILED}.get(indication, _UNKNOWN)
    words = _SENTENCES.get(sub, default)
    return Verdict(indication, sub, f"{words} {detail}".strip())


UNSIGNED = Verdict(Indication.UNSIGNED, "", sentence("Tệp này không có chữ ký số."))
UNKNOWN_FORM = Verdict(
    Indication.INDETERMINATE,
    UNREADABLE,
    sentence("Tệp này không phải là PDF hay XML; ở đây chỉ kiểm tra được hai dạng đó."),
)
PASSWORD = Verdict(
    Indication.INDETERMINATE,
    LOCKED,
    sentence("Tệp có mật khẩu; hãy bỏ mật khẩu ở bản gốc rồi kiểm tra lại."),
)
TOO_LARGE = Verdict(Indication.INDETERMINATE, LIMIT, sentence("Tệp quá lớn để kiểm tra."))
INFECTED = Verdict(
    Indication.INDETERMINATE,
    UNREADABLE,
    sentence("Tệp bị khóa vì có vi-rút nên không kiểm tra chữ ký."),
)
GONE = Verdict(Indication.INDETERMINATE, UNREADABLE, sentence("Kho tệp không đọc được tệp này."))
TOO_MUCH = Verdict(
    Indication.INDETERMINATE,
    LIMIT,
    sentence("Tệp phức tạp bất thường, không kiểm tra xong trong giới hạn thời gian và bộ nhớ."),
)
DECLARES = Verdict(
    Indication.INDETERMINATE,
    DECLARING,
    sentence(
        "Tệp XML tự khai báo kiểu dữ liệu (DTD), có thể dùng để giấu nội dung; tệp như vậy không"
        " được đọc ở đây."
    ),
)
DAMAGED_XML = Verdict(
    Indication.INDETERMINATE, UNREADABLE, sentence("Tệp XML bị hỏng, không đọc được.")
)
DAMAGED_CONTAINER = Verdict(
    Indication.INDETERMINATE, UNREADABLE, sentence("Tệp ASiC bị hỏng, không đọc được.")
)
DAMAGED_FILE = Verdict(
    Indication.INDETERMINATE, UNREADABLE, sentence("Tệp PDF bị hỏng, không đọc được.")
)
