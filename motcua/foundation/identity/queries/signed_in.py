"""The one statement that says who makes a request."""

from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.identity.choices import AccountKind
from motcua.foundation.identity.rules.limits import DEFAULT, SEEN_EVERY
from motcua.lib import work
from motcua.lib.clock import local_day

# The tree's version is organisation's own row, and the second factor allauth's: read here because
# the whole answer must come from one statement.
STATEMENT = """
WITH found AS (
    SELECT s.session_key, s.seen_at, s.started_at, s.acting_for,
           a.id, a.kind, a.language, a.actor_version, a.password_changed_at,
           CASE WHEN a.kind <> 'citizen' THEN COALESCE(p.idle_minutes_staff, %(idle_staff)s::int)
                ELSE COALESCE(p.idle_minutes_citizen, %(idle_citizen)s::int) END AS idle_minutes,
           COALESCE(p.absolute_hours, %(absolute)s::int) AS absolute_hours
    FROM identity_session s
    JOIN identity_account a ON a.id = s.account_id
    LEFT JOIN identity_signinpolicy p
        ON p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)
    WHERE s.session_key = %(key)s AND s.expire_date > %(at)s AND a.disabled_at IS NULL
), alive AS (
    SELECT * FROM found
    WHERE seen_at > %(at)s - make_interval(mins => idle_minutes)
      AND started_at > %(at)s - make_interval(hours => absolute_hours)
), touched AS (
    UPDATE identity_session s SET seen_at = %(at)s FROM alive
    WHERE s.session_key = alive.session_key AND alive.seen_at <= %(stale)s
)
SELECT alive.id, alive.kind, alive.actor_version,
       COALESCE((SELECT t.version FROM organisation_treeversion t WHERE t.id = 1), 0),
       alive.acting_for, alive.password_changed_at IS NULL, alive.idle_minutes,
       EXISTS (SELECT 1 FROM mfa_authenticator m
               WHERE m.user_id = alive.id AND m.type <> 'recovery_codes'),
       alive.language
FROM alive
"""

DEFAULTS = {
    "idle_staff": DEFAULT.idle_minutes_staff,
    "idle_citizen": DEFAULT.idle_minutes_citizen,
    "absolute": DEFAULT.absolute_hours,
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose request it is; `version` changes with everything that may change the holder's reach."""

    account_id: int
    kind: AccountKind
    version: tuple[int, int]
    acting_for: int | None
    must_set_password: bool
    idle_minutes: int
    has_second_factor: bool
    language: str = "vi"


def signed_in(session_key: str, *, at: datetime) -> SignedIn | None:
    """Return whose session this is, or None if it has ended, idled too long or is nobody's.

    Being asked counts as being seen; that is written at most once a minute.

    Costs: one statement.
    Source: docs/law/identity.md
    """
    if not session_key.isalnum():
        return None
    values = {"key": session_key, "at": at, "day": local_day(at), "stale": at - SEEN_EVERY}
    rows = work.fetch(STATEMENT, values | DEFAULTS)
    if not rows:
        return None
    account_id, kind, actor, tree, acting_for, must_set, idle, second, language = rows[0]
    return SignedIn(
        account_id, AccountKind(kind), (actor, tree), acting_for, must_set, idle, second, language
    )
