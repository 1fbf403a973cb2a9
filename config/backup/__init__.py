"""Backup and restore: database and files in one sealed archive."""
