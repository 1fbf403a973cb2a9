"""Endpoints: leading. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Leading(Group):
    """Endpoints: leading."""

    def assign(self, code: str, step: str, body: models.AssignBody) -> models.Filed:
        """Give an open step to an officer, or to another one than before."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/steps/{escaped(step)}/assign",
                    body=body,
                )
            ),
        )

    def share(self, body: models.ShareBody) -> models.SharedOut:
        """Share an officer's open work in a unit among others, one by one."""
        return cast("models.SharedOut", self._json(Call("POST", "/api/v1/work/share", body=body)))

    def read_rules(self, code: str) -> list[models.RuleOut]:
        """Return how new work of a unit is assigned, in order; for who assigns it."""
        return cast(
            "list[models.RuleOut]",
            self._json(Call("GET", f"/api/v1/units/{escaped(code)}/assignment")),
        )

    def set_rules(self, code: str, body: models.RulesBody) -> list[models.RuleOut]:
        """Put these rules in place of the unit's earlier ones."""
        return cast(
            "list[models.RuleOut]",
            self._json(Call("PUT", f"/api/v1/units/{escaped(code)}/assignment", body=body)),
        )

    def change_outcome(self, code: str, seq: int, body: models.OutcomeChangeBody) -> models.Filed:
        """Let a decision correct, replace or revoke a signed outcome; the applicant is told why."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/outcomes/{escaped(seq)}/change",
                    body=body,
                )
            ),
        )

    def extend(self, code: str, body: models.LongerLimitBody) -> models.Filed:
        """Extend the limit as the version of the procedure provides, once, before it ends."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/extend", body=body)),
        )

    def apologise(self, code: str, body: models.ApologyBody) -> models.Filed:
        """Apologise for being late and promise a new moment; the first one stays visible."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/apologise", body=body)),
        )

    def stop(self, code: str, body: models.StopBody) -> models.Filed:
        """Stop the handling for a ground in law."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/stop", body=body)),
        )

    def complete_many(self, body: models.RowsBody) -> list[models.RowOut]:
        """Finish steps that are not decisions, each by itself; one result per row."""
        return cast(
            "list[models.RowOut]", self._json(Call("POST", "/api/v1/work/complete", body=body))
        )

    def decide(self, code: str, step: str, body: models.ActBody) -> models.Filed:
        """Sign the outcome. Only people decide: no application is given this scope."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/dossiers/{escaped(code)}/steps/{escaped(step)}/decide",
                    body=body,
                )
            ),
        )

    def decide_many(self, body: models.RowsBody) -> list[models.RowOut]:
        """Sign outcomes, each by itself; one result per row. Only people decide."""
        return cast(
            "list[models.RowOut]", self._json(Call("POST", "/api/v1/work/decide", body=body))
        )
