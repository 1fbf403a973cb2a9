"""Stored words of mandates, with their labels."""

from django.db.models import TextChoices


class MandateKind(TextChoices):
    """What sort of agent acts."""

    HELP = "help", "Người hỗ trợ ở thôn, tổ"
    FIRM = "firm", "Tổ chức đại diện theo ủy quyền"


class Proof(TextChoices):
    """How we know that the client agreed."""

    CODE = "code", "Mã gửi tới điện thoại"
    PAPER = "paper", "Giấy có chữ ký, cán bộ một cửa đã xem"
    ACCOUNT = "account", "Đồng ý trong tài khoản của mình"


class Word(TextChoices):
    """What happened under a mandate."""

    GIVEN = "given", "Cho phép làm thay"
    CHANGED = "changed", "Đổi việc được phép"
    OPENED = "opened", "Bắt đầu làm thay"
    CLOSED = "closed", "Thôi làm thay"
    BEGIN = "begin", "Mở bản nháp"
    ATTACH = "attach", "Đính kèm tệp"
    DISCARD = "discard", "Bỏ bản nháp"
    FILE = "file", "Nộp hồ sơ"
    SUPPLY = "supply", "Nộp bổ sung"
    WRITE = "write", "Gửi trao đổi"
    OTHER = "other", "Làm việc khác với hồ sơ"
    RECEIVE = "receive", "Tải kết quả"
    ENDING = "ending", "Sắp hết thời hạn"
    TAKEN_BACK = "taken_back", "Rút lại sự đồng ý"
    GIVEN_UP = "given_up", "Người làm thay thôi việc này"


class EndedBecause(TextChoices):
    """Why a mandate ended before its last day."""

    TAKEN_BACK = "taken_back", "Người cho phép đã rút lại"
    GIVEN_UP = "given_up", "Người làm thay đã thôi"
    REPLACED = "replaced", "Được thay bằng sự đồng ý mới"
