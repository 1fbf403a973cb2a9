"""Words stored with a file."""

from django.db import models


class ScanState(models.TextChoices):
    """What is known about viruses in a file."""

    CLEAN = "clean", "Đã quét vi-rút"
    NOT_SCANNED = "not_scanned", "Chưa quét vi-rút"
    MADE_HERE = "made_here", "Do hệ thống lập"
    INFECTED = "infected", "Có vi-rút, đã khóa"
