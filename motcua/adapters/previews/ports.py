"""Registers the inspector."""

from motcua.foundation.files import api as files

from .inspector import ApartInspector

files.inspectors["apart"] = ApartInspector
