"""Enumerations of people and enterprises."""

from django.db.models import TextChoices

from motcua.lib.tongue import said


class Sex(TextChoices):
    """As the identity card says it."""

    MALE = "male", said("Nam")
    FEMALE = "female", said("Nữ")


class Address(TextChoices):
    """How a person wants to be spoken to."""

    SIR = "sir", said("ông")
    MADAM = "madam", said("bà")


class PaperKind(TextChoices):
    """Papers beside the personal number by which a person can be found."""

    OLD_ID_CARD = "old_id_card", "Chứng minh nhân dân 9 số"
    PASSPORT = "passport", "Hộ chiếu"
    BORDER_PASS = "border_pass", "Giấy thông hành biên giới"


class EnterpriseKind(TextChoices):
    """What sort of body acts."""

    ENTERPRISE = "enterprise", "Doanh nghiệp"
    HOUSEHOLD_BUSINESS = "household_business", "Hộ kinh doanh"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    ORGANISATION = "organisation", "Tổ chức khác"


class MemberRole(TextChoices):
    """What a person is to an enterprise."""

    REPRESENTATIVE = "representative", said("Người đại diện theo pháp luật")
    MANAGER = "manager", said("Người quản lý tài khoản của tổ chức")
    STAFF = "staff", said("Nhân viên nộp hồ sơ")
