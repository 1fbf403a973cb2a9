"""Registers the ways to read a mailbox."""

from motcua.casework.mailboxes import api as mailboxes

from .folder import open_folder
from .imap import open_imap

mailboxes.boxes["imap"] = open_imap
mailboxes.boxes["folder"] = open_folder
