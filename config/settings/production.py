"""A site that serves people: refuses to start with a development secret."""

from django.core.exceptions import ImproperlyConfigured

from . import env
from .base import *

SECRET_LENGTH = 50

SECRET_KEY = env.text("MOTCUA_SECRET_KEY")
if SECRET_KEY == DEVELOPMENT_SECRET or len(SECRET_KEY) < SECRET_LENGTH:
    raise ImproperlyConfigured("MOTCUA_SECRET_KEY must be a secret of its own, 50 letters or more.")

ALLOWED_HOSTS = [host.strip() for host in env.text("MOTCUA_HOSTS").split(",")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

SECURE_SSL_REDIRECT = env.choice("MOTCUA_HTTPS_REDIRECT", ("yes", "no"), "yes") == "yes"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = env.number("MOTCUA_TRUSTED_PROXIES", 1)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_HSTS_SECONDS = env.number("MOTCUA_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SHOW_GALLERY = False
