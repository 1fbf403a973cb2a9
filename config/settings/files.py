"""Files that people send: where they lie, how large they may be, who looks for viruses."""

from . import env
from .paths import HOME

FILES_DIR = env.text("MOTCUA_FILES_DIR", str(HOME / "var" / "files"))
FILES_STORE = env.choice("MOTCUA_FILES_STORE", ("disk", "s3"), "disk")
FILES_MOST_BYTES = env.number("MOTCUA_FILES_MOST_BYTES", 20_000_000, least=1)
FILES_INSPECTOR = "apart"

S3_ENDPOINT = env.text("MOTCUA_S3_ENDPOINT", None if FILES_STORE == "s3" else "")
S3_BUCKET = env.text("MOTCUA_S3_BUCKET", None if FILES_STORE == "s3" else "")
S3_REGION = env.text("MOTCUA_S3_REGION", "us-east-1")
S3_ACCESS_KEY = env.text("MOTCUA_S3_ACCESS_KEY", None if FILES_STORE == "s3" else "")
S3_SECRET_KEY = env.text("MOTCUA_S3_SECRET_KEY", None if FILES_STORE == "s3" else "")

# "/run/clamav/clamd.ctl" or "host:port"; without it every file is marked as not scanned.
CLAMD_ADDRESS = env.text("MOTCUA_CLAMD", "")
CLAMD_TIMEOUT = env.number("MOTCUA_CLAMD_TIMEOUT", 20, least=1)
FILES_SCANNER = "clamav" if CLAMD_ADDRESS else "none"
