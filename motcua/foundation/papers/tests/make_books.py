"""Dull, valid books and lists."""

from datetime import date

from motcua.foundation.papers import api as papers

from .make import (
    CODE,
    DUE_AT,
    LOOKUP,
    NEW_DUE_AT,
    PROCEDURE,
    RECEIVED_AT,
    make_letterhead,
    make_party,
    make_signer,
)


def make_progress_sheet() -> papers.ProgressSheet:
    return papers.ProgressSheet(
        letterhead=make_letterhead(number=None),
        code=CODE,
        procedure_name=PROCEDURE,
        lookup_url=LOOKUP,
        applicant=make_party(),
        receiving_unit="Bộ phận Một cửa phường Mường Thanh",
        competent_unit="Ủy ban nhân dân phường Mường Thanh",
        coordinating_units=("Ủy ban nhân dân xã Thanh Nưa", "Công an phường"),
        received_at=RECEIVED_AT,
        due_at=DUE_AT,
        steps=(
            papers.ProgressStep(
                unit_name="Phòng Tư pháp - Hộ tịch",
                handed_at=RECEIVED_AT,
                giver_name="Trần Văn Bình",
                receiver_name="Vũ Thị Hạnh",
                due_at=DUE_AT,
                result=papers.StepResult.EARLY,
                note="kèm bản giấy",
            ),
            papers.ProgressStep(
                unit_name="Lãnh đạo phường",
                handed_at=DUE_AT,
                giver_name="Vũ Thị Hạnh",
                receiver_name="Lê Thị Hoa",
                due_at=NEW_DUE_AT,
                result=papers.StepResult.LATE,
            ),
        ),
    )


def make_entry(*, serial: int = 1, applicant_name: str = "Nguyễn Thị Lan") -> papers.RegisterEntry:
    return papers.RegisterEntry(
        serial=serial,
        code=f"H18.101-261008-{serial:04}",
        procedure_name=PROCEDURE,
        sets=1,
        applicant_name=applicant_name,
        contact="Tổ 5, phường Mường Thanh; 0912 345 678",
        competent_unit="UBND phường Mường Thanh",
        received_at=RECEIVED_AT,
        due_at=DUE_AT,
        outcome_received_at=DUE_AT,
        returned_at=NEW_DUE_AT,
        return_way="Trực tiếp",
        received_by="Lan",
        note="đã ký",
    )


def make_register(*, lines: int = 2, is_closed: bool = True) -> papers.FollowUpRegister:
    closing = papers.BookClosing(
        closed_on=date(2026, 12, 31), keeper_name="Trần Văn Bình", signer=make_signer()
    )
    return papers.FollowUpRegister(
        letterhead=make_letterhead(number=None),
        book_number="02/2026",
        service_field="Hộ tịch",
        from_day=date(2026, 1, 1),
        to_day=date(2026, 6, 30),
        entries=tuple(make_entry(serial=serial) for serial in range(1, lines + 1)),
        closing=closing if is_closed else None,
    )


def make_certification_book(*, lines: int = 2) -> papers.CertificationBook:
    return papers.CertificationBook(
        letterhead=make_letterhead(number=None),
        unit_name="Bộ phận Một cửa phường Mường Thanh",
        from_day=date(2026, 1, 1),
        to_day=date(2026, 1, 31),
        entries=tuple(
            papers.CertificationEntry(
                number=number,
                certified_on=date(2026, 1, 5),
                applicant_name="Nguyễn Thị Lan",
                paper_name="Bằng tốt nghiệp",
                signed_by="Lê Thị Hoa, Chủ tịch",
                copies=3,
                paid_vnd=6_000,
                note="AA/26E-11",
            )
            for number in range(7, 7 + lines)
        ),
    )


def make_hand_over_list() -> papers.HandOverList:
    return papers.HandOverList(
        letterhead=make_letterhead(number=4, notation="BGHS"),
        giving_unit="Bộ phận Một cửa phường Mường Thanh",
        receiving_unit="Phòng Tư pháp - Hộ tịch",
        handed_at=RECEIVED_AT,
        entries=(
            papers.HandOverEntry(
                serial=1,
                code=CODE,
                procedure_name=PROCEDURE,
                applicant_name="Nguyễn Thị Lan",
                sets=2,
                due_at=DUE_AT,
                note="gấp",
            ),
        ),
        giver_name="Trần Văn Bình",
        receiver_name="Vũ Thị Hạnh",
    )


def make_received_list() -> papers.ReceivedList:
    return papers.ReceivedList(
        letterhead=make_letterhead(number=None),
        submitter=papers.Party(name="Nguyễn Thị Lan", address="Tổ 5", phone="0912 345 678"),
        receiving_unit="Bộ phận Một cửa phường Mường Thanh",
        received_at=RECEIVED_AT,
        entries=(
            papers.ReceivedEntry(
                serial=1,
                code=CODE,
                procedure_name=PROCEDURE,
                competent_unit="UBND phường Mường Thanh",
                sets=2,
                papers=3,
                paid_vnd=15_000,
                due_at=DUE_AT,
            ),
            papers.ReceivedEntry(
                serial=2,
                code="H18.101-261008-0002",
                procedure_name="Đăng ký khai sinh",
                competent_unit="UBND phường Mường Thanh",
                sets=1,
                papers=1,
                paid_vnd=8_000,
            ),
        ),
        receiver_name="Trần Văn Bình",
        lookup_address="https://dichvucong.dienbien.example/tra-cuu/",
    )


def make_report() -> papers.ReceptionReport:
    return papers.ReceptionReport(
        letterhead=make_letterhead(number=31, notation="BC-TTPVHCC"),
        unit_name="Bộ phận Một cửa phường Mường Thanh",
        from_day=date(2026, 1, 1),
        to_day=date(2026, 1, 31),
        rows=(
            papers.Tally(
                name="Hộ tịch",
                carried_over=11,
                received_online=203,
                received_otherwise=47,
                settled_early=150,
                settled_on_time=64,
                settled_late=2,
                open_in_time=39,
                open_late=1,
                ended_otherwise=5,
            ),
            papers.Tally(name="Đất đai", received_online=18, settled_on_time=12, open_in_time=6),
        ),
        author_name="Trần Văn Bình",
        signer=make_signer(),
        recipients=("Văn phòng UBND tỉnh", "Lưu: VT"),
    )


def make_verification_report() -> papers.VerificationReport:
    return papers.VerificationReport(
        letterhead=make_letterhead(number=None),
        file_name="giay-xac-nhan.pdf",
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        facts=(papers.Fact(name="Số trang", value="1"),),
        verdict="Không hợp lệ (TOTAL-FAILED CHANGED_AFTER_SIGNING)",
        words="Sau khi ký đã có thay đổi không được phép.",
        signatures=(
            papers.VerifiedSignature(
                name="Lê Thị Hoa – Người có thẩm quyền",
                verdict="Hợp lệ (TOTAL-PASSED)",
                words="Chữ ký hợp lệ.",
                facts=(papers.Fact(name="Chữ ký bao phủ", value="toàn bộ tệp"),),
                changes=("Ô “so”: điền “16”.",),
                warnings=("Không có dấu thời gian.",),
            ),
        ),
        unreadable=("SIG_ORG",),
        warnings=("Tệp giấu 1 phần không hiển thị.",),
        examined_at=RECEIVED_AT,
        as_of=DUE_AT,
    )


def make_application_form() -> papers.ApplicationForm:
    return papers.ApplicationForm(
        letterhead=make_letterhead(number=None),
        addressee="Ủy ban nhân dân phường Mường Thanh",
        procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân",
        case_name="Cấp lần đầu",
        people=(papers.Fact(name="Người nộp", value="Nguyễn Thị Lan"),),
        contact=(papers.Fact(name="Số điện thoại", value="0912 345 678"),),
        groups=(
            papers.AnswerGroup(
                title="Dùng vào việc gì",
                rows=(papers.Fact(name="Mục đích", value="Mua bán nhà đất"),),
            ),
        ),
        papers=("Giấy xác nhận đã cấp",),
        signer_name="Nguyễn Thị Lan",
    )


def make_money_receipt() -> papers.MoneyReceipt:
    """Return a receipt for 104.000 đồng of fees, taken by the post, not yet signed."""
    return papers.MoneyReceipt(
        letterhead=make_letterhead(),
        name="Biên lai thu phí",
        nature="(Biên lai thay thế)",
        form_symbol="EBL01",
        symbol="26TAA",
        receipt_number="12",
        on=date(2026, 7, 6),
        body=papers.MoneyParty(
            name="Ủy ban nhân dân xã Mường Phăng",
            tax_code="0100109106",
            address="Bản Cang, xã Mường Phăng",
            phone="0215 3825 000",
            account="3511.0.1234567",
        ),
        delegate=papers.MoneyParty(
            name="Bưu điện tỉnh Điện Biên",
            address="Số 1, đường 7/5",
            contract="Hợp đồng ủy nhiệm số 12/HĐ-UN ngày 20/06/2026",
        ),
        payer=papers.MoneyParty(name="Lò Thị Lan", address="Bản Yên", tax_code="011305000001"),
        items=(
            papers.MoneyItem(
                name="Phí chứng thực bản sao",
                quantity="50 trang",
                amount_vnd=104_000,
                why="Thông tư 226/2016/TT-BTC. Hồ sơ H18.101-260706-0001",
            ),
        ),
        total_vnd=104_000,
        words="Một trăm linh bốn nghìn đồng",
        method="Bưu điện thu hộ",
        paid_at=RECEIVED_AT,
        order_code="TT26-000001-1",
        related="EBL01/26TAA/11",
        reason="Sai tên người nộp",
        lookup_code="ABCDEGHKLMNP",
        check_url="https://motcua.dienbien.example/bien-lai/ABCDEGHKLMNP/",
    )
