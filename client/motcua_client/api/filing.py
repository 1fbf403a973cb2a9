"""Endpoints: filing. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped, new_key


class Filing(Group):
    """Endpoints: filing."""

    def file_dossier(self, body: models.FilingBody, *, key: str | None = None) -> models.Filed:
        """File on-line. The same key always gets the same code. Officers file nothing here."""
        return cast(
            "models.Filed",
            self._json(Call("POST", "/api/v1/dossiers", body=body, key=key or new_key())),
        )

    def supply(self, code: str, body: models.SupplyBody) -> models.Filed:
        """Hand in what was asked for, from the applicant or at the desk; the clock goes on."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/supply", body=body)),
        )

    def withdraw(self, code: str, body: models.ReasonBody) -> models.Filed:
        """Take the application back, by its applicant or at the desk for them."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/withdraw", body=body)),
        )

    def confirm_draft(self, code: str, body: models.ConfirmBody) -> models.Filed:
        """Say that the draft of the result is right, or what is wrong with it."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/confirm-draft", body=body)),
        )

    def write_message(self, code: str, body: models.MessageBody) -> models.Filed:
        """Write to the other side, whatever the status."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/messages", body=body)),
        )

    def rate(self, code: str, body: models.RatingBody) -> models.Filed:
        """Rate the handling; once, and only by whoever filed it."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/rating", body=body)),
        )
