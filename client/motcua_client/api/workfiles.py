"""Endpoints: workfiles. Written by `./run client`; do not edit."""

from collections.abc import Iterator
from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, each, escaped


class Workfiles(Group):
    """Endpoints: workfiles."""

    def list_files(
        self, *, after: str | None = None, limit: int | None = None
    ) -> models.WorkFilePage:
        """Return the newest work files one may see."""
        return cast(
            "models.WorkFilePage",
            self._json(Call("GET", "/api/v1/work-files", query={"after": after, "limit": limit})),
        )

    def each_list_files(self, *, limit: int | None = None) -> Iterator[models.WorkFileRowOut]:
        """Yield the rows of all pages of `list_files`."""
        return each(lambda after: self.list_files(limit=limit, after=after))

    def open_file(self, body: models.NewWorkFileBody) -> models.Filed:
        """Open a work file for a matter."""
        return cast("models.Filed", self._json(Call("POST", "/api/v1/work-files", body=body)))

    def read_file(self, code: str) -> models.WorkFileOut:
        """Return one work file with what lies in it."""
        return cast(
            "models.WorkFileOut", self._json(Call("GET", f"/api/v1/work-files/{escaped(code)}"))
        )

    def read_item(self, code: str, seq: int) -> bytes:
        """Hand out the file of one item."""
        return self._bytes(
            Call("GET", f"/api/v1/work-files/{escaped(code)}/items/{escaped(seq)}/file")
        )

    def put_in(self, code: str, body: models.FileItemBody) -> models.Filed:
        """Put a document, a dossier, a task or a file into a work file."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/work-files/{escaped(code)}/items", body=body)),
        )

    def take_out(self, code: str, seq: int, body: models.TakenOutBody) -> models.Filed:
        """Take something out that does not belong there; the history says what it was and why."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/work-files/{escaped(code)}/items/{escaped(seq)}/take-out",
                    body=body,
                )
            ),
        )

    def close(self, code: str, body: models.ClosingBody) -> models.Filed:
        """Close a file whose matter is done; all that lies in it has its day and its pages."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/work-files/{escaped(code)}/close", body=body)),
        )

    def reopen(self, code: str, body: models.TakenOutBody) -> models.Filed:
        """Open a closed file again, saying why."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/work-files/{escaped(code)}/reopen", body=body)),
        )

    def entrust(self, code: str, body: models.EntrustBody) -> models.Filed:
        """Let another officer go on with the file."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/work-files/{escaped(code)}/entrust", body=body)),
        )
