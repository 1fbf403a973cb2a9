"""The door: applications of others, their scopes and keys, and who calls."""

from .choices import FOR_CLIENTS, FOR_PEOPLE, Scope
from .errors import ClientEnded, NoSuchClient
from .models import Client, ClientKey
from .operations import ClientIn, change_client, change_key, end_client, register_client
from .queries import (
    Caller,
    caller_outside,
    caller_with,
    clients_on_record,
    get_client,
    is_key,
    names_of,
)

__all__ = [
    "FOR_CLIENTS",
    "FOR_PEOPLE",
    "Caller",
    "Client",
    "ClientEnded",
    "ClientIn",
    "ClientKey",
    "NoSuchClient",
    "Scope",
    "caller_outside",
    "caller_with",
    "change_client",
    "change_key",
    "clients_on_record",
    "end_client",
    "get_client",
    "is_key",
    "names_of",
    "register_client",
]
