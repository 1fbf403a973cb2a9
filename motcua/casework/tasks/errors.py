"""What can go wrong with tasks; each message is for the person who will read it."""

from motcua.lib.errors import Anticipated, Conflict, NotFound


class TaskError(Anticipated):
    """Anything expected that a task refuses."""


class NoSuchTask(NotFound, TaskError):
    """There is no such task, or the person may not know of it."""


class NoSuchPart(NotFound, TaskError):
    """The task has no such part."""


class MoveNotAllowed(Conflict, TaskError):
    """A part in this state does not take this act."""


class NobodyToGive(TaskError):
    """A task needs somebody who leads."""


class NotOursToGive(TaskError):
    """The giver cannot give tasks to that unit."""
