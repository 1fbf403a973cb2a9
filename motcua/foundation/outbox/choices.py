from django.db.models import TextChoices


class DeliveryState(TextChoices):
    """Where one delivery of one fact stands."""

    WAITING = "waiting", "Chờ gửi"
    DONE = "done", "Đã gửi"
    DEAD = "dead", "Không gửi được"
