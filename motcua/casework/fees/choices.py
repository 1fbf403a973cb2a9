"""States of fee tables."""

from django.db import models


class TableState(models.TextChoices):
    """Where a version of a table stands."""

    DRAFT = "draft", "Dự thảo"
    PUBLISHED = "published", "Đã công bố"
    WITHDRAWN = "withdrawn", "Đã thay hoặc bãi bỏ trước khi có hiệu lực"
