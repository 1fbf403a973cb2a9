"""Registers the carriers of texts."""

from motcua.foundation.mandates import api as mandates

from .carriers import Folder, Relay

mandates.carriers["folder"] = Folder
mandates.carriers["relay"] = Relay
