"""Paying: where our secrets at gateways and banks stand."""

from . import env
from .paths import HOME

# Addresses, names and secrets at those who take money for us, readable by nobody else; the file is
# described in docs/reference/payments.md.
PAYMENT_SECRETS_FILE = env.text(
    "MOTCUA_PAYMENT_SECRETS", str(HOME / "var" / "payment-secrets.json")
)

# Only a demo plays a bank: the file with its port, and the number of the bank that is played.
PLAYED_BANK_FILE = ""
PLAYED_BANK_BIN = ""
