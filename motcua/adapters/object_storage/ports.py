"""Registers the bucket as a store for files."""

from motcua.foundation.files import api as files

from .store import from_settings

files.stores["s3"] = from_settings
