"""Endpoints: documents. Written by `./run client`; do not edit."""

from collections.abc import Iterator
from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, each, escaped


class Documents(Group):
    """Endpoints: documents."""

    def list_documents(
        self,
        *,
        direction: models.Direction | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> models.DocumentPage:
        """Return the newest documents one may see, of one direction if asked."""
        return cast(
            "models.DocumentPage",
            self._json(
                Call(
                    "GET",
                    "/api/v1/documents",
                    query={"direction": direction, "after": after, "limit": limit},
                )
            ),
        )

    def each_list_documents(
        self, *, direction: models.Direction | None = None, limit: int | None = None
    ) -> Iterator[models.DocumentRowOut]:
        """Yield the rows of all pages of `list_documents`."""
        return each(
            lambda after: self.list_documents(direction=direction, limit=limit, after=after)
        )

    def take_arrival(self, body: models.ArrivalBody) -> models.Filed:
        """Take a document in; it waits at the registry until it is registered or refused."""
        return cast("models.Filed", self._json(Call("POST", "/api/v1/documents", body=body)))

    def search(
        self, *, q: str, after: str | None = None, limit: int | None = None
    ) -> models.DocumentPage:
        """Return documents whose words fit, exact tones first and of those the newest."""
        return cast(
            "models.DocumentPage",
            self._json(
                Call(
                    "GET",
                    "/api/v1/documents/search",
                    query={"q": q, "after": after, "limit": limit},
                )
            ),
        )

    def each_search(self, *, q: str, limit: int | None = None) -> Iterator[models.DocumentRowOut]:
        """Yield the rows of all pages of `search`."""
        return each(lambda after: self.search(q=q, limit=limit, after=after))

    def list_work(
        self, *, mine: bool | None = None, after: str | None = None, limit: int | None = None
    ) -> models.DocumentStepPage:
        """Return the open steps of one's units (`mine`: one's own), the most urgent first."""
        return cast(
            "models.DocumentStepPage",
            self._json(
                Call(
                    "GET",
                    "/api/v1/document-work",
                    query={"mine": mine, "after": after, "limit": limit},
                )
            ),
        )

    def each_list_work(
        self, *, mine: bool | None = None, limit: int | None = None
    ) -> Iterator[models.DocumentStepRowOut]:
        """Yield the rows of all pages of `list_work`."""
        return each(lambda after: self.list_work(mine=mine, limit=limit, after=after))

    def read_document(self, code: str) -> models.DocumentOut:
        """Return one document with its files, steps, recipients and history."""
        return cast(
            "models.DocumentOut", self._json(Call("GET", f"/api/v1/documents/{escaped(code)}"))
        )

    def read_file(self, code: str, seq: int) -> bytes:
        """Hand out one file of a document."""
        return self._bytes(Call("GET", f"/api/v1/documents/{escaped(code)}/files/{escaped(seq)}"))

    def register(self, code: str, body: models.RegisterBody) -> models.Filed:
        """Give the arrival number, and bring the document before who directs it."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/register", body=body)),
        )

    def refuse(self, code: str, body: models.WhyBody) -> models.Filed:
        """Refuse a document before it is registered: not for us, or not in order."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/refuse", body=body)),
        )

    def correct(self, code: str, body: models.EntryCorrectionBody) -> models.Filed:
        """Correct what the register says; what stood there stays readable in the history."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/entry", body=body)),
        )

    def bring(self, code: str, body: models.RouteBody) -> models.Filed:
        """Bring a registered document before who directs it."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/bring", body=body)),
        )

    def direct(self, code: str, seq: int, body: models.DirectiveBody) -> models.Filed:
        """Write a directive: lead and help become one task, the others are told."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/documents/{escaped(code)}/steps/{escaped(seq)}/direct",
                    body=body,
                )
            ),
        )

    def mark_read(self, code: str, seq: int) -> models.Filed:
        """Say that what was only to be known has been read."""
        return cast(
            "models.Filed",
            self._json(
                Call("POST", f"/api/v1/documents/{escaped(code)}/steps/{escaped(seq)}/read")
            ),
        )

    def pass_on(self, code: str, seq: int, body: models.RouteBody) -> models.Filed:
        """Bring the document before somebody else, who directs it in one's place."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/documents/{escaped(code)}/steps/{escaped(seq)}/pass",
                    body=body,
                )
            ),
        )

    def finish(self, code: str, body: models.WhyBody) -> models.Filed:
        """End the handling, saying what came of it."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/finish", body=body)),
        )

    def give_back(self, code: str, body: models.WhyBody) -> models.Filed:
        """Return a registered document that was not for us; its number stays in the book."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/give-back", body=body)),
        )

    def begin_draft(self, body: models.NewDraftBody) -> models.Filed:
        """Begin to write a document: with its text, or as a file."""
        return cast("models.Filed", self._json(Call("POST", "/api/v1/document-drafts", body=body)))

    def submit(self, code: str, body: models.RouteBody) -> models.Filed:
        """Submit the draft to who approves it first."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/document-drafts/{escaped(code)}/submit", body=body)),
        )

    def comment(self, code: str, body: models.WhyBody) -> models.Filed:
        """Say something of the newest version; the drafter answers it."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/document-drafts/{escaped(code)}/comment", body=body)),
        )

    def take_back(self, code: str) -> models.Filed:
        """Take a submitted draft back, before anybody signs it."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/document-drafts/{escaped(code)}/take-back")),
        )

    def drop(self, code: str, body: models.WhyBody) -> models.Filed:
        """Give a draft up; it stays readable."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/document-drafts/{escaped(code)}/drop", body=body)),
        )

    def send(self, code: str) -> models.Filed:
        """Send an issued document to everybody who has not got it."""
        return cast(
            "models.Filed", self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/send"))
        )
