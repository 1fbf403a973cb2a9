"""What follows from acts on tasks: people are told."""

from collections.abc import Sequence

from motcua.foundation.outbox import api as outbox

from .api import TaskMoved
from .operations.notifying import tell_people


@outbox.delivery_of_rows("tasks.tell", TaskMoved.topic)
def people_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell who has a task, or gave it, what happened to it."""
    tell_people(facts)
