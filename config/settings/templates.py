"""Pages are Jinja2; Django's templates stay for the guests that bring their own."""

from . import env
from .paths import HOME

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "motcua.channels.kit.jinja.environment",
            "autoescape": True,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

TEMPLATE_CACHE = HOME / "var" / "templates"
SITE = {
    "name": env.text("MOTCUA_SITE_NAME", "Một cửa"),
    "place": env.text("MOTCUA_SITE_PLACE", ""),
    "phone": env.text("MOTCUA_SITE_PHONE", "1022"),
    "note": env.text("MOTCUA_SITE_NOTE", ""),
    "note_english": env.text("MOTCUA_SITE_NOTE_ENGLISH", ""),
}
SHOW_GALLERY = True
