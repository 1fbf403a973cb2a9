"""Endpoints: work. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Work(Group):
    """Endpoints: work."""

    def take(self, code: str, step: str) -> models.Filed:
        """Take an open step for oneself; a step is named by its number or its code."""
        return cast(
            "models.Filed",
            self._json(
                Call("POST", f"/api/v1/dossiers/{escaped(code)}/steps/{escaped(step)}/take")
            ),
        )

    def complete(self, code: str, step: str, body: models.ProposalBody) -> models.Filed:
        """Finish a step that is not a decision, with a proposal if one is ready."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/steps/{escaped(step)}/complete",
                    body=body,
                )
            ),
        )

    def send_back(self, code: str, step: str, body: models.ActBody) -> models.Filed:
        """Send back what is to be done again."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/steps/{escaped(step)}/return",
                    body=body,
                )
            ),
        )

    def draft_outcome(self, code: str, step: str, body: models.OutcomeBody) -> models.Filed:
        """Keep drafts of the outcomes and the opinion; the step stays open."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/steps/{escaped(step)}/outcome",
                    body=body,
                )
            ),
        )

    def correct_answers(
        self, code: str, step: str, body: models.AnswersCorrectionBody
    ) -> models.Filed:
        """Put right what the form says, after the applicant has said what is wrong with the draft."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/steps/{escaped(step)}/answers",
                    body=body,
                )
            ),
        )

    def consult(self, code: str, body: models.QuestionBody) -> models.Filed:
        """Ask a unit, or a body outside the system, for its opinion until a moment."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/consultations", body=body)),
        )

    def answer(self, code: str, seq: int, body: models.AnswerBody) -> models.Filed:
        """Answer, from the unit that was asked; of an outside body whoever asked notes the answer."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/consultations/{escaped(seq)}/answer",
                    body=body,
                )
            ),
        )

    def start_waiting(self, code: str, body: models.WaitBody) -> models.Filed:
        """Begin a time in which the office waits."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/wait", body=body)),
        )

    def end_waiting(self, code: str, body: models.NoteBody) -> models.Filed:
        """Go on after a wait; the promise moves as the version says."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/resume", body=body)),
        )

    def plan_visit(self, code: str, body: models.VisitBody) -> models.Filed:
        """Make an appointment for a visit to the field; the applicant is told."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/visits", body=body)),
        )

    def record_visit(self, code: str, seq: int, body: models.MinutesBody) -> models.Filed:
        """Record what was found on the visit, once, with the pictures taken there."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/visits/{escaped(seq)}/minutes",
                    body=body,
                )
            ),
        )
