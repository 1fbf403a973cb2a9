"""Registers the scanner."""

from motcua.foundation.files import api as files

from .scanner import from_settings

files.scanners["clamav"] = from_settings
