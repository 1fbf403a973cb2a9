"""Endpoints: uploads. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Uploads(Group):
    """Endpoints: uploads."""

    def begin_upload(self, body: models.UploadBody) -> models.UploadOut:
        """Announce a file; its parts follow, each at most 1 MB."""
        return cast("models.UploadOut", self._json(Call("POST", "/api/v1/uploads", body=body)))

    def read_upload(self, token: str) -> models.UploadOut:
        """Say how many bytes have come, after a broken line."""
        return cast(
            "models.UploadOut", self._json(Call("GET", f"/api/v1/uploads/{escaped(token)}"))
        )

    def drop_upload(self, token: str) -> None:
        """Give up an upload and its bytes; what was handed in already stays."""
        self._nothing(Call("DELETE", f"/api/v1/uploads/{escaped(token)}"))

    def send_part(self, token: str, content: bytes, *, offset: int) -> models.UploadOut:
        """Add the bytes of the body (application/octet-stream, at most 1 MB) at the offset."""
        return cast(
            "models.UploadOut",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/uploads/{escaped(token)}/parts",
                    query={"offset": offset},
                    content=content,
                )
            ),
        )
