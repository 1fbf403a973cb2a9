"""Receive packs, make drafts of them, drop them."""
