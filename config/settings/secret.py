"""A secret of its own for a site that nobody gave one."""

import secrets
from pathlib import Path


def kept_secret(place: Path) -> str:
    """Return the secret kept in `place`, made at the first call and readable by its owner only."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(50))
    return place.read_text()
