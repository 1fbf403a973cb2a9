"""The site being measured: as in production, but on this machine and without https."""

from .base import *

ALLOWED_HOSTS = ["*"]
