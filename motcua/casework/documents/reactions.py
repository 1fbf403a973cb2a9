"""What follows from facts, and what other rooms ask of this one."""

from motcua.casework.tasks import api as tasks
from motcua.foundation.outbox import api as outbox
from motcua.foundation.search import api as search

from .operations.finding import KIND, every_entry
from .operations.following import take_task_move

search.source(KIND)(every_entry)


@outbox.delivery("documents.follow_tasks", tasks.TaskMoved.topic, ordered=True)
def tasks_move_their_document(fact: outbox.ReadFact) -> None:
    """Note that work on a document began, or that it is done."""
    origin, state = str(fact.payload["origin_ref"]), str(fact.payload["state"])
    take_task_move(origin, state, at=fact.at)
