"""Endpoints: dossiers. Written by `./run client`; do not edit."""

from collections.abc import Iterator
from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, each, escaped


class Dossiers(Group):
    """Endpoints: dossiers."""

    def list_dossiers(
        self, *, q: str | None = None, after: str | None = None, limit: int | None = None
    ) -> models.DossierPage:
        """Return the newest dossiers one may see, or those that a code, number or name finds."""
        return cast(
            "models.DossierPage",
            self._json(
                Call("GET", "/api/v1/dossiers", query={"q": q, "after": after, "limit": limit})
            ),
        )

    def each_list_dossiers(
        self, *, q: str | None = None, limit: int | None = None
    ) -> Iterator[models.DossierOut]:
        """Yield the rows of all pages of `list_dossiers`."""
        return each(lambda after: self.list_dossiers(q=q, limit=limit, after=after))

    def read_queue(
        self, queue: str, *, after: str | None = None, limit: int | None = None
    ) -> models.DossierPage:
        """Return what waits at one's desks, the oldest first: for payment, papers, to be handed out."""
        return cast(
            "models.DossierPage",
            self._json(
                Call(
                    "GET",
                    f"/api/v1/queues/{escaped(queue)}",
                    query={"after": after, "limit": limit},
                )
            ),
        )

    def each_read_queue(
        self, queue: str, *, limit: int | None = None
    ) -> Iterator[models.DossierOut]:
        """Yield the rows of all pages of `read_queue`."""
        return each(lambda after: self.read_queue(queue, limit=limit, after=after))

    def list_work(
        self, *, mine: bool | None = None, after: str | None = None, limit: int | None = None
    ) -> models.WorkPage:
        """Return the open steps of one's units (`mine`: one's own), the most urgent first."""
        return cast(
            "models.WorkPage",
            self._json(
                Call("GET", "/api/v1/work", query={"mine": mine, "after": after, "limit": limit})
            ),
        )

    def each_list_work(
        self, *, mine: bool | None = None, limit: int | None = None
    ) -> Iterator[models.WorkOut]:
        """Yield the rows of all pages of `list_work`."""
        return each(lambda after: self.list_work(mine=mine, limit=limit, after=after))

    def list_consultations(self, *, limit: int | None = None) -> list[models.AskedOut]:
        """Return the open questions to one's units, the most urgent first."""
        return cast(
            "list[models.AskedOut]",
            self._json(Call("GET", "/api/v1/consultations", query={"limit": limit})),
        )

    def read_dossier(self, code: str) -> models.WholeOut:
        """Return one dossier with people, papers, timeline, waits, money and results."""
        return cast("models.WholeOut", self._json(Call("GET", f"/api/v1/dossiers/{escaped(code)}")))

    def explain(self, code: str) -> models.ExplainedOut:
        """Say how far a dossier is, and why it is due when it is."""
        return cast(
            "models.ExplainedOut",
            self._json(Call("GET", f"/api/v1/dossiers/{escaped(code)}/explanation")),
        )

    def paper_file(self, code: str, seq: int) -> bytes:
        """Hand out the file of a paper."""
        return self._bytes(
            Call("GET", f"/api/v1/dossiers/{escaped(code)}/papers/{escaped(seq)}/file")
        )

    def photo_file(self, code: str, seq: int) -> bytes:
        """Hand out a picture taken on a visit, to officers."""
        return self._bytes(
            Call("GET", f"/api/v1/dossiers/{escaped(code)}/photos/{escaped(seq)}/file")
        )

    def issued(self, code: str, form: str, *, seq: int | None = None) -> bytes:
        """Print an official paper, and note who printed it; without `seq` the latest of the form."""
        return self._bytes(
            Call(
                "GET",
                f"/api/v1/dossiers/{escaped(code)}/issued/{escaped(form)}",
                query={"seq": seq},
            )
        )

    def outcome(self, code: str, seq: int) -> bytes:
        """Return an outcome as PDF: signed, or its draft for the office and for whoever is asked."""
        return self._bytes(
            Call("GET", f"/api/v1/dossiers/{escaped(code)}/outcomes/{escaped(seq)}/pdf")
        )
