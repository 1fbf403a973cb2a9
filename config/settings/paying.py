"""Paying: where our secrets at gateways and banks stand."""

from . import env
from .paths import HOME

# Addresses, names and secrets at those who take money for us, readable by nobody else; the file is
# described in docs/reference/payments.md.
PAYMENT_SECRETS_FILE = env.text(
    "MOTCUA_PAYMENT_SECRETS", str(HOME / "var" / "payment-secrets.json")
)
