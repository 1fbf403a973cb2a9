"""The room: one Django application with our conventions."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import AppConfig

SHELVES = ("reactions", "measures", "succession", "witnesses", "ports", "tasks")
LABELS = {"forms": "eforms", "sites": "websites"}  # these two collide with Django's own words


class Room(AppConfig):
    """One room of the building. A room's `apps.py` holds one subclass: name and Vietnamese name.

    At start it loads those shelves that fill a registry declared below; nothing else runs.
    """

    default = False
    default_auto_field = "django.db.models.BigAutoField"

    def __init_subclass__(cls) -> None:
        cls.default = True

    def __init__(self, app_name: str, app_module: ModuleType | None) -> None:
        own_word = app_name.rpartition(".")[2]
        self.label = LABELS.get(own_word, own_word)
        super().__init__(app_name, app_module)

    def ready(self) -> None:
        for shelf in SHELVES:
            if find_spec(f"{self.name}.{shelf}"):
                import_module(f"{self.name}.{shelf}")
