"""The site being measured: as in production, but on this machine and without https."""

from . import env
from .base import *

ALLOWED_HOSTS = ["*"]

# A database that is made anew has another ledger than the one whose files lie in the folder.
LEDGER_DIR = env.text("MOTCUA_LEDGER_DIR", "")

# The kill test signs, with keys in files and an authority of its own.
SIGNING_DEMO = True

# One sign-in stands for hundreds of people here; requests are counted all the same.
API_LIMITS = dict.fromkeys(API_LIMITS, 1_000_000_000)
