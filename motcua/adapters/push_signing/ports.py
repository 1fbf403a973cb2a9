"""Registers services that ask on the telephone as push signers."""

from motcua.foundation.signing import api as signing

from .services import client_named

signing.push_signers["push"] = client_named
