"""Registers keys in files as a holder of keys."""

from motcua.foundation.signing import api as signing

from .holder import from_settings

signing.token_holders["software"] = from_settings
