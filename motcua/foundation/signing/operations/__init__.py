"""Asking for signatures, taking turns; `carrying` is the signer's and not at the door."""
