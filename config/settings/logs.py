"""Logs are events with fields, one line each, to the standard error; no personal data."""

from typing import Any

from . import env

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.loglines.PlainLine"},
        "json": {"()": "config.loglines.JsonLine"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.choice("MOTCUA_LOG_FORMAT", ("line", "json"), "json"),
        },
    },
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("MOTCUA_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
    },
    # Django's own handlers would write past ours.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # What these say of a document names its signers; what matters stands in our own report.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}
