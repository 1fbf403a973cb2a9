"""PostgreSQL: the server named by DATABASE_URL, else the embedded one through its socket."""

from config.pgbox import Box, default_data

from . import env
from .database_url import parse
from .paths import HOME

DATABASE_URL = env.text("DATABASE_URL", "")
CONNECTION = (
    parse(DATABASE_URL)
    if DATABASE_URL
    else {"NAME": "app", "USER": "app", "HOST": str(Box(default_data(HOME)).sock)}
)

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **CONNECTION,
        "CONN_MAX_AGE": 600,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},
    }
}
