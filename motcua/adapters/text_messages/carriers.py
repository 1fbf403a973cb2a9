"""Two ways to hand over a text: to a relay by HTTPS, or into a folder of this machine."""

import json
import secrets
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from motcua.foundation.identity.api import TextNotSent
from motcua.lib.httpclient import AddressRefused, Bounds, NoAnswer, ask

_SECONDS = 5.0
_TAKEN = {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT}


class Relay:
    """A service of the province or its operator that takes {"to", "text"} and a bearer key."""

    def send(self, phone: str, text: str) -> None:
        """Hand over one text. Raises: TextNotSent."""
        url = settings.TEXT_RELAY_URL
        hosts = frozenset({urlsplit(url).netloc})  # the operator's own word says whom to ask
        bounds = Bounds(hosts, most_bytes=10_000, total_s=_SECONDS, allows_private=True)
        headers = {
            "Authorization": f"Bearer {settings.TEXT_RELAY_KEY}",
            "Content-Type": "application/json",
        }
        body = json.dumps({"to": phone, "text": text}).encode()
        try:
            answer = ask("POST", url, bounds=bounds, body=body, headers=headers)
        except (AddressRefused, NoAnswer) as error:
            raise TextNotSent(type(error).__name__) from error
        if answer.status not in _TAKEN:
            raise TextNotSent(f"status {answer.status}")


class Folder:
    """A folder in which each text is one file: for demonstrations, and for tests."""

    def send(self, phone: str, text: str) -> None:
        """Hand over one text. Raises: TextNotSent."""
        folder = Path(settings.TEXT_FOLDER)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = folder / f"{phone}-{secrets.token_hex(4)}.txt"
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise TextNotSent(type(error).__name__) from error
