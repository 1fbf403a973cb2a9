"""Witnesses and signers are kept per process: each test gives back what it found."""

from collections.abc import Iterator

import pytest

from motcua.foundation.ledger.ports import signers, witnesses


@pytest.fixture(autouse=True)
def _own_registries() -> Iterator[None]:
    known_witnesses, known_signers = dict(witnesses), dict(signers)
    witnesses.clear()
    yield
    witnesses.clear()
    witnesses.update(known_witnesses)
    signers.clear()
    signers.update(known_signers)
