"""Witnesses and signers are kept per process: each test gives back what it found."""

from collections.abc import Iterator

import pytest

from motcua.foundation.ledger.ports import signers, witnesses


@pytest.fixture(autouse=True)
def _own_registries() -> Iterator[None]:
    kept = dict(witnesses), dict(signers)
    witnesses.clear()
    yield
    for registry, before in zip((witnesses, signers), kept, strict=True):
        registry.clear()
        registry.update(before)  # type: ignore[arg-type]  # -- each its own kind
