"""Pages are served without the engine of signatures: it is large, and opens hostile files."""

import os
import subprocess
import sys

from .contracts import ROOT

ASK = (
    "import config.wsgi, django.urls, sys; django.urls.get_resolver().url_patterns;"
    "print(sorted(n for n in ('pyhanko', 'pyhanko_certvalidator', 'pkcs11') if n in sys.modules))"
)


def test_serving_pages_loads_no_engine() -> None:
    found = subprocess.run(  # noqa: S603 -- our own words, run by our own interpreter
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        check=True,
        text=True,
    )

    assert found.stdout.strip() == "[]"
