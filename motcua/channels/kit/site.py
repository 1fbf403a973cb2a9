"""What every page says about the site it belongs to."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Site:
    """Name, place and telephone of this installation; `note` is shown above every page."""

    name: str = "Một cửa"
    place: str = ""
    phone: str = "1022"
    note: str = ""
    idle_seconds: int = 1800

    @classmethod
    def from_settings(cls) -> "Site":
        values: dict[str, Any] = getattr(settings, "SITE", {})
        return cls(**values)
