"""Endpoints: catalogue. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Catalogue(Group):
    """Endpoints: catalogue."""

    def find_procedures(self, *, q: str | None = None) -> list[models.ProcedureOut]:
        """Find published procedures by words with or without tones; the best fifty."""
        return cast(
            "list[models.ProcedureOut]",
            self._json(Call("GET", "/api/v1/procedures", query={"q": q})),
        )

    def read_procedure(self, code: str) -> models.ProcedureWholeOut:
        """Return what a procedure asks for: cases, questions, papers, fields of its form."""
        return cast(
            "models.ProcedureWholeOut",
            self._json(Call("GET", f"/api/v1/procedures/{escaped(code)}")),
        )

    def find_case(self, code: str, body: models.FactsBody) -> models.CaseFoundOut:
        """Say to which case of the procedure the answers lead; nothing is kept."""
        return cast(
            "models.CaseFoundOut",
            self._json(Call("POST", f"/api/v1/procedures/{escaped(code)}/case", body=body)),
        )

    def reckon_fees(self, code: str, body: models.FeesAskedBody) -> list[models.FeeOut]:
        """Return what would be paid, line by line; exempt lines stand there with 0 and the reason."""
        return cast(
            "list[models.FeeOut]",
            self._json(Call("POST", f"/api/v1/procedures/{escaped(code)}/fees", body=body)),
        )

    def list_agencies(self) -> list[models.AgencyOut]:
        """Return every living agency."""
        return cast("list[models.AgencyOut]", self._json(Call("GET", "/api/v1/agencies")))

    def list_units(self, code: str) -> list[models.UnitOut]:
        """Return the living units of an agency."""
        return cast(
            "list[models.UnitOut]",
            self._json(Call("GET", f"/api/v1/agencies/{escaped(code)}/units")),
        )

    def list_code_lists(self) -> list[models.ListOut]:
        """Return every list of codes by name."""
        return cast("list[models.ListOut]", self._json(Call("GET", "/api/v1/code-lists")))

    def read_code_list(self, code: str, *, on: str | None = None) -> list[models.CodeOut]:
        """Return the codes in force on a day (today), in the order of their list."""
        return cast(
            "list[models.CodeOut]",
            self._json(Call("GET", f"/api/v1/code-lists/{escaped(code)}", query={"on": on})),
        )

    def find_places(self, *, q: str, on: str | None = None) -> list[models.PlaceOut]:
        """Return places whose names hold these words, as they were on a day (today)."""
        return cast(
            "list[models.PlaceOut]",
            self._json(Call("GET", "/api/v1/places", query={"q": q, "on": on})),
        )

    def reckon_due(self, body: models.DueBody) -> models.DueOut:
        """Say when a limit that begins at a moment ends, by the calendar of an agency."""
        return cast("models.DueOut", self._json(Call("POST", "/api/v1/due", body=body)))
