"""Endpoints: mandates. Written by `./run client`; do not edit."""

from collections.abc import Iterator
from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, each, escaped


class Mandates(Group):
    """Endpoints: mandates."""

    def given(self) -> list[models.MandateOut]:
        """Return who may act for the caller, or for a body the caller manages, the latest first."""
        return cast("list[models.MandateOut]", self._json(Call("GET", "/api/v1/mandates")))

    def history(
        self, *, before: int | None = None, limit: int | None = None
    ) -> list[models.MandateEntryOut]:
        """Return what others did for the caller, newest first; go on with the last number."""
        return cast(
            "list[models.MandateEntryOut]",
            self._json(
                Call("GET", "/api/v1/mandates/history", query={"before": before, "limit": limit})
            ),
        )

    def take_back(self, number: int) -> list[models.MandateOut]:
        """Take a consent back at once; answer those that are left."""
        return cast(
            "list[models.MandateOut]",
            self._json(Call("POST", f"/api/v1/mandates/{escaped(number)}/take-back")),
        )

    def held(self, *, tax_code: str | None = None) -> list[models.MandateOut]:
        """Return the clients of a firm one works for; without a tax code one's own households."""
        return cast(
            "list[models.MandateOut]",
            self._json(Call("GET", "/api/v1/mandates/held", query={"tax_code": tax_code})),
        )

    def filed(
        self,
        *,
        tax_code: str | None = None,
        number: int | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> models.DossierPage:
        """Return what was filed under these mandates, or under one of them, the newest first."""
        return cast(
            "models.DossierPage",
            self._json(
                Call(
                    "GET",
                    "/api/v1/mandates/held/dossiers",
                    query={"tax_code": tax_code, "number": number, "after": after, "limit": limit},
                )
            ),
        )

    def each_filed(
        self, *, tax_code: str | None = None, number: int | None = None, limit: int | None = None
    ) -> Iterator[models.DossierOut]:
        """Yield the rows of all pages of `filed`."""
        return each(
            lambda after: self.filed(tax_code=tax_code, number=number, limit=limit, after=after)
        )
