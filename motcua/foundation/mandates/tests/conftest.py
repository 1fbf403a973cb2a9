"""What tests of mandates share."""

import pytest
from pytest_django import Settings

from motcua.foundation.mandates import ports

from .make import KeptTexts


@pytest.fixture
def texts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> KeptTexts:
    """The texts that would have been sent."""
    kept = KeptTexts()
    settings.TEXT_CARRIER = "kept"
    monkeypatch.setitem(ports.carriers, "kept", lambda: kept)
    return kept
