"""What is wrong with a message: the rule, where it was broken, and in words for a clerk."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from motcua.casework.exchange.errors import Finding, Severity

__all__ = ["OF_THE_LINE", "RULES", "Finding", "Severity", "finding", "has_errors", "shortened"]


_E, _W = Severity.ERROR, Severity.WARNING
# Every rule there is: how bad, and what to say. docs/reference/edxml.md lists them.
RULES: Mapping[str, tuple[Severity, str]] = MappingProxyType(
    {
        "file-empty": (_E, "Tệp rỗng."),
        "file-too-large": (_E, "Tệp lớn hơn {most}."),
        "xml-broken": (_E, "Không phải XML đúng cú pháp: {why}"),
        "xml-encoding": (_E, "Bảng mã ký tự sai; tệp phải là UTF-8."),
        "xml-doctype": (_E, "Tệp khai báo DTD hoặc thực thể; vì an toàn, không được đọc."),
        "xml-too-deep": (_E, "Các phần tử lồng nhau quá sâu (hơn {most} mức)."),
        "xml-too-many": (_E, "Tệp có hơn {most} phần tử."),
        "xml-text-too-long": (_E, "Nội dung phần tử này dài bất thường."),
        "root": (_E, "Không phải gói tin edXML: phần tử gốc là “{found}”."),
        "namespace": (_E, "Không gian tên lạ: “{found}”."),
        "namespace-legacy": (_W, "Dùng không gian tên cũ (e-doc); vẫn đọc được."),
        "element-missing": (_E, "Thiếu phần tử “{name}”."),
        "element-empty": (_E, "Phần tử “{name}” không có nội dung."),
        "element-repeated": (_E, "Phần tử “{name}” chỉ được có một lần."),
        "element-unknown": (_W, "Phần tử “{name}” không có trong quy chuẩn; được bỏ qua."),
        "element-order": (_W, "Phần tử “{name}” không đúng thứ tự của mẫu."),
        "text-too-long": (_E, "“{name}” dài {found} ký tự, nhiều nhất {most}."),
        "organ-code": (_E, "Mã định danh “{found}” không đúng mẫu (ví dụ H18.101)."),
        "organ-code-legacy": (_W, "Mã định danh “{found}” theo mẫu cũ, nay là “{now}”."),
        "organ-code-unknown": (_E, "Không có cơ quan nào mang mã định danh “{found}”."),
        "date": (_E, "“{found}” không phải một ngày có thật."),
        "date-form": (_W, "Ngày “{found}” không viết theo mẫu năm/tháng/ngày."),
        "moment": (
            _E,
            ("“{found}” không phải một thời điểm có thật (năm/tháng/ngày giờ:phút:giây)."),
        ),
        "moment-form": (
            _W,
            ("Thời điểm “{found}” không viết theo mẫu năm/tháng/ngày giờ:phút:giây."),
        ),
        "future": (_E, "“{found}” ở tương lai."),
        "number": (_E, "“{found}” không phải một số hợp lệ của “{name}”."),
        "yes-no": (_E, "“{found}” không phải giá trị đúng/sai của “{name}”."),
        "document-id": (_E, "Mã văn bản “{found}” không theo mẫu: mã định danh,ngày,số/ký hiệu."),
        "document-id-date": (_E, "Mã văn bản “{found}” có ngày không có thật."),
        "document-id-differs": (_W, "Mã văn bản “{found}” không khớp {what}."),
        "due-before-issue": (_W, "Hạn xử lý {found} trước ngày ban hành."),
        "receiver-repeated": (_E, "Nơi nhận “{found}” có hai lần."),
        "receiver-is-sender": (_W, "Nơi nhận “{found}” cũng là nơi gửi."),
        "business-kind": (
            _E,
            ("Loại nghiệp vụ “{found}” không có (0 mới, 1 thu hồi, 2 cập nhật, 3 thay thế)."),
        ),
        "business-part": (_E, "Nghiệp vụ “{kind}” thiếu “{name}”."),
        "business-superfluous": (_W, "Nghiệp vụ “{kind}” không dùng “{name}”; được bỏ qua."),
        "receiver-unknown": (_W, "“{found}” không có trong danh sách nơi nhận của gói tin."),
        "trace-missing": (_W, "Không có chặng nào trong TraceHeaderList."),
        "status-code": (_E, "Mã trạng thái “{found}” không có (01–06, 13, 15, 16)."),
        "status-reason": (_E, "Trạng thái {code} “{label}” phải nêu lý do."),
        "status-before-issue": (_W, "Trạng thái {found} có trước ngày ban hành văn bản."),
        "attachment-none": (_W, "Gói tin không có tệp nào."),
        "attachment-absent": (_E, "Tệp “{name}” được nêu mà không gửi kèm."),
        "attachment-unlisted": (_W, "Tệp “{name}” gửi kèm mà không được nêu ở Reference."),
        "attachment-id-repeated": (_E, "Hai tệp cùng mã “{found}”."),
        "attachment-name-differs": (_W, "Tên tệp “{found}” khác tên đã nêu “{name}”."),
        "attachment-empty": (_E, "Tệp “{name}” không có nội dung."),
        "attachment-base64": (_E, "Nội dung tệp “{name}” không phải base64."),
        "attachment-too-large": (_E, "Tệp “{name}” lớn hơn {most}."),
        "zip-broken": (_E, "Tệp nén của “{name}” bị hỏng."),
        "zip-bomb": (_E, "Tệp nén của “{name}” phồng lên bất thường khi mở ra."),
        "zip-nested": (_E, "Trong tệp nén của “{name}” lại có tệp nén."),
        "zip-path": (_E, "Tên trong tệp nén của “{name}” chứa đường dẫn “{found}”."),
        "zip-locked": (_E, "Tệp nén của “{name}” có mật khẩu."),
        "zip-more": (_W, "Tệp nén của “{name}” có {found} tệp; chỉ tệp đầu được đọc."),
        "not-zipped": (_W, "Tệp “{name}” được gửi thẳng, không nén rồi mã hóa base64 như mẫu."),
        "type-differs": (_E, "Nội dung tệp “{name}” không phải loại mà tên tệp ghi."),
        "type-forbidden": (_E, "Tệp “{name}” là chương trình chạy được; không nhận."),
        "type-announced": (_W, "Loại ghi cho tệp “{name}” là “{found}”, khác nội dung."),
        "attachment-refused": (_E, "{why} Tệp còn nguyên trong gói tin gốc."),
        "attachment-secret": (_E, "{why} Cả gói tin gốc đã được xóa; hãy từ chối tiếp nhận."),
        "sender-unknown": (_E, "Nơi gửi “{found}” không thuộc đối tác liên thông nào đã khai báo."),
        "sender-not-of-line": (
            _E,
            (
                "Nơi gửi “{found}” không thuộc đối tác “{name}” đã chuyển gói tin; "
                "chứng thư của đường truyền không khớp mã nơi gửi."
            ),
        ),
        "sender-is-ours": (
            _E,
            ("Gói tin từ bên ngoài lại ghi nơi gửi “{found}” là cơ quan của hệ thống này."),
        ),
        "sender-differs": (_E, "Nơi gửi trong gói tin “{found}” khác nơi gửi đã báo “{name}”."),
        "receiver-not-listed": (_E, "Gói tin giao cho “{found}” mà không ghi nơi nhận này."),
        "receiver-not-here": (_E, "Không có nơi nhận nào của gói tin thuộc hệ thống này."),
        "number-taken": (_E, "Số {found} giữa hai nơi đã dùng cho một gói tin khác."),
        "status-unknown-document": (_E, "Trạng thái nói về văn bản “{found}” không có ở đây."),
        "signature-namespace": (
            _W,
            ("Chữ ký của gói tin nằm ngoài không gian tên XML-DSig; không kiểm được."),
        ),
        "signature-covers-else": (
            _E,
            (
                "Chữ ký của gói tin chỉ bao phủ {found}, không phải cả gói tin; phần kia có thể "
                "đã bị thay."
            ),
        ),
        "signature-broken": (_E, "Chữ ký của gói tin sai: {why}"),
        "signature-unread": (_W, "Không kiểm được chữ ký của gói tin: {why}"),
        "signature-undecided": (
            _W,
            "Chữ ký của gói tin (người ký: {found}) khớp nội dung, nhưng chưa tin được: {why}",
        ),
        "signature-empty": (_W, "Gói tin có chỗ cho chữ ký mà không có chữ ký."),
    }
)

# Broken by how something came, not by what it says.
OF_THE_LINE = frozenset(
    {
        *(
            "attachment-refused",
            "attachment-secret",
            "sender-unknown",
            "sender-not-of-line",
            "sender-is-ours",
        ),
        *("sender-differs", "receiver-not-listed", "receiver-not-here", "number-taken"),
        "status-unknown-document",
    }
)


def finding(rule: str, line: int, element: str, /, **values: object) -> Finding:
    """Return what there is to say where a rule was broken."""
    severity, words = RULES[rule]
    shown = {name: shortened(str(value)) for name, value in values.items()}
    return Finding(severity, rule, line, element, words.format(**shown))


def has_errors(found: Iterable[Finding]) -> bool:
    """Say whether any of them makes the message unusable as it is."""
    return any(one.severity is Severity.ERROR for one in found)


def shortened(value: str, most: int = 80) -> str:
    """Return a value that a stranger wrote, in one line that can be shown."""
    line = "".join(letter if letter.isprintable() else " " for letter in value[: most + 1])
    return f"{line[:most]}…" if len(value) > most else line
