"""Endpoints: drafts. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped, new_key


class Drafts(Group):
    """Endpoints: drafts."""

    def list_drafts(self) -> list[models.DraftOut]:
        """Return the drafts not yet filed, the latest saved first."""
        return cast("list[models.DraftOut]", self._json(Call("GET", "/api/v1/drafts")))

    def begin_draft(self, body: models.NewApplicationBody) -> models.DraftOut:
        """Begin an application under the version in force."""
        return cast("models.DraftOut", self._json(Call("POST", "/api/v1/drafts", body=body)))

    def read_draft(self, token: str) -> models.DraftOut:
        """Return one draft of one's own, filed or not."""
        return cast("models.DraftOut", self._json(Call("GET", f"/api/v1/drafts/{escaped(token)}")))

    def discard(self, token: str) -> None:
        """Throw the draft away with what was typed and the files only it held."""
        self._nothing(Call("DELETE", f"/api/v1/drafts/{escaped(token)}"))

    def choose_case(self, token: str, body: models.CaseBody) -> models.DraftOut:
        """Choose the case of the procedure and who decides."""
        return cast(
            "models.DraftOut",
            self._json(Call("PUT", f"/api/v1/drafts/{escaped(token)}/case", body=body)),
        )

    def save_page(self, token: str, page: int, body: models.AnswersBody) -> models.DraftOut:
        """Keep what was typed on one page of the form, right or wrong."""
        return cast(
            "models.DraftOut",
            self._json(
                Call("PUT", f"/api/v1/drafts/{escaped(token)}/pages/{escaped(page)}", body=body)
            ),
        )

    def set_parties(self, token: str, body: models.DraftPartiesBody) -> models.DraftOut:
        """Keep who applies and who files."""
        return cast(
            "models.DraftOut",
            self._json(Call("PUT", f"/api/v1/drafts/{escaped(token)}/parties", body=body)),
        )

    def attach(self, token: str, body: models.AttachBody) -> models.DraftOut:
        """Attach a finished upload as one of the listed papers."""
        return cast(
            "models.DraftOut",
            self._json(Call("POST", f"/api/v1/drafts/{escaped(token)}/papers", body=body)),
        )

    def detach(self, token: str, place: int) -> models.DraftOut:
        """Take the file at this place away again; one that is not there is no error."""
        return cast(
            "models.DraftOut",
            self._json(Call("DELETE", f"/api/v1/drafts/{escaped(token)}/papers/{escaped(place)}")),
        )

    def papers_at_hand(self, token: str) -> list[models.AtHandOut]:
        """Return papers and outcomes of earlier dossiers of the applicant that need not come again."""
        return cast(
            "list[models.AtHandOut]",
            self._json(Call("GET", f"/api/v1/drafts/{escaped(token)}/at-hand")),
        )

    def reuse(self, token: str, body: models.ReuseBody) -> models.DraftOut:
        """Attach one of what is at hand as one of the listed papers."""
        return cast(
            "models.DraftOut",
            self._json(Call("POST", f"/api/v1/drafts/{escaped(token)}/reuse", body=body)),
        )

    def draft_form(self, token: str) -> bytes:
        """Return the application as a PDF, as it stands now; nothing is kept."""
        return self._bytes(Call("GET", f"/api/v1/drafts/{escaped(token)}/form"))

    def file_draft(self, token: str, *, key: str | None = None) -> models.Filed:
        """File the draft and answer with the official code; asked again, the same code."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/drafts/{escaped(token)}/file", key=key or new_key())),
        )
