"""Exchange with partners outside: our key on the line, our secrets at them, where we listen."""

from . import env
from .paths import HOME

# Key and certificate in PEM by which partners know us; made by `exchange identity`.
EXCHANGE_KEY_FILE = env.text("MOTCUA_EXCHANGE_KEY", str(HOME / "var" / "keys" / "exchange.pem"))
# {"<code of a partner>": "<our secret there>"}, for ways that want one; readable by nobody else.
EXCHANGE_SECRETS_FILE = env.text(
    "MOTCUA_EXCHANGE_SECRETS", str(HOME / "var" / "exchange-secrets.json")
)
# Space that stays free on the disk: below it nothing more is taken in, and partners try later.
EXCHANGE_FREE_BYTES = env.number("MOTCUA_EXCHANGE_FREE_BYTES", 500_000_000)
EXCHANGE_MOST_FILE_BYTES = env.number("MOTCUA_EXCHANGE_MOST_FILE_BYTES", 60_000_000, least=1)
