"""Enumerations of accounts."""

from django.db.models import TextChoices


class AccountKind(TextChoices):
    """On which side of the desk the holder stands."""

    OFFICER = "officer", "Cán bộ, công chức"
    CITIZEN = "citizen", "Công dân, tổ chức"
    PARTNER = "partner", "Người của đối tác"


class DisabledBecause(TextChoices):
    """Why an account may not be used."""

    IDLE = "idle", "Không đăng nhập trong thời gian dài"
    LEFT = "left", "Đã thôi việc hoặc chuyển công tác"
    BY_ADMINISTRATOR = "by_administrator", "Quản trị viên khóa"
    BY_HOLDER = "by_holder", "Chủ tài khoản đóng"
    MERGED = "merged", "Đã nhập vào tài khoản khác của cùng một người"


class AccountState(TextChoices):
    """By what an administrator looks through accounts; nothing of it is stored."""

    ACTIVE = "active", "Đang hoạt động"
    SELDOM = "seldom", "Hơn 30 ngày không đăng nhập"
    IDLE = "idle", "Bị khóa vì lâu không đăng nhập"
    LOCKED = "locked", "Tạm khóa vì sai mật khẩu"
    DISABLED = "disabled", "Bị khóa"


ADMINISTER = "identity.administer"


class Language(TextChoices):
    """In which language the holder of an account is written to."""

    VIETNAMESE = "vi", "Tiếng Việt"
    ENGLISH = "en", "English"
