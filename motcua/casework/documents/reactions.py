"""What follows from facts, and what other rooms ask of this one."""

from motcua.casework.documents.events import DocumentMoved
from motcua.casework.exchange import api as exchange
from motcua.casework.tasks import api as tasks
from motcua.foundation.files import api as files
from motcua.foundation.outbox import api as outbox
from motcua.foundation.search import api as search
from motcua.foundation.signing import api as signing

from .api import Act
from .operations.exchanging import take_state
from .operations.finding import every_entry, rescope
from .operations.following import PREFIX, take_task_move
from .operations.issuing import take_issued, take_refusal
from .operations.purging import forget_purged
from .operations.receiving import answer_for, take_asked_back, take_message
from .operations.reminding import tell_reminded
from .operations.wording import index_words
from .rules.finding import KIND

search.source(KIND)(every_entry)
_NEW_FILES = frozenset(
    {Act.ARRIVE, Act.IMPORT, Act.ADD_FILE, Act.TAKE_UPDATE, Act.ISSUE, Act.CORRECT}
)


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


@outbox.delivery("documents.take_messages", exchange.EnvelopeArrived.topic, ordered=True)
def messages_become_documents(fact: outbox.ReadFact) -> None:
    """Take in what arrived at one of our agencies."""
    payload = fact.payload
    take_message(str(payload["code"]), int(str(payload["agency_id"])), at=fact.at)


@outbox.delivery("documents.take_states", exchange.EnvelopeStateChanged.topic, ordered=True)
def recipients_stand_as_they_say(fact: outbox.ReadFact) -> None:
    """Keep how a message stands at a recipient."""
    owner, payload = str(fact.payload["owner"]), fact.payload
    code = owner.removeprefix(PREFIX)
    if code != owner:
        take_state(code, str(payload["receiver_code"]), str(payload["code"]), at=fact.at)
    if payload["side"] == exchange.Status.ASKED_BACK:
        take_asked_back(str(payload["code"]), str(payload["receiver_owner"]), at=fact.at)


@outbox.delivery("documents.answer_senders", DocumentMoved.topic, ordered=True)
def senders_hear(fact: outbox.ReadFact) -> None:
    """Tell the sender what became of a document that came as a message."""
    payload = fact.payload
    if payload["envelope"]:
        answer_for(str(payload["code"]), fact.seq, at=fact.at)


@outbox.delivery("documents.tell_reminded", DocumentMoved.topic)
def reminded_people_hear(fact: outbox.ReadFact) -> None:
    """Tell who should have dealt with a document that somebody reminds them."""
    if fact.payload["act"] == Act.REMIND:
        tell_reminded(str(fact.payload["code"]), fact.seq, at=fact.at)


@outbox.delivery("documents.read_words", DocumentMoved.topic, ordered=True)
def words_of_documents_are_found(fact: outbox.ReadFact) -> None:
    """Read new files for the full-text search; else only note who may find it now."""
    if Act(str(fact.payload["act"])) in _NEW_FILES:
        index_words(str(fact.payload["code"]))
    else:
        rescope(fact.aggregate_id)


@outbox.delivery("documents.forget_purged", files.FilePurged.topic, ordered=True)
def words_of_secrets_are_forgotten(fact: outbox.ReadFact) -> None:
    """Forget what stood in a content that was destroyed, wherever it was held."""
    forget_purged(fact.aggregate_id)
