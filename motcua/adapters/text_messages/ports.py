"""Registers the carriers of texts."""

from motcua.foundation.identity import api as identity

from .carriers import Folder, Relay

identity.text_carriers["folder"] = Folder
identity.text_carriers["relay"] = Relay
