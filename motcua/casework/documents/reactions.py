"""What follows from facts, and what other rooms ask of this one."""

from motcua.casework.tasks import api as tasks
from motcua.foundation.outbox import api as outbox
from motcua.foundation.search import api as search
from motcua.foundation.signing import api as signing

from .operations.finding import KIND, every_entry
from .operations.following import take_task_move
from .operations.issuing import take_issued, take_refusal

search.source(KIND)(every_entry)


@outbox.delivery("documents.follow_tasks", tasks.TaskMoved.topic, ordered=True)
def tasks_move_their_document(fact: outbox.ReadFact) -> None:
    """Note that work on a document began, or that it is done."""
    origin, state = str(fact.payload["origin_ref"]), str(fact.payload["state"])
    take_task_move(origin, state, at=fact.at)


@outbox.delivery("documents.take_issued", signing.SignaturesCompleted.topic, ordered=True)
def sealed_documents_are_issued(fact: outbox.ReadFact) -> None:
    """Let a document be issued once its agency's seal stands on it."""
    take_issued(str(fact.payload["owner"]), at=fact.at)


@outbox.delivery("documents.return_refused", signing.TurnRefused.topic, ordered=True)
def refused_documents_go_back(fact: outbox.ReadFact) -> None:
    """Return the draft to its drafter when somebody refused to sign or seal."""
    turn = int(str(fact.payload["turn_id"]))
    words, by = signing.reason_of(turn), signing.signer_of(turn)
    owner, request = str(fact.payload["owner"]), str(fact.payload["code"])
    take_refusal(owner, request, words, by=by, at=fact.at)
