"""Endpoints: tasks. Written by `./run client`; do not edit."""

from collections.abc import Iterator
from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, each, escaped


class Tasks(Group):
    """Endpoints: tasks."""

    def list_tasks(
        self, *, after: str | None = None, limit: int | None = None
    ) -> models.TaskListOut:
        """Return every task one may see, ended ones too, the newest first."""
        return cast(
            "models.TaskListOut",
            self._json(Call("GET", "/api/v1/tasks", query={"after": after, "limit": limit})),
        )

    def each_list_tasks(self, *, limit: int | None = None) -> Iterator[models.TaskRowOut]:
        """Yield the rows of all pages of `list_tasks`."""
        return each(lambda after: self.list_tasks(limit=limit, after=after))

    def give_task(self, body: models.TaskBody) -> models.Filed:
        """Give a task to a unit that leads and others that help."""
        return cast("models.Filed", self._json(Call("POST", "/api/v1/tasks", body=body)))

    def list_task_work(
        self, *, mine: bool | None = None, after: str | None = None, limit: int | None = None
    ) -> models.TaskWorkPage:
        """Return the open parts of one's units (`mine`: one's own), the nearest limit first."""
        return cast(
            "models.TaskWorkPage",
            self._json(
                Call(
                    "GET", "/api/v1/task-work", query={"mine": mine, "after": after, "limit": limit}
                )
            ),
        )

    def each_list_task_work(
        self, *, mine: bool | None = None, limit: int | None = None
    ) -> Iterator[models.TaskWorkOut]:
        """Yield the rows of all pages of `list_task_work`."""
        return each(lambda after: self.list_task_work(mine=mine, limit=limit, after=after))

    def read_task(self, code: str) -> models.TaskOut:
        """Return one task with its parts and its history."""
        return cast("models.TaskOut", self._json(Call("GET", f"/api/v1/tasks/{escaped(code)}")))

    def accept(self, code: str, seq: int) -> models.Filed:
        """Take a part on."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/accept")),
        )

    def refuse(self, code: str, seq: int, body: models.WordsBody) -> models.Filed:
        """Give a part back untaken, with the reason."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST", f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/refuse", body=body
                )
            ),
        )

    def add_parts(self, code: str, content: bytes) -> models.Filed:
        """Let more units lead or help; those who take part already are left as they are."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/tasks/{escaped(code)}/parts", content=content)),
        )

    def assign(self, code: str, seq: int, body: models.AssignPartBody) -> models.Filed:
        """Pass a part to a unit of one's agency, or to one person of it; taking it is implied."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST", f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/assign", body=body
                )
            ),
        )

    def change_due(self, code: str, seq: int, body: models.OtherLimitBody) -> models.Filed:
        """Set another limit of a part without being asked, as who gave it."""
        return cast(
            "models.Filed",
            self._json(
                Call("POST", f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/due", body=body)
            ),
        )

    def remind(self, code: str, seq: int, body: models.WordsBody) -> models.Filed:
        """Remind who does a part."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST", f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/remind", body=body
                )
            ),
        )

    def progress(self, code: str, seq: int, body: models.ProgressBody) -> models.Filed:
        """Say how far a part is; the first report starts the work."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/progress",
                    body=body,
                )
            ),
        )

    def finish(self, code: str, seq: int, body: models.WordsBody) -> models.Filed:
        """Report a part done: a lead then waits for the giver, who helps is done at once."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST", f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/finish", body=body
                )
            ),
        )

    def approve(self, code: str, seq: int) -> models.Filed:
        """Confirm that a part is done; it counts as finished when it was reported, not now."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/approve")),
        )

    def send_back(self, code: str, seq: int, body: models.WordsBody) -> models.Filed:
        """Ask for more work on what was reported done."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST", f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/return", body=body
                )
            ),
        )

    def ask_extension(self, code: str, seq: int, body: models.MoreTimeBody) -> models.Filed:
        """Ask the giver for more time."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/extension",
                    body=body,
                )
            ),
        )

    def decide_extension(
        self, code: str, seq: int, body: models.ExtensionDecisionBody
    ) -> models.Filed:
        """Grant or refuse the open request for more time."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST",
                    f"/api/v1/tasks/{escaped(code)}/parts/{escaped(seq)}/extension/decision",
                    body=body,
                )
            ),
        )

    def write_note(self, code: str, body: models.WordsBody) -> models.Filed:
        """Say something to everybody who takes part."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/tasks/{escaped(code)}/notes", body=body)),
        )

    def cancel(self, code: str, body: models.WordsBody) -> models.Filed:
        """Stop the whole task, with the reason; what is done stays done."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/tasks/{escaped(code)}/cancel", body=body)),
        )
