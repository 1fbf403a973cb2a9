"""Endpoints: desk. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped, new_key


class Desk(Group):
    """Endpoints: desk."""

    def receive_in_person(
        self, body: models.ReceptionBody, *, key: str | None = None
    ) -> models.Filed:
        """Take in and receive at a desk, under an outside code if there is one."""
        return cast(
            "models.Filed",
            self._json(Call("POST", "/api/v1/desk/dossiers", body=body, key=key or new_key())),
        )

    def receive_several(
        self, body: models.SeveralBody, *, key: str | None = None
    ) -> models.SeveralOut:
        """Receive several applications of one person in one go: all of them, or none."""
        return cast(
            "models.SeveralOut",
            self._json(
                Call("POST", "/api/v1/desk/dossiers/several", body=body, key=key or new_key())
            ),
        )

    def redo_reception(self, code: str, body: models.RedoneBody) -> models.Filed:
        """Stop a wrongly received dossier and receive it anew; both point at each other."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/redo", body=body)),
        )

    def note_at_desk(self, body: models.ReceptionBody, *, key: str | None = None) -> models.Filed:
        """Note what was handed in at a desk without receiving it: it is received or refused later."""
        return cast(
            "models.Filed",
            self._json(Call("POST", "/api/v1/desk/notes", body=body, key=key or new_key())),
        )

    def receive(self, code: str) -> models.Filed:
        """Receive a filed dossier and promise a moment."""
        return cast(
            "models.Filed", self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/receive"))
        )

    def refuse(self, code: str, body: models.RefusalBody) -> models.Filed:
        """Refuse to receive, with the reason and its basis in law."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/refuse", body=body)),
        )

    def guide(self, code: str, body: models.GuidanceBody) -> models.Filed:
        """Say, before receipt, everything that is still to be added; no clock runs yet."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/guide", body=body)),
        )

    def ask_supplement(self, code: str, body: models.SupplementBody) -> models.Filed:
        """Ask once, after receipt and within the version's window, for everything that is missing."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/supplement", body=body)),
        )

    def correct(self, code: str, body: models.CorrectionBody) -> models.Filed:
        """Correct what was received wrongly, until it is handed over; a new slip is issued."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/correct", body=body)),
        )

    def give_slip(self, code: str) -> models.Filed:
        """Issue the slip of a received dossier that has none; one that has it stays as it is."""
        return cast(
            "models.Filed", self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/slip"))
        )

    def hand_out(self, code: str, body: models.HandingBody) -> models.Filed:
        """Hand the outcome out."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/hand-out", body=body)),
        )

    def send_back_to_desk(self, code: str, step: str, body: models.SentBackBody) -> models.Filed:
        """Return a step to the receiving desk, which corrects and hands over anew."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/steps/{escaped(step)}/to-desk",
                    body=body,
                )
            ),
        )

    def certify(self, body: models.CertifyBody, *, key: str | None = None) -> models.Filed:
        """Certify copies of originals shown at the desk."""
        return cast(
            "models.Filed",
            self._json(
                Call("POST", "/api/v1/desk/certifications", body=body, key=key or new_key())
            ),
        )

    def list_hand_overs(self, *, limit: int | None = None) -> list[models.HandOverRowOut]:
        """Return the newest lists from or to one's units."""
        return cast(
            "list[models.HandOverRowOut]",
            self._json(Call("GET", "/api/v1/hand-overs", query={"limit": limit})),
        )

    def hand_over(self, body: models.HandOverBody) -> models.HandOverOut:
        """Put dossiers on a numbered list from where they are to another unit."""
        return cast("models.HandOverOut", self._json(Call("POST", "/api/v1/hand-overs", body=body)))

    def print_hand_over(self, number: str) -> bytes:
        """Return the list as PDF, for both sides to sign."""
        return self._bytes(Call("GET", f"/api/v1/hand-overs/{escaped(number)}/pdf"))

    def take_over(self, number: str) -> models.HandOverOut:
        """Confirm that everything on the list has arrived, once."""
        return cast(
            "models.HandOverOut",
            self._json(Call("POST", f"/api/v1/hand-overs/{escaped(number)}/take")),
        )

    def read_hand_over(self, number: str) -> models.HandOverOut:
        """Return one list with the codes that stand on it."""
        return cast(
            "models.HandOverOut", self._json(Call("GET", f"/api/v1/hand-overs/{escaped(number)}"))
        )
