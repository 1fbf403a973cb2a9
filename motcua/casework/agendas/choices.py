"""Enumerations of calendars stored in the database."""

from enum import StrEnum

from django.db.models import TextChoices


class EntryState(TextChoices):
    """Where one entry of a week stands."""

    PROPOSED = "proposed", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    DECLINED = "declined", "Không đưa vào lịch"
    CANCELLED = "cancelled", "Hoãn, hủy"


class Act(StrEnum):
    """What was done to an entry."""

    PROPOSE = "propose"
    CHANGE = "change"
    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"

    @property
    def label(self) -> str:
        """Return the act in words."""
        return _ACTS[self]


_ACTS = {
    Act.PROPOSE: "Đăng ký",
    Act.CHANGE: "Sửa",
    Act.APPROVE: "Duyệt",
    Act.DECLINE: "Không đưa vào lịch",
    Act.CANCEL: "Hoãn, hủy",
}


class Clash(StrEnum):
    """Of what two entries want the same at once."""

    PERSON = "person"
    PLACE = "place"
