"""The site being measured: as in production, but on this machine and without https."""

from .base import *

ALLOWED_HOSTS = ["*"]

# A database that is made anew has another ledger than the one whose files lie in the folder.
LEDGER_DIR = ""
