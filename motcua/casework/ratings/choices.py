"""The three levels of the law."""

from django.db.models import IntegerChoices


class Level(IntegerChoices):
    """How satisfied somebody is (mức độ hài lòng)."""

    NOT_SATISFIED = 1, "Chưa hài lòng"
    SATISFIED = 2, "Hài lòng"
    VERY_SATISFIED = 3, "Rất hài lòng"
