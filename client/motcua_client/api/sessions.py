"""Endpoints: sessions. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group


class Sessions(Group):
    """Endpoints: sessions."""

    def open_session(self, body: models.SignInBody) -> models.Token:
        """Sign a person's account in and answer with the word of the session."""
        return cast("models.Token", self._json(Call("POST", "/api/v1/sessions", body=body)))
