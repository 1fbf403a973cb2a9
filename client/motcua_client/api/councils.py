"""Endpoints: councils. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Councils(Group):
    """Endpoints: councils."""

    def list_meetings(self, code: str) -> list[models.MeetingOut]:
        """Return the meetings about a dossier with their members and votes, oldest first."""
        return cast(
            "list[models.MeetingOut]",
            self._json(Call("GET", f"/api/v1/dossiers/{escaped(code)}/meetings")),
        )

    def convene(self, code: str, body: models.MeetingBody) -> models.Filed:
        """Call a meeting of the council of the open step; the applicant is told when and where."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/meetings", body=body)),
        )

    def record(self, code: str, seq: int, body: models.MeetingMinutesBody) -> models.HeldOut:
        """Write the minutes of a meeting, once."""
        return cast(
            "models.HeldOut",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/meetings/{escaped(seq)}/minutes",
                    body=body,
                )
            ),
        )
