"""Registers the line to services of trust."""

from motcua.foundation.trust import api as trust

from .line import from_settings

trust.lines["http"] = from_settings
