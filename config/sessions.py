"""Where sessions are stored: in the room of accounts, each with its account beside it."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.dateparse import parse_datetime

from motcua.foundation.identity import api as identity
from motcua.lib.clock import now

STARTED_AT, DEVICE, IP_ADDRESS = "started_at", "device", "ip_address"
ACTING_FOR = "acting_for"


class SessionStore(DatabaseStore):
    """Django's store, which also writes what the sign-in statement reads."""

    @classmethod
    def get_model_class(cls) -> type[identity.Session]:
        return identity.Session

    def create_model_instance(self, data: dict[str, Any]) -> identity.Session:
        """Return the row for `data`; a visit to the account pages counts as seen."""
        row = cast("identity.Session", super().create_model_instance(data))
        at = now()
        account_id = data.get(SESSION_KEY)
        row.account_id = int(account_id) if account_id else None
        row.started_at = parse_datetime(data.get(STARTED_AT, "")) or at
        row.seen_at = at
        row.device = data.get(DEVICE, "")
        row.acting_for = data.get(ACTING_FOR)
        row.ip_address = data.get(IP_ADDRESS)
        return row
