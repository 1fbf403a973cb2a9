"""Registers services of the Cloud Signature Consortium's API as remote signers."""

from motcua.foundation.signing import api as signing

from .services import client_named

signing.remote_signers["csc"] = client_named
