"""The three levels of the law."""

from django.db.models import IntegerChoices

from motcua.lib.tongue import said


class Level(IntegerChoices):
    """How satisfied somebody is (mức độ hài lòng)."""

    NOT_SATISFIED = 1, said("Chưa hài lòng")
    SATISFIED = 2, said("Hài lòng")
    VERY_SATISFIED = 3, said("Rất hài lòng")
