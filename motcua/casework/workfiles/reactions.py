"""What follows from acts on work files: the words of their files can be found."""

from motcua.foundation.outbox import api as outbox

from .api import Act, WorkFileMoved
from .operations.reading import index_item, rescope_items

_READ = frozenset({Act.PUT_IN, Act.TAKE_OUT})


@outbox.delivery("workfiles.read", WorkFileMoved.topic, ordered=True)
def words_of_items_are_found(fact: outbox.ReadFact) -> None:
    """Read what was put in; when somebody else makes the file, he finds it too."""
    act, code = Act(str(fact.payload["act"])), str(fact.payload["code"])
    if act in _READ:
        index_item(code, int(str(fact.payload["item_seq"])))
    elif act == Act.ENTRUST:
        rescope_items(code)
