#!/usr/bin/env python
"""Django's own commands, with the embedded database started when there is no other."""

import sys

from config.cli import manage

if __name__ == "__main__":
    manage(sys.argv)
