"""Registers the key."""

from motcua.foundation.ledger import api as ledger

from .signer import from_settings

ledger.signers["key_file"] = from_settings
