"""Rows of places, and how the official table of 1 July 2025 becomes rows."""
