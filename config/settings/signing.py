"""Signing: where keys on this server lie, and whether this site only shows how signing works."""

from . import env
from .paths import HOME

# Demo roots and keys in files count only where this is on: the demo and the tests.
SIGNING_DEMO = False
SIGNING_KEYS_DIR = env.text("MOTCUA_SIGNING_KEYS_DIR", str(HOME / "var" / "keys"))
# Where time stamps (RFC 3161) are asked for; without it documents stay without one (B-B).
TSA_ADDRESS = env.text("MOTCUA_TSA_ADDRESS", "")
