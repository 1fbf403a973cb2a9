"""Running the site: backups, certificates that are watched, patience with one page."""

from . import env

BACKUP_PASSPHRASE = env.text("MOTCUA_BACKUP_PASSPHRASE", "")
CERTIFICATES = [path for path in env.text("MOTCUA_CERTIFICATES", "").split(":") if path]
PAGE_SECONDS = env.number("MOTCUA_PAGE_SECONDS", 30)
SLOW_PLACES = env.number("MOTCUA_SLOW_PLACES", 1, least=1)

# Lines of a printed volume of a register: the press takes some 0.2 GB for each thousand.
VOLUME_LINES = env.number("MOTCUA_VOLUME_LINES", 3_000, least=1)

# Messages to other systems may go to this very machine, without https: for trying and the demo.
WEBHOOKS_LOCAL = env.choice("MOTCUA_WEBHOOKS_LOCAL", ("yes", "no"), "no") == "yes"
