"""Reads mailboxes: over IMAP with TLS, or from a folder of .eml files."""
