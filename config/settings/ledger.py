"""The public ledger of promises: its name, its folder of published files, the key of its heads."""

from urllib.parse import urlsplit

from . import env
from .mail import SITE_ADDRESS
from .paths import HOME

LEDGER_ORIGIN = env.text("MOTCUA_LEDGER_ORIGIN", f"{urlsplit(SITE_ADDRESS).netloc}/so-cam-ket")
LEDGER_DIR = env.text("MOTCUA_LEDGER_DIR", str(HOME / "var" / "ledger"))

# A private key in PEM; without one heads are published unsigned, and everybody is told so.
LEDGER_KEY_FILE = env.text("MOTCUA_LEDGER_KEY", "")
LEDGER_SIGNER_NAME = env.text("MOTCUA_LEDGER_SIGNER", "Cơ quan giữ sổ cam kết")
LEDGER_SIGNER = "key_file" if LEDGER_KEY_FILE else ""
