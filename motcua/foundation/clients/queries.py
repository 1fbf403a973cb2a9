"""Who calls with a key, and the applications as administrators see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import F

from motcua.foundation.access import api as access
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local, local_day

from .choices import FOR_PEOPLE, Scope
from .errors import NoSuchClient
from .models import Client
from .rules.addresses import is_within
from .rules.keys import PREFIX, digest_of
from .rules.narrowing import narrowed

Post = tuple[int, tuple[int, int], datetime]
_SEEN_EVERY = timedelta(hours=1)
_LONGEST = 100
# Identity's and organisation's versions are read here because the answer is one statement.
_STATEMENT = """
WITH found AS (
    SELECT k.id AS key_id, k.seen_at, c.id, c.version, c.name, c.scopes, c.agency_ids, c.networks,
           c.account_id, a.actor_version
    FROM clients_clientkey k
    JOIN clients_client c ON c.id = k.client_id
    JOIN identity_account a ON a.id = c.account_id
    WHERE k.digest = %(digest)s AND (k.ends_at IS NULL OR k.ends_at > %(at)s)
      AND c.ended_at IS NULL AND c.valid_to >= %(day)s AND a.disabled_at IS NULL
), touched AS (
    UPDATE clients_clientkey k SET seen_at = %(at)s FROM found
    WHERE k.id = found.key_id AND (found.seen_at IS NULL OR found.seen_at <= %(stale)s)
)
SELECT id, version, name, scopes, agency_ids, networks, account_id, actor_version,
       COALESCE((SELECT t.version FROM organisation_treeversion t WHERE t.id = 1), 0)
FROM found
"""


@dataclass(frozen=True, slots=True)
class Caller:
    """An application that calls: as whom it acts, and with which scopes."""

    client_id: int
    name: str
    actor: Actor
    scopes: frozenset[Scope]


def is_key(word: str) -> bool:
    """Say whether a word has the form of an application's key."""
    return word.startswith(PREFIX) and len(word) <= _LONGEST and word.isascii()


def caller_with(key: str, *, address: str, at: datetime) -> Caller | None:
    """Return which application calls; None for a key that is not (or no more) good from there.

    Costs: one statement, and what compiling an actor costs once for each version.
    """
    day = local_day(at)
    values = {"digest": digest_of(key), "at": at, "day": day, "stale": at - _SEEN_EVERY}
    rows = work.fetch(_STATEMENT, values)
    if not rows:
        return None
    client_id, version, name, scopes, agencies, networks, account, actor_version, tree = rows[0]
    if not is_within(address, networks):
        return None
    known = tuple(Scope(word) for word in scopes if word in set(Scope))
    post = (account, (actor_version, tree), _midnight(at))
    return _compiled((client_id, version), name, known, tuple(agencies), post)


def caller_outside(client_id: int, *, at: datetime) -> Caller | None:
    """Return as whom an application acts outside a request; None if it may no more.

    Costs: four statements.
    """
    client = Client.objects.select_related("account").filter(pk=client_id).first()
    if client is None or client.ended_at or client.valid_to < local_day(at):
        return None
    if not client.account.is_active:
        return None
    known = tuple(Scope(word) for word in client.scopes if word in set(Scope))
    version = (client.account.actor_version, organisation.tree().version)
    post = (client.account_id, version, _midnight(at))
    which = (client.pk, client.version)
    return _compiled(which, client.name, known, tuple(client.agency_ids), post)


@lru_cache(maxsize=256)
def _compiled(
    which: tuple[int, int],
    name: str,
    scopes: tuple[Scope, ...],
    agency_ids: tuple[int, ...],
    post: Post,
) -> Caller:
    account_id, version, at = post
    held = access.actor_of(account_id, version, at=at).actor
    given = frozenset(scopes) - FOR_PEOPLE
    units = _units(agency_ids) if agency_ids else None
    actor = narrowed(held, given, units, name=name, application_id=which[0])
    return Caller(which[0], name, actor, given)


def _midnight(at: datetime) -> datetime:
    return local(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _units(agency_ids: Sequence[int]) -> frozenset[int]:
    tree = organisation.tree()
    return frozenset(unit.id for one in agency_ids for unit in tree.units_of(one))


def clients_on_record() -> Sequence[Client]:
    """Return every application, the living first, by name. Costs: two queries."""
    order = (F("ended_at").desc(nulls_first=True), "name", "id")
    return list(Client.objects.select_related("account").prefetch_related("keys").order_by(*order))


def names_of(ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of these applications. Costs: one query, none for none."""
    return dict(Client.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def get_client(client_id: int) -> Client:
    """Return one application with its keys. Raises: NoSuchClient."""
    rows = Client.objects.select_related("account").prefetch_related("keys")
    found = rows.filter(pk=client_id).first()
    if found is None:
        raise NoSuchClient("Không tìm thấy ứng dụng này.")
    return found
