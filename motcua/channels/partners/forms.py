"""What partners type: days, a reason, the post's receipt, a report."""

from datetime import date, timedelta

from motcua.channels.kit.fields import DayField, KitForm, LongTextField, RadioField, TextField

ONE_BOX = {"single": True, "width": "10"}
CODE = {"width": "20", "attrs": {"spellcheck": "false"}}
COLLECTED, RETURNED = "collected", "returned"
MONTH = timedelta(days=31)


class DaysForm(KitForm):
    """Which days are looked at."""

    tu = DayField(label="Từ ngày", required=False, look=ONE_BOX)
    den = DayField(label="Đến ngày", required=False, look=ONE_BOX)

    def days(self, today: date) -> tuple[date, date]:
        """Return the days asked for; without them the latest month."""
        values = self.cleaned_data if self.is_valid() else {}
        last = values.get("den") or today
        first = values.get("tu") or last - MONTH
        return min(first, last), max(first, last)


class DisputeForm(KitForm):
    """Why a month is not right."""

    why = LongTextField(
        label="Chỗ không đúng",
        max_length=2000,
        help_text="Ghi kênh, ngày, mã giao dịch, số tiền theo số liệu của đơn vị.",
    )


class ParcelForm(KitForm):
    """What became of an item."""

    what = RadioField(
        label="Kết quả phát",
        choices=[(COLLECTED, "Đã phát và thu đủ tiền"), (RETURNED, "Không phát được, hoàn về")],
    )
    on = DayField(label="Ngày phát hoặc hoàn", look=ONE_BOX)
    receipt_number = TextField(
        label="Số phiếu thu của bưu chính",
        required=False,
        max_length=60,
        help_text="Bắt buộc khi đã thu tiền.",
        look=CODE,
    )
    why = TextField(
        label="Lý do không phát được",
        required=False,
        max_length=500,
        help_text="Bắt buộc khi hoàn về.",
    )


class HandInForm(KitForm):
    """By which transfer collected money was handed in."""

    transfer_ref = TextField(
        label="Số giao dịch chuyển tiền",
        max_length=100,
        help_text="Như trên ủy nhiệm chi; kế toán tìm khoản tiền về theo số này.",
        look=CODE,
    )
    on = DayField(label="Chuyển ngày", look=ONE_BOX)
