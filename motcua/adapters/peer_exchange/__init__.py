"""Carries messages to other installations of this kind, and takes what they bring."""
