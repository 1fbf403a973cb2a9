"""Journeys through the whole building, in a real browser."""
