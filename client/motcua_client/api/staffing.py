"""Endpoints: staffing. Written by `./run client`; do not edit."""

from typing import Literal, cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Staffing(Group):
    """Endpoints: staffing."""

    def list_absences(self, *, unit_code: str) -> list[models.AbsenceOut]:
        """Return who of a unit is or was away these thirty days, the newest first; for its head."""
        return cast(
            "list[models.AbsenceOut]",
            self._json(Call("GET", "/api/v1/absences", query={"unit_code": unit_code})),
        )

    def note_absence(self, body: models.AbsenceBody) -> models.AbsenceOut:
        """Note that an officer is away, oneself or one of those one leads; new work stays away too."""
        return cast("models.AbsenceOut", self._json(Call("POST", "/api/v1/absences", body=body)))

    def end_absence(self, number: int) -> models.AbsenceOut:
        """Note that the officer is back before the last day."""
        return cast(
            "models.AbsenceOut", self._json(Call("POST", f"/api/v1/absences/{escaped(number)}/end"))
        )

    def offered_reasons(
        self,
        code: str,
        *,
        kind: Literal["supplement", "refusal", "suspension", "apology", "send_back", "correction"],
    ) -> list[models.OfferedReasonOut]:
        """Return what the library offers for an act on a dossier, filled from it; for officers."""
        return cast(
            "list[models.OfferedReasonOut]",
            self._json(
                Call("GET", f"/api/v1/dossiers/{escaped(code)}/reasons", query={"kind": kind})
            ),
        )

    def given_reasons(
        self,
        *,
        first: str,
        last: str,
        agency_code: str | None = None,
        kind: models.ReasonKind | None = None,
    ) -> list[models.GivenReasonOut]:
        """Return which reasons were given most, by procedure: what instructions leave unclear."""
        return cast(
            "list[models.GivenReasonOut]",
            self._json(
                Call(
                    "GET",
                    "/api/v1/reports/reasons",
                    query={"first": first, "last": last, "agency_code": agency_code, "kind": kind},
                )
            ),
        )
