"""Endpoints: figures. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group


class Figures(Group):
    """Endpoints: figures."""

    def read_figures(self, *, first: str, last: str) -> models.FiguresOut:
        """Return what every agency received and resolved between two days, both counted."""
        return cast(
            "models.FiguresOut",
            self._json(Call("GET", "/api/v1/figures", query={"first": first, "last": last})),
        )

    def reception_report(
        self, *, first: str, last: str, unit_code: str | None = None
    ) -> list[models.TallyOut]:
        """Return what a unit and those below it received and settled, by field of service."""
        return cast(
            "list[models.TallyOut]",
            self._json(
                Call(
                    "GET",
                    "/api/v1/reports/reception",
                    query={"first": first, "last": last, "unit_code": unit_code},
                )
            ),
        )
