"""Register applications, give and change their keys, end them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .choices import FOR_PEOPLE, Scope
from .errors import ClientEnded, NoSuchClient
from .models import Client, ClientKey
from .rules.addresses import tidy_networks
from .rules.keys import digest_of, hint_of, new_key

LONGEST = timedelta(days=2 * 366)
LONGEST_OVERLAP = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ClientIn:
    """What an application is let do: as whom, which acts, for whom, from where, until when."""

    name: str
    contact: str
    username: str
    scopes: Collection[Scope]
    valid_to: date
    agency_codes: Iterable[str] = ()
    networks: Iterable[str] = ()
    basis: str = ""


@work.story
def register_client(given: ClientIn, *, by: Actor, at: datetime) -> tuple[Client, str]:
    """Register an application; answer with it and its first key, which nobody sees again.

    Raises: BadInput, NotAllowed.
    Source: docs/law/access.md
    """
    client = Client(registered_at=at, registered_by_name=by.name)
    _fill(client, given, by=by, at=at)
    client.save()
    _trail("registered", client, by=by, at=at)
    return client, _give_key(client, at=at)


@work.story
def change_client(client_id: int, given: ClientIn, *, by: Actor, at: datetime) -> Client:
    """Change what an application is let do, from its next request on.

    Raises: NoSuchClient, ClientEnded, BadInput, NotAllowed.
    """
    client = _living(client_id, by=by, at=at)
    _fill(client, given, by=by, at=at)
    client.version += 1
    client.save()
    _trail("changed", client, by=by, at=at)
    return client


@work.story
def change_key(client_id: int, *, overlap: timedelta, by: Actor, at: datetime) -> str:
    """Give a new key; the former one holds on for the overlap, so that nothing stands still.

    One that was giving way already ends now: at most two hold at a time.

    Raises: NoSuchClient, ClientEnded, BadInput, NotAllowed.
    """
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise BadInput("Khóa cũ dùng thêm nhiều nhất 30 ngày.", field="overlap")
    client = _living(client_id, by=by, at=at)
    for key in ClientKey.objects.select_for_update().filter(client=client):
        if key.ends_at is None or key.ends_at > at:
            key.ends_at = at + overlap if key.ends_at is None else at
            key.save(update_fields=["ends_at"])
    _trail("key_changed", client, by=by, at=at)
    return _give_key(client, at=at)


@work.story
def end_client(client_id: int, reason: str, *, by: Actor, at: datetime) -> Client:
    """End an application at once: its keys open nothing from the next request on.

    Raises: NoSuchClient, ClientEnded, BadInput, NotAllowed.
    """
    if not tidy(reason):
        raise BadInput("Hãy ghi lý do ngừng.", field="reason")
    client = _living(client_id, by=by, at=at)
    client.ended_at, client.ended_why = at, tidy(reason)
    client.save(update_fields=["ended_at", "ended_why"])
    for key in ClientKey.objects.select_for_update().filter(client=client):
        if key.ends_at is None or key.ends_at > at:
            key.ends_at = at
            key.save(update_fields=["ends_at"])
    _trail("ended", client, by=by, at=at)
    return client


def _living(client_id: int, *, by: Actor, at: datetime) -> Client:
    client = (
        Client.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=client_id)
        .first()
    )
    if client is None:
        raise NoSuchClient("Không tìm thấy ứng dụng này.")
    identity.check_administers(client.account, by=by, on=local_day(at))
    if client.ended_at is not None:
        raise ClientEnded("Ứng dụng này đã ngừng; hãy đăng ký lại nếu cần.")
    return client


def _fill(client: Client, given: ClientIn, *, by: Actor, at: datetime) -> None:
    today = local_day(at)
    if not today <= given.valid_to <= today + LONGEST:
        raise BadInput("Thời hạn từ hôm nay và nhiều nhất hai năm.", field="valid_to")
    client.name, client.contact = tidy(given.name), tidy(given.contact)
    if not client.name or not client.contact:
        raise BadInput("Hãy ghi tên ứng dụng và người phụ trách.", field="name")
    client.account = _account(given.username, by=by, on=today)
    client.scopes = _scopes(given.scopes)
    client.agency_ids = _agencies(given.agency_codes)
    client.networks = tidy_networks(given.networks)
    client.valid_to, client.basis = given.valid_to, tidy(given.basis)


def _account(username: str, *, by: Actor, on: date) -> identity.Account:
    account = identity.find_account(username.strip())
    if account is None or not account.is_officer or not account.is_active:
        raise BadInput("Không có tài khoản công vụ đang dùng mang tên này.", field="username")
    identity.check_administers(account, by=by, on=on)
    return account


def _scopes(scopes: Collection[Scope]) -> list[str]:
    if not scopes:
        raise BadInput("Hãy chọn ít nhất một phạm vi.", field="scopes")
    if FOR_PEOPLE & set(scopes):
        raise BadInput("Quyết định là việc của người, không giao cho ứng dụng.", field="scopes")
    return sorted(set(scopes))


def _agencies(codes: Iterable[str]) -> list[int]:
    tree, found = organisation.tree(), set()
    for code in codes:
        agency = tree.agency_by_code(code.strip())
        if agency is None:
            message = f"Không có cơ quan mang mã {code.strip()[:40]}."
            raise BadInput(message, field="agency_codes")
        found.add(agency.id)
    return sorted(found)


def _give_key(client: Client, *, at: datetime) -> str:
    key = new_key()
    client.keys.create(digest=digest_of(key), hint=hint_of(key), made_at=at)
    return key


def _trail(act: str, client: Client, *, by: Actor, at: datetime) -> None:
    detail = {
        "name": client.name,
        "account": client.account_id,
        "scopes": list(client.scopes),
        "agencies": list(client.agency_ids),
        "networks": list(client.networks),
        "until": f"{client.valid_to}",
    }
    audit.record(f"clients.{act}", f"client:{client.pk}", by=by, at=at, detail=detail)
