"""The applications: every room that exists, in the order of the floors, then the guests."""

from .paths import ROOT

FLOORS = ("foundation", "casework", "adapters", "channels")


def rooms() -> list[str]:
    """Return every package on a floor that has an `apps.py`; a new room needs no line here."""
    return [
        f"motcua.{floor}.{place.parent.name}"
        for floor in FLOORS
        for place in sorted((ROOT / "motcua" / floor).glob("*/apps.py"))
    ]


ROOMS = rooms()

INSTALLED_APPS = [
    "config",
    *ROOMS,
    *(["demo"] if (ROOT / "demo" / "apps.py").exists() else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.Account" if "motcua.foundation.identity" in ROOMS else "auth.User"
