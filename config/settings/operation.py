"""Running the site: what backups are sealed with, which certificates are watched."""

from . import env

BACKUP_PASSPHRASE = env.text("MOTCUA_BACKUP_PASSPHRASE", "")
CERTIFICATES = [path for path in env.text("MOTCUA_CERTIFICATES", "").split(":") if path]
