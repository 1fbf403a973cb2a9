"""Registers the disk as a store for files."""

from motcua.foundation.files import api as files

from .store import from_settings

files.stores["disk"] = from_settings
