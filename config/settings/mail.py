"""Mails: queued by the site, sent by the worker."""

from . import env
from .paths import HOME

EMAIL_BACKEND = "motcua.adapters.mail_queue.backend.QueueBackend"
EMAIL_HOST = env.text("MOTCUA_SMTP_HOST", "")
EMAIL_PORT = env.number("MOTCUA_SMTP_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("MOTCUA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("MOTCUA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.choice("MOTCUA_SMTP_TLS", ("yes", "no"), "yes") == "yes"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MOTCUA_MAIL_FROM", "mot-cua@localhost")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2]

# Without a server mails are written to a folder, where they can be seen.
MAIL_TRANSPORT = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = HOME / "var" / "mail"

# How the site is reached from outside; links in mails begin with it.
SITE_ADDRESS = env.text("MOTCUA_SITE_ADDRESS", "http://localhost:8000")

# Mailboxes of registries: authorities that signed their servers' certificates (besides the usual
# ones), and where .eml files are dropped, one folder for each agency's code.
MAILBOX_CA_FILE = env.text("MOTCUA_MAILBOX_CA_FILE", "")
MAILBOX_DIR = env.text("MOTCUA_MAILBOX_DIR", str(HOME / "var" / "hop-thu"))
