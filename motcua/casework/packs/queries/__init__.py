"""Packs of what stands here, and what a pack would change here."""
