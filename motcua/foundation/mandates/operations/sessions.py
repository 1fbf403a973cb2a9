"""Begin to act for a client, and stop."""

import secrets
from datetime import datetime

from motcua.foundation.identity import api as identity
from motcua.foundation.mandates.choices import MandateKind, Proof, Word
from motcua.foundation.mandates.errors import OutsideMandate
from motcua.foundation.mandates.models import AgentSession, Mandate
from motcua.foundation.mandates.queries import agent_name, get_mandate_for
from motcua.foundation.mandates.rules import FIRM_SESSION_LIVES, SESSION_LIVES
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.tongue import said

from .entering import enter


@work.story
def open_session(mandate_id: int, *, by: Actor, at: datetime) -> AgentSession:
    """Act for a client from now on, where the consent stands for longer than one visit.

    A helper whose household agreed by a code needs a new code each time.
    Raises: NoSuchMandate, OutsideMandate.
    """
    mandate = get_mandate_for(by, mandate_id, at=at)
    if mandate.kind == MandateKind.HELP and mandate.proof == Proof.CODE:
        message = said("Hộ này đồng ý từng lần: hãy gửi mã tới điện thoại của họ.")
        raise OutsideMandate(message)
    return begin(mandate, by=by, at=at)


def begin(mandate: Mandate, *, by: Actor, at: datetime) -> AgentSession:
    """Open a session inside the story under way; whatever else the account had open ends."""
    identity.Account.objects.select_for_update().only("pk").get(pk=by.id)
    open_now = AgentSession.objects.select_for_update().filter(account_id=by.id, ended_at=None)
    open_now.update(ended_at=at)
    lives = FIRM_SESSION_LIVES if mandate.kind == MandateKind.FIRM else SESSION_LIVES
    session = AgentSession.objects.create(
        token=secrets.token_urlsafe(24),
        mandate=mandate,
        account_id=by.id,
        agent_name=agent_name(mandate, by)[:200],
        opened_at=at,
        expires_at=at + lives,
    )
    enter(mandate.pk, Word.OPENED, by=by, at=at)
    return session


@work.story
def close_session(token: str, *, by: Actor, at: datetime) -> None:
    """Stop acting for the client; a session that has ended already is no error."""
    session = (
        AgentSession.objects.select_for_update()
        .filter(token=token, account_id=by.id, ended_at=None)
        .first()
    )
    if session is None:
        return
    session.ended_at = at
    session.save(update_fields=["ended_at"])
    enter(session.mandate_id, Word.CLOSED, by=by, at=at)


def end_sessions_of_helper(helper_id: int, *, at: datetime) -> None:
    """End whatever a helper has open."""
    AgentSession.objects.filter(mandate__helper_id=helper_id, ended_at=None).update(ended_at=at)


def end_sessions_under(mandate_id: int, *, at: datetime) -> None:
    """End whatever is open under a mandate."""
    AgentSession.objects.filter(mandate_id=mandate_id, ended_at=None).update(ended_at=at)
