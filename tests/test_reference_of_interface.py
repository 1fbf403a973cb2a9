"""The table of acts names every endpoint of the interface, and no other."""

import re

from motcua.channels.api.describing import endpoints_of
from motcua.channels.api.urls import interface

from .contracts import ROOT

PAGE = (ROOT / "docs" / "reference" / "interface.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`((?:GET|POST|PUT|DELETE) /v1/[^`]+)`", PAGE))
WHOLE = ("/v1/hooks", "/v1/bulk", "/v1/ledger")  # named by their beginning
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "/v1/" in line]


def endpoints() -> set[str]:
    return {f"{method} {path}" for method, path, _ in endpoints_of(interface)}


def test_every_endpoint_stands_in_the_table() -> None:
    missing = {one for one in endpoints() - NAMED if not one.partition(" ")[2].startswith(WHOLE)}

    assert missing == set()


def test_every_endpoint_in_the_table_exists() -> None:
    assert NAMED - endpoints() == set()


def test_every_act_has_an_endpoint_or_a_reason() -> None:
    acts = [line for line in PAGE.splitlines() if re.match(r"\| [^|]+ \| [^|]+ \|$", line)]
    silent = [
        line
        for line in acts
        if not any(mark in line for mark in ("/v1/", "**người**", "**còn thiếu**", "Điểm cuối"))
    ]

    assert silent == []
