"""The lists that the product cannot do without. Runs twice without harm; changes nothing edited since."""

from datetime import UTC, date, datetime

from django.db import migrations

FROM = date(2018, 11, 21)  # Circular 01/2018/TT-VPCP, the oldest text the lists follow
BASIS = "Thông tư 01/2018/TT-VPCP; Thông tư 03/2025/TT-VPCP"

LISTS = {
    ("supplement_reasons", "Lý do yêu cầu bổ sung hồ sơ"): (
        ("missing_paper", "Thiếu giấy tờ", "Giấy tờ bắt buộc theo danh mục đã công bố chưa có trong hồ sơ."),
        ("wrong_form", "Tờ khai chưa đúng mẫu", "Tờ khai không theo mẫu đang có hiệu lực."),
        ("form_incomplete", "Tờ khai còn để trống mục bắt buộc", ""),
        ("contradiction", "Thông tin giữa các giấy tờ không khớp", "Ghi rõ hai giấy tờ và thông tin không khớp."),
        ("unreadable", "Bản chụp mờ, thiếu trang hoặc không đọc được", ""),
        ("not_certified", "Bản sao chưa được chứng thực hoặc chưa đối chiếu bản chính", ""),
        ("not_signed", "Thiếu chữ ký hoặc chữ ký không đúng người", ""),
        ("expired", "Giấy tờ đã hết thời hạn", ""),
        ("no_authority", "Chưa có giấy tờ chứng minh quyền đại diện", "Giấy ủy quyền, giấy khai sinh của trẻ, quyết định giám hộ…"),
        ("fee_unpaid", "Chưa nộp phí, lệ phí phải nộp khi nộp hồ sơ", ""),
        ("other", "Lý do khác", "Ghi rõ nội dung cần bổ sung."),
    ),
    ("refusal_reasons", "Lý do từ chối tiếp nhận, giải quyết hồ sơ"): (
        ("not_competent", "Không thuộc thẩm quyền giải quyết", "Ghi rõ cơ quan có thẩm quyền."),
        ("not_eligible", "Không đủ điều kiện theo quy định", "Ghi rõ điều, khoản của văn bản."),
        ("not_subject", "Người đề nghị không thuộc đối tượng thực hiện thủ tục", ""),
        ("already_settled", "Việc đã được giải quyết", "Ghi rõ số, ngày của kết quả đã cấp."),
        ("duplicate", "Trùng với hồ sơ đang được giải quyết", "Ghi rõ mã hồ sơ trùng."),
        ("false_papers", "Giấy tờ có dấu hiệu giả mạo hoặc bị sửa chữa", ""),
        ("not_supplemented", "Không bổ sung hồ sơ theo yêu cầu", ""),
        ("out_of_time", "Nộp ngoài thời hạn mà pháp luật cho phép", ""),
        ("procedure_ended", "Thủ tục đã bị bãi bỏ hoặc thay thế", ""),
        ("other", "Lý do khác", "Ghi rõ lý do và căn cứ pháp lý."),
    ),
    ("stop_reasons", "Lý do dừng giải quyết hồ sơ"): (
        ("not_supplemented", "Quá thời hạn mà không bổ sung hồ sơ", ""),
        ("not_paid", "Quá thời hạn mà không thực hiện nghĩa vụ tài chính", ""),
        ("applicant_died", "Người đề nghị đã chết, tổ chức đã chấm dứt hoạt động", ""),
        ("dispute", "Có tranh chấp hoặc có quyết định của cơ quan có thẩm quyền", "Ghi rõ số, ngày của văn bản."),
        ("court", "Chờ bản án, quyết định của Tòa án", ""),
        ("wrong_reception", "Tiếp nhận nhầm, đã tiếp nhận lại thành hồ sơ khác", "Ghi rõ mã hồ sơ mới."),
        ("law_changed", "Quy định thay đổi, thủ tục không còn thực hiện", ""),
        ("other", "Lý do khác", "Ghi rõ lý do và căn cứ pháp lý."),
    ),
    ("lateness_reasons", "Lý do giải quyết hồ sơ chậm"): (
        ("other_body_late", "Cơ quan phối hợp trả lời chậm", ""),
        ("complex", "Hồ sơ phức tạp, phải xác minh thêm", ""),
        ("field_visit", "Chưa kiểm tra được thực địa", "Thời tiết, thiên tai, đường bị chia cắt…"),
        ("system_fault", "Sự cố hệ thống thông tin", ""),
        ("overload", "Số hồ sơ tăng đột biến", ""),
        ("handler_absent", "Người thụ lý vắng mặt, chưa bàn giao kịp", ""),
        ("other", "Lý do khác", ""),
    ),
    ("paper_copy_kinds", "Loại bản của giấy tờ"): (
        ("original", "Bản chính", ""),
        ("certified_copy", "Bản sao có chứng thực", ""),
        ("copy_from_book", "Bản sao từ sổ gốc (trích lục)", ""),
        ("copy", "Bản sao kèm bản chính để đối chiếu", ""),
        ("electronic", "Bản điện tử có chữ ký số", ""),
        ("data", "Dữ liệu thay giấy tờ", ""),
    ),
    ("outcome_kinds", "Loại kết quả giải quyết"): (
        ("granted", "Giải quyết theo đề nghị", ""),
        ("granted_in_part", "Giải quyết một phần đề nghị", ""),
        ("refused", "Từ chối, có nêu lý do", ""),
    ),
    ("national_dossier_statuses", "Trạng thái hồ sơ trên Cổng Dịch vụ công quốc gia"): (
        ("1", "Mới đăng ký", ""),
        ("2", "Được tiếp nhận", ""),
        ("3", "Không được tiếp nhận", ""),
        ("4", "Đang xử lý", ""),
        ("5", "Yêu cầu bổ sung giấy tờ", ""),
        ("6", "Yêu cầu thực hiện nghĩa vụ tài chính", ""),
        ("7", "Công dân yêu cầu rút hồ sơ", ""),
        ("8", "Dừng xử lý", ""),
        ("9", "Đã xử lý xong", ""),
        ("10", "Đã trả kết quả", ""),
    ),
    ("national_filing_channels", "Kênh thực hiện (KenhThucHien)"): (
        ("1", "Trực tiếp", ""),
        ("2", "Trực tuyến", ""),
        ("3", "Bưu chính công ích", ""),
    ),
    ("filing_channels", "Kênh nộp hồ sơ"): (
        ("counter", "Trực tiếp tại Bộ phận Một cửa", ""),
        ("online", "Trực tuyến", ""),
        ("postal", "Qua dịch vụ bưu chính công ích", ""),
    ),
    ("national_applicant_kinds", "Loại đối tượng (LoaiDoiTuong)"): (
        ("1", "Công dân", ""),
        ("2", "Doanh nghiệp", ""),
        ("3", "Cơ quan nhà nước", ""),
        ("4", "Tổ chức khác", ""),
    ),
    ("ministry_applicant_kinds", "Loại đối tượng ở hệ thống bộ, ngành"): (
        ("0", "Công dân", ""),
        ("1", "Doanh nghiệp", ""),
        ("2", "Hộ kinh doanh", ""),
    ),
    ("applicant_kinds", "Loại chủ hồ sơ"): (
        ("citizen", "Cá nhân", ""),
        ("enterprise", "Doanh nghiệp", ""),
        ("household_business", "Hộ kinh doanh", ""),
        ("agency", "Cơ quan nhà nước", ""),
        ("organisation", "Tổ chức khác", ""),
    ),
    ("dossier_statuses", "Trạng thái hồ sơ"): (
        ("submitted", "Mới đăng ký", ""),
        ("received", "Được tiếp nhận", ""),
        ("refused", "Không được tiếp nhận", ""),
        ("processing", "Đang xử lý", ""),
        ("awaiting_applicant", "Yêu cầu bổ sung giấy tờ", ""),
        ("awaiting_payment", "Yêu cầu thực hiện nghĩa vụ tài chính", ""),
        ("withdrawn", "Công dân yêu cầu rút hồ sơ", ""),
        ("stopped", "Dừng xử lý", ""),
        ("resolved", "Đã xử lý xong", ""),
        ("returned", "Đã trả kết quả", ""),
    ),
}
MAPPINGS = {
    ("dossier_statuses", "national_dossier_statuses"): {
        "submitted": "1", "received": "2", "refused": "3", "processing": "4", "awaiting_applicant": "5",
        "awaiting_payment": "6", "withdrawn": "7", "stopped": "8", "resolved": "9", "returned": "10",
    },
    ("filing_channels", "national_filing_channels"): {"counter": "1", "online": "2", "postal": "3"},
    ("applicant_kinds", "national_applicant_kinds"): {
        "citizen": "1", "enterprise": "2", "household_business": "2", "agency": "3", "organisation": "4",
    },
    ("applicant_kinds", "ministry_applicant_kinds"): {
        "citizen": "0", "enterprise": "1", "household_business": "2",
    },
}


def lay_down(apps, schema_editor):
    CodeList = apps.get_model("codelists", "CodeList")
    for (code, name), entries in LISTS.items():
        home, is_new = CodeList.objects.get_or_create(code=code, defaults={"name": name})
        if is_new:
            fill(apps, home, entries)
    homes = {home.code: home for home in CodeList.objects.all()}
    for (source, target), pairs in MAPPINGS.items():
        for code, other in pairs.items():
            apps.get_model("codelists", "CodeMapping").objects.get_or_create(
                source=homes[source],
                source_code=code,
                target=homes[target],
                defaults={"target_code": other, "valid_from": FROM},
            )


def fill(apps, home, entries):
    version = apps.get_model("codelists", "CodeListVersion").objects.create(
        code_list=home,
        number=1,
        valid_from=FROM,
        legal_basis=BASIS,
        published_at=datetime(2018, 11, 20, 17, 0, tzinfo=UTC),
        published_by="Hệ thống",
    )
    apps.get_model("codelists", "CodeItem").objects.bulk_create(
        apps.get_model("codelists", "CodeItem")(
            code_list=home,
            introduced_in=version,
            code=code,
            name=name,
            description=description,
            position=position,
            valid_from=FROM,
        )
        for position, (code, name, description) in enumerate(entries)
    )


class Migration(migrations.Migration):
    dependencies = [("codelists", "0001_lists_versions_mappings")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
