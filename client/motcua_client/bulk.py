"""Read whole streams, and later what changed."""

import json
from collections.abc import Callable, Iterator
from typing import Any

Keep = Callable[[str], None]


def keep_nothing(_: str) -> None:
    """Let a cursor go."""


def rows_of(fetch: Callable[[str], bytes], since: str, keep: Keep) -> Iterator[dict[str, Any]]:
    """Yield rows until nothing more waits; `keep` gets each cursor after the rows before it.

    Begin again with the latest cursor kept: no row is missed, some may come twice.
    """
    has_more = True
    while has_more:
        *rows, final = fetch(since).splitlines()
        for row in rows:
            yield json.loads(row)
        told = json.loads(final)
        since, has_more = told["cursor"], told["has_more"]
        keep(since)
