"""Endpoints: promises. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Promises(Group):
    """Endpoints: promises."""

    def latest(self) -> models.HeadOut:
        """Return the latest head."""
        return cast("models.HeadOut", self._json(Call("GET", "/api/v1/ledger/head")))

    def one_head(self, size: int) -> models.HeadOut:
        """Return the head of a size."""
        return cast(
            "models.HeadOut", self._json(Call("GET", f"/api/v1/ledger/heads/{escaped(size)}"))
        )

    def leaves(self, *, first: int, limit: int | None = None) -> bytes:
        """Return published leaves, one a line, as they are hashed."""
        return self._bytes(
            Call("GET", "/api/v1/ledger/leaves", query={"first": first, "limit": limit})
        )

    def inclusion(self, *, index: int, size: int) -> models.ProofOut:
        """Return the path from a leaf to the root of a published head."""
        return cast(
            "models.ProofOut",
            self._json(
                Call("GET", "/api/v1/ledger/proof/inclusion", query={"index": index, "size": size})
            ),
        )

    def consistency(self, *, older: int, size: int) -> models.ProofOut:
        """Return what proves that one published head extends another."""
        return cast(
            "models.ProofOut",
            self._json(
                Call(
                    "GET", "/api/v1/ledger/proof/consistency", query={"older": older, "size": size}
                )
            ),
        )

    def countersign(self, size: int, body: models.CountersignatureBody) -> models.CountersignedOut:
        """Keep the signature of an agency that countersigns; the key says which one it is."""
        return cast(
            "models.CountersignedOut",
            self._json(
                Call("POST", f"/api/v1/ledger/heads/{escaped(size)}/countersign", body=body)
            ),
        )
