"""Vietnamese is the source language; the clock on the wall is Hà Nội's."""

from config.catalogue import compiled

from .paths import HOME, ROOT

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
CATALOGUES = ROOT / "locale"
LOCALE_PATHS = [compiled(CATALOGUES, HOME / "var" / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
