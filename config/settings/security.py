"""Who may come in, and how pages are kept from harm."""

from . import env

DEVELOPMENT_SECRET = "for-development-only-and-refused-in-production-0123456789"
SECRET_KEY = env.text("MOTCUA_SECRET_KEY", DEVELOPMENT_SECRET)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

MIDDLEWARE = [
    "config.health.answers_watchers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.channels.kit.middleware.reference",
    "motcua.channels.kit.middleware.outlives_database",
    "motcua.channels.kit.middleware.security_headers",
    "motcua.channels.kit.middleware.ReadableInput",
    "motcua.channels.kit.signin.OnAccountPages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "motcua.channels.kit.signin.SignIn",
    "motcua.channels.kit.tongues.Tongues",
    "motcua.channels.kit.middleware.RequireSignIn",
]

CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "motcua.channels.kit.pages.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# How many proxies pass requests on; the visitor's address is the one the first of them saw.
TRUSTED_PROXIES = 0
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# Their own views let in whom they may: accounts by design, the interface by its token, partners by
# their signature.
SELF_GUARDED_MODULES = ("allauth.", "ninja.", "motcua.adapters.payment_gateways.")
TOKEN_GUARDED_MODULES = ("ninja.", "motcua.adapters.payment_gateways.")

# A fee table written as a grid has one field per cell: 500 rows of ten columns.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000
