"""What every kind of site shares, gathered from the subjects."""

from .accounts import *
from .apps import *
from .database import *
from .exchange import *
from .files import *
from .i18n import *
from .interface import *
from .ledger import *
from .logs import *
from .mail import *
from .operation import *
from .paths import *
from .paying import *
from .security import *
from .signing import *
from .templates import *

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "var" / "static"
STATICFILES_DIRS = [STATIC_ASSETS] if STATIC_ASSETS.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.GzippedManifestStorage"},
}
PAPER_FONTS_DIR = FONTS
MEDIA_ROOT = HOME / "var" / "media"
