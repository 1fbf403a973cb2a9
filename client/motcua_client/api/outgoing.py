"""Endpoints: outgoing. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Outgoing(Group):
    """Endpoints: outgoing."""

    def revise(self, code: str, body: models.RevisionBody) -> models.Filed:
        """Write another version; all before it stay readable. Without a day nobody has to answer."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/document-drafts/{escaped(code)}/revise", body=body)),
        )

    def set_recipients(self, code: str, body: models.RecipientsBody) -> models.Filed:
        """Say anew to whom the document will go."""
        return cast(
            "models.Filed",
            self._json(
                Call("PUT", f"/api/v1/document-drafts/{escaped(code)}/recipients", body=body)
            ),
        )

    def settle_opinion(self, code: str, seq: int, body: models.SettledBody) -> models.Filed:
        """Say what came of an opinion on a draft."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/document-drafts/{escaped(code)}/opinions/{escaped(seq)}/settle",
                    body=body,
                )
            ),
        )

    def add_recipients(self, code: str, body: models.RecipientsBody) -> models.Filed:
        """Add places that are to get an issued document too; sending goes to them alone."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/recipients", body=body)),
        )

    def recall(self, code: str, body: models.RecallBody) -> models.Filed:
        """Recall an issued document: whoever has it is asked to give it back."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/recall", body=body)),
        )

    def update_sent(self, code: str, body: models.UpdateBody) -> models.Filed:
        """Give a sent document another day by which to answer, at everybody who has it by wire."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/update", body=body)),
        )

    def chase(self, code: str, body: models.ChaseBody) -> models.Filed:
        """Remind recipients of what they have not answered."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/chase", body=body)),
        )

    def note_answer(self, code: str, body: models.AnsweredBody) -> models.Filed:
        """Note that recipients answered on paper or by telephone."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/answered", body=body)),
        )

    def remind(self, code: str, body: models.RemindBody) -> models.Filed:
        """Remind who should deal with a document that came in."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/documents/{escaped(code)}/remind", body=body)),
        )
