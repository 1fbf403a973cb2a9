"""What every page says about the site it belongs to."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from motcua.lib.tongue import is_english


@dataclass(frozen=True, slots=True)
class Site:
    """Name, place and telephone of this installation; `note` is shown above every page.

    On English pages it is `note_english`, where there is one.
    """

    name: str = "Một cửa"
    place: str = ""
    phone: str = "1022"
    note: str = ""
    note_english: str = ""
    idle_seconds: int = 1800

    @classmethod
    def from_settings(cls) -> "Site":
        values: dict[str, Any] = getattr(settings, "SITE", {})
        return cls(**values)

    @property
    def told_note(self) -> str:
        """Return the note in the language of the page, as far as it was written in it."""
        return (self.note_english if is_english() else "") or self.note
