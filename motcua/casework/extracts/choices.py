"""What may be read in bulk."""

from django.db.models import TextChoices


class Stream(TextChoices):
    """One stream of rows; the words are part of the interface."""

    DOSSIERS = "dossiers", "Hồ sơ"
    MOVES = "moves", "Diễn biến hồ sơ"
    DOCUMENTS = "documents", "Văn bản"
    TASKS = "tasks", "Nhiệm vụ"
    ORDERS = "orders", "Đơn nộp tiền"
