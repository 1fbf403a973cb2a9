"""Endpoints: bulk. Written by `./run client`; do not edit."""

from typing import Literal

from motcua_client.core import Call, Group, escaped


class Bulk(Group):
    """Endpoints: bulk."""

    def read(
        self,
        stream: Literal["dossiers", "moves", "documents", "tasks", "orders"],
        *,
        since: str | None = None,
        limit: int | None = None,
        names: bool | None = None,
    ) -> bytes:
        """Return the next rows of a stream, one a line; the last line says where to go on."""
        return self._bytes(
            Call(
                "GET",
                f"/api/v1/bulk/{escaped(stream)}",
                query={"since": since, "limit": limit, "names": names},
            )
        )
