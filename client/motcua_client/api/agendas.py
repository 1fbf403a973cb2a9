"""Endpoints: agendas. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Agendas(Group):
    """Endpoints: agendas."""

    def read_week(self, *, agency_code: str, day: str | None = None) -> models.WeekOut:
        """Return the week of a day (today) of an agency in which one works."""
        return cast(
            "models.WeekOut",
            self._json(
                Call("GET", "/api/v1/agendas", query={"agency_code": agency_code, "day": day})
            ),
        )

    def propose(self, body: models.NewEntryBody) -> models.Filed:
        """Propose an entry for a unit; who approves the calendar has approved it at once."""
        return cast("models.Filed", self._json(Call("POST", "/api/v1/agendas", body=body)))

    def read_entry(self, code: str) -> models.EntryRowOut:
        """Return one entry of a week."""
        return cast(
            "models.EntryRowOut", self._json(Call("GET", f"/api/v1/agendas/{escaped(code)}"))
        )

    def change(self, code: str, body: models.AgendaEntryBody) -> models.Filed:
        """Change an entry of one's own, or as who approves."""
        return cast(
            "models.Filed", self._json(Call("PUT", f"/api/v1/agendas/{escaped(code)}", body=body))
        )

    def approve(self, code: str) -> models.Filed:
        """Put a proposed entry into the calendar."""
        return cast(
            "models.Filed", self._json(Call("POST", f"/api/v1/agendas/{escaped(code)}/approve"))
        )

    def decline(self, code: str, body: models.EntryReasonBody) -> models.Filed:
        """Leave a proposed entry out, saying why."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/agendas/{escaped(code)}/decline", body=body)),
        )

    def cancel(self, code: str, body: models.EntryReasonBody) -> models.Filed:
        """Cancel an entry; it stays visible as cancelled."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/agendas/{escaped(code)}/cancel", body=body)),
        )
