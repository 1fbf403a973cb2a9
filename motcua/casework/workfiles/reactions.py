"""What follows from acts on work files: the words of their files can be found."""

from motcua.foundation.files import api as files
from motcua.foundation.outbox import api as outbox

from .api import Act, WorkFileMoved
from .operations.reading import forget_purged, index_item, rescope_items

_READ = frozenset({Act.PUT_IN, Act.TAKE_OUT})


@outbox.delivery("workfiles.read", WorkFileMoved.topic, ordered=True)
def words_of_items_are_found(fact: outbox.ReadFact) -> None:
    """Read what was put in; when somebody else makes the file, he finds it too."""
    act, code = Act(str(fact.payload["act"])), str(fact.payload["code"])
    if act in _READ:
        index_item(code, int(str(fact.payload["item_seq"])))
    elif act == Act.ENTRUST:
        rescope_items(code)


@outbox.delivery("workfiles.forget_purged", files.FilePurged.topic, ordered=True)
def words_of_secrets_are_forgotten(fact: outbox.ReadFact) -> None:
    """Forget what stood in a content that was destroyed."""
    forget_purged(fact.aggregate_id)
