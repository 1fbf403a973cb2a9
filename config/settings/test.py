"""The site under test: a throw-away database, quick hashes, plain static files."""

from config.pgbox import Box, throwaway_data

from . import env
from .base import *
from .database_url import parse

TEST_DATABASE_URL = env.text("TEST_DATABASE_URL", "")
BOX = None if TEST_DATABASE_URL else Box(throwaway_data(HOME), "test")
DATABASES["default"] |= BOX.connection if BOX else parse(TEST_DATABASE_URL)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = HOME / "var" / "test-media"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
# What one test process writes, another must not find: their numbers are the same.
WORKER = env.text("PYTEST_XDIST_WORKER", "main")
FILES_DIR = str(HOME / "var" / "test-files" / WORKER)
FILES_STORE, CLAMD_ADDRESS, FILES_SCANNER = "disk", "", "none"
TEXT_CARRIER, TEXT_FOLDER = "folder", str(HOME / "var" / "test-texts" / WORKER)
SIGNING_DEMO = True
EXAMINE_ONLINE = "off"
SIGNING_KEYS_DIR = str(HOME / "var" / "test-keys" / WORKER)
MAIL_TRANSPORT = EMAIL_BACKEND
LEDGER_DIR = LEDGER_SIGNER = LEDGER_KEY_FILE = ""
LEDGER_SIGNER_NAME = "Cơ quan giữ sổ cam kết"
LEDGER_ORIGIN = "motcua.example/so-cam-ket"
