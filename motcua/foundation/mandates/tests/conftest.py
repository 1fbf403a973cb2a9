"""What tests of mandates share."""

import pytest
from pytest_django import Settings

from motcua.foundation.identity import api as identity

from .make import KeptTexts


@pytest.fixture
def texts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> KeptTexts:
    """The texts that would have been sent."""
    kept = KeptTexts()
    settings.TEXT_CARRIER = "kept"
    monkeypatch.setitem(identity.text_carriers, "kept", lambda: kept)
    return kept
