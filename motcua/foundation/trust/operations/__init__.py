"""Changing what is trusted, and registering certificates and pictures."""
