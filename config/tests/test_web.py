"""The web server reads the code once and branches."""

import subprocess
import sys

from config import web

LOOK = """
import threading
from django.db import connections
from config import wsgi
print(threading.active_count(), sum(one.connection is not None for one in connections.all()))
"""


def test_what_is_given_prevails_over_ours() -> None:
    called = web.words(["--workers", "3", "--port", "8001"])

    assert called.index("3") > called.index("2")
    assert called[-1] == "config.wsgi:application"


def test_nothing_is_open_when_the_workers_branch_off() -> None:
    told = subprocess.run(  # noqa: S603 -- our own interpreter and our own words
        [sys.executable, "-W", "ignore", "-c", LOOK], capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == ["1", "0"]
