"""The living province on this machine: as in production, but without https and a domain."""

import os
from pathlib import Path

from .base import *
from .secret import kept_secret

SECRET_KEY = kept_secret(HOME / "var" / "secret_key")
ALLOWED_HOSTS = ["*"]
LEDGER_KEY_FILE = LEDGER_KEY_FILE or str(HOME / "var" / "keys" / "ledger.pem")
LEDGER_SIGNER = "key_file"
LEDGER_SIGNER_NAME = "Sổ cam kết (bản chạy thử)"
SIGNING_DEMO = True
# Where Debian's SoftHSM is installed a seal lies in a device (demo/devices.py says which); its
# library finds the device by this variable, in whichever of our processes signs.
_SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"
HSM_MODULE = HSM_MODULE or (_SOFTHSM if Path(_SOFTHSM).is_file() else "")
if HSM_MODULE == _SOFTHSM:
    os.environ.setdefault("SOFTHSM2_CONF", str(HOME / "var" / "softhsm" / "softhsm2.conf"))
TEXT_CARRIER, TEXT_FOLDER = "folder", str(HOME / "var" / "texts")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "var" / "mail"
LOGGING["handlers"]["stderr"]["formatter"] = "line"
# The bank that is played beside this site: the pay page leads there (simulators/bank.py).
PLAYED_BANK_FILE, PLAYED_BANK_BIN = str(HOME / "var" / "bank" / "port"), "970405"
WEBHOOKS_LOCAL = True
SITE |= {
    "place": SITE["place"] or "tỉnh Điện Biên (mẫu)",
    "note": SITE["note"]
    or "Dữ liệu minh họa – không thay thế thủ tục đã công bố. Người và hồ sơ đều do máy đặt ra.",
    "note_english": SITE["note_english"]
    or SITE["note"]
    or "Demonstration data: replaces no published procedure. People and applications are made up.",
}
