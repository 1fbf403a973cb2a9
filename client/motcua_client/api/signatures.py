"""Endpoints: signatures. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Files, Group


class Signatures(Group):
    """Endpoints: signatures."""

    def examine_signatures(self, files: Files) -> models.Report:
        """Say what the signatures of a PDF or an XML are worth: ETSI's terms and plain words."""
        return cast(
            "models.Report", self._json(Call("POST", "/api/v1/signatures/examine", files=files))
        )
