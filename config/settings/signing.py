"""Signing: where keys on this server lie, and whether this site only shows how signing works."""

from . import env
from .paths import HOME

# Demo roots and keys in files count only where this is on: the demo and the tests.
SIGNING_DEMO = False
SIGNING_KEYS_DIR = env.text("MOTCUA_SIGNING_KEYS_DIR", str(HOME / "var" / "keys"))
# Where time stamps (RFC 3161) are asked for; without it documents stay without one (B-B).
TSA_ADDRESS = env.text("MOTCUA_TSA_ADDRESS", "")
# Whom an examination asks over the network about certificates: those whom certificates under our
# anchors name, only machines that an administrator entered as services, or nobody.
EXAMINE_ONLINE = env.choice("MOTCUA_EXAMINE_ONLINE", ("anchors", "listed", "off"), "anchors")

# Devices of the server that hold keys (PKCS#11): the maker's library, and where their PINs stand.
HSM_MODULE = env.text("MOTCUA_HSM_MODULE", "")
HSM_PIN_FILE = env.text("MOTCUA_HSM_PIN_FILE", str(HOME / "var" / "hsm-pin"))
HSM_STATE_FILE = env.text("MOTCUA_HSM_STATE_FILE", str(HOME / "var" / "hsm-refused.json"))

# Remote signing services (Cloud Signature Consortium): a file that names them with our secrets.
CSC_FILE = env.text("MOTCUA_CSC_FILE", str(HOME / "var" / "csc.json"))

# Remote signing services that ask on the telephone: a file with our secrets at them.
PUSH_SIGNING_FILE = env.text("MOTCUA_PUSH_SIGNING_FILE", str(HOME / "var" / "push-signing.json"))

# Where the agent on an officer's own computer listens; only pages of signing may speak with it.
SIGNING_AGENT_ADDRESS = "http://127.0.0.1:17817"
