"""PostgreSQL: the server named by DATABASE_URL, else the embedded one through its socket."""

from config.pgbox import Box, default_data

from . import env
from .database_url import parse
from .paths import HOME

DATABASE_URL = env.text("DATABASE_URL", "")
BOX = None if DATABASE_URL else Box(default_data(HOME))

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **(BOX.connection if BOX else parse(DATABASE_URL)),
        "CONN_MAX_AGE": 600,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},
    }
}

# One cache for all processes, so that limits on how often one may try hold for the whole site.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "requests_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
