"""Keeps the bytes of files on the machine's own disk."""
