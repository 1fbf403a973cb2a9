"""Stored words of mandates, with their labels."""

from django.db.models import TextChoices

from motcua.lib.tongue import said


class MandateKind(TextChoices):
    """What sort of agent acts."""

    HELP = "help", said("Người hỗ trợ ở thôn, tổ")
    FIRM = "firm", said("Tổ chức đại diện theo ủy quyền")


class Proof(TextChoices):
    """How we know that the client agreed."""

    CODE = "code", said("Mã gửi tới điện thoại")
    PAPER = "paper", said("Giấy có chữ ký, cán bộ một cửa đã xem")
    ACCOUNT = "account", said("Đồng ý trong tài khoản của mình")


class Word(TextChoices):
    """What happened under a mandate."""

    GIVEN = "given", said("Cho phép làm thay")
    CHANGED = "changed", said("Đổi việc được phép")
    OPENED = "opened", said("Bắt đầu làm thay")
    CLOSED = "closed", said("Thôi làm thay")
    BEGIN = "begin", said("Mở bản nháp")
    ATTACH = "attach", said("Đính kèm tệp")
    DISCARD = "discard", said("Bỏ bản nháp")
    FILE = "file", said("Nộp hồ sơ")
    SUPPLY = "supply", said("Nộp bổ sung")
    WRITE = "write", said("Gửi trao đổi")
    OTHER = "other", said("Làm việc khác với hồ sơ")
    RECEIVE = "receive", said("Tải kết quả")
    ENDING = "ending", said("Sắp hết thời hạn")
    TAKEN_BACK = "taken_back", said("Rút lại sự đồng ý")
    GIVEN_UP = "given_up", said("Người làm thay thôi việc này")


class EndedBecause(TextChoices):
    """Why a mandate ended before its last day."""

    TAKEN_BACK = "taken_back", said("Người cho phép đã rút lại")
    GIVEN_UP = "given_up", said("Người làm thay đã thôi")
    REPLACED = "replaced", said("Được thay bằng sự đồng ý mới")
