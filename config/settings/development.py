"""A developer's own machine."""

from .base import *

DEBUG = True
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = MAIL_TRANSPORT = "django.core.mail.backends.console.EmailBackend"
LOGGING["handlers"]["stderr"]["formatter"] = "line"
