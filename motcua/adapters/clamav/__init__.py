"""Asks ClamAV's daemon about viruses."""
