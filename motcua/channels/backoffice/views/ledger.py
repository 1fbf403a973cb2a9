"""The ledger for administrators: streams, heads, who signs. Nothing here can be changed."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.ledger import api as ledger
from motcua.lib.text import whole_number

HEADS = 50


@require_GET
@needs(Power.READ_AUDIT, everywhere=True)
def book(request: ActorRequest) -> HttpResponse:
    """Show how each stream stands, the latest heads, and the keys that sign them.

    Costs: nine statements.
    """
    before = whole_number(request.GET.get("truoc", ""))
    heads = ledger.heads_before(before, limit=HEADS + 1)
    shown = heads[:HEADS]
    context = {
        "title": "Sổ cam kết",
        "state": ledger.ledger_state(),
        "heads": shown,
        "signatures": ledger.signatures_of([head.size for head in shown]),
        "keys": [(key, ledger.fingerprint(bytes(key.public_key))) for key in ledger.known_keys()],
        "older": shown[-1].size if len(heads) > HEADS else 0,
    }
    return page(request, "ledger", context, current="ledger")
