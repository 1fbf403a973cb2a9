"""Registers devices of the server as a holder of keys."""

from motcua.foundation.signing import api as signing

from .opening import from_settings

signing.token_holders["hsm"] = from_settings
