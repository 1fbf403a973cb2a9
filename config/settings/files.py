"""Files that people send: where they lie, how large they may be, who looks for viruses."""

from . import env
from .paths import HOME

FILES_DIR = env.text("MOTCUA_FILES_DIR", str(HOME / "var" / "files"))
FILES_STORE = "disk"
FILES_MOST_BYTES = env.number("MOTCUA_FILES_MOST_BYTES", 20_000_000, least=1)
FILES_INSPECTOR = "apart"

# "/run/clamav/clamd.ctl" or "host:port"; without it every file is marked as not scanned.
CLAMD_ADDRESS = env.text("MOTCUA_CLAMD", "")
CLAMD_TIMEOUT = env.number("MOTCUA_CLAMD_TIMEOUT", 20, least=1)
FILES_SCANNER = "clamav" if CLAMD_ADDRESS else "none"
