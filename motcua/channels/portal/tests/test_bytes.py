"""The portal stays light enough for a phone in a village."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from motcua.casework.dossiers.tests.make import make_all
from motcua.channels.kit.tests.test_bytes import FONTS, HTMX

LIMIT = 150_000


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def first_load(client: Client, address: str) -> int:
    page = client.get(address).content
    ours = set(re.findall(rb'(?:href|src)="/static/((?:kit|portal)/[^"#]+)', page))
    found = [finders.find(name.decode()) for name in ours | {b"kit/icons.svg"}]
    return packed(page) + sum(packed(Path(str(one)).read_bytes()) for one in found) + HTMX + FONTS


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/thu-tuc/", "/thu-tuc/1.004873/", "/tra-cuu/"])
def test_the_first_load_stays_below_its_limit(client: Client, address: str) -> None:
    make_all()

    assert first_load(client, address) < LIMIT
