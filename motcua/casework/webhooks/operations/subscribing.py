"""Owners say what they want to be told, and where; secrets are shown once."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.casework.webhooks.choices import PING, Kind, SubscriptionState, TellingState
from motcua.casework.webhooks.errors import NoSuchSubscription, WebhookError
from motcua.casework.webhooks.models import Subscription, Telling
from motcua.casework.webhooks.queries.lists import administers
from motcua.casework.webhooks.queries.seeing import sorts_for
from motcua.casework.webhooks.rules.addresses import check_address, shown
from motcua.casework.webhooks.rules.kinds import body_of
from motcua.casework.webhooks.rules.sealing import new_secret
from motcua.casework.webhooks.rules.waiting import BOTH_SECRETS
from motcua.foundation.audit import api as audit
from motcua.foundation.clients import api as clients
from motcua.foundation.identity import api as identity
from motcua.foundation.jobs import api as jobs
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor, ActorKind
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

from .message_kinds import CHANGED, page_of
from .spreading import moment

MOST_EACH = 20
SEND = "webhooks.send"
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class SubscriptionIn:
    """What somebody wants to be told; no kinds means all, no agencies all one may see.

    Who makes a subscription, an application or a person, never changes.
    """

    url: str
    name: str = ""
    kinds: Collection[str] = ()
    agency_codes: Collection[str] = ()
    application_id: int | None = None


@work.story
def subscribe(wanted: SubscriptionIn, *, by: Actor, at: datetime) -> tuple[Subscription, str]:
    """Begin to tell the actor's system; return the subscription and its secret, shown once.

    Raises: NotAllowed, BadInput that names the field, WebhookError.
    """
    if by.kind not in {ActorKind.OFFICER, ActorKind.CITIZEN} or not by.id:
        raise NotAllowed("Tài khoản này không đăng ký nhận tin được.")
    return _begin(wanted, by.id, by=by, at=at)


@work.story
def subscribe_application(
    wanted: SubscriptionIn, *, by: Actor, at: datetime
) -> tuple[Subscription, str]:
    """Begin to tell an application, as administrators of the province register it for partners.

    It hears of what the application may read itself. Its account is told of the subscription.

    Raises: NotAllowed, NoSuchClient, BadInput that names the field, WebhookError.
    """
    if not administers(by):
        raise NotAllowed("Việc này dành cho quản trị viên của toàn tỉnh.")
    client = clients.get_client(wanted.application_id or 0)
    identity.check_administers(client.account, by=by, on=local_day(at))
    caller = clients.caller_outside(client.pk, at=at)
    if caller is None:
        message = "Ứng dụng này đã ngừng, hết hạn, hoặc tài khoản của nó đã khóa."
        raise BadInput(message, field="who")
    if not sorts_for(caller):
        message = "Ứng dụng này chưa được đọc hồ sơ, văn bản hay khoản nộp; hãy sửa phạm vi trước."
        raise BadInput(message, field="who")
    made, secret = _begin(wanted, client.account_id, by=by, at=at)
    _tell_owner("lập", made, by=by, at=at)
    return made, secret


def _begin(
    wanted: SubscriptionIn, account_id: int, *, by: Actor, at: datetime
) -> tuple[Subscription, str]:
    _check(wanted)
    held = Subscription.objects.filter(account_id=account_id).exclude(state=SubscriptionState.ENDED)
    if held.count() >= MOST_EACH:
        raise WebhookError(f"Mỗi tài khoản có nhiều nhất {MOST_EACH} đăng ký nhận tin.")
    secret = new_secret()
    made = Subscription.objects.create(
        code="wh_" + "".join(secrets.choice(_LETTERS) for _ in range(12)),
        account_id=account_id,
        application_id=wanted.application_id,
        **_wishes(wanted),
        secret=identity.seal_secret(secret),
        created_at=at,
        changed_at=at,
    )
    _note("webhooks.subscribed", made, by=by, at=at)
    return made, secret


@work.story
def change_subscription(
    code: str, wanted: SubscriptionIn, *, by: Actor, at: datetime
) -> Subscription:
    """Say anew what is told, and where; what waits goes to the new address.

    Raises: NoSuchSubscription, BadInput that names the field.
    """
    _check(wanted)
    row = lock_for(by, code)
    for name, value in _wishes(wanted).items():
        setattr(row, name, value)
    row.changed_at, row.retry_at = at, None
    row.save()
    _note("webhooks.changed", row, by=by, at=at)
    _tell_owner("sửa nơi nhận, loại tin của", row, by=by, at=at)
    return row


def _wishes(wanted: SubscriptionIn) -> dict[str, Any]:
    """Return what is kept of what is wanted. Raises: BadInput."""
    return {
        "name": tidy(wanted.name)[:_LONGEST_NAME] or "Hệ thống nhận tin",
        "url": wanted.url.strip(),
        "kinds": sorted(set(wanted.kinds)),
        "agency_ids": _agencies(wanted.agency_codes),
    }


def _check(wanted: SubscriptionIn) -> None:
    """Raises: BadInput."""
    check_address(wanted.url.strip(), allows_local=settings.WEBHOOKS_LOCAL)
    strange = sorted(set(wanted.kinds) - set(Kind.values))
    if strange:
        raise BadInput(f"Không có loại tin {', '.join(strange)[:100]}.", field="kinds")


def _agencies(codes: Collection[str]) -> list[int]:
    """Raises: BadInput."""
    tree = organisation.tree()
    found = []
    for code in sorted(set(codes)):
        agency = tree.agency_by_code(code)
        if agency is None:
            raise BadInput(f"Không có cơ quan mang mã {code[:40]}.", field="agencies")
        found.append(agency.id)
    return found


def _note(verb: str, row: Subscription, *, by: Actor, at: datetime) -> None:
    detail = {"url": shown(row.url), "state": row.state, "kinds": list(row.kinds)}
    audit.record(verb, f"webhook:{row.code}", by=by, at=at, detail=detail)


def _tell_owner(what: str, row: Subscription, *, by: Actor, at: datetime) -> None:
    """Let the owner know of what somebody else does with the subscription."""
    if row.account_id == by.id or not identity.get_account(row.account_id).is_active:
        return
    values = {"by": by.name, "what": what, "code": row.code, "name": row.name}
    notifications.notify([row.account_id], CHANGED, values, by=by, at=at, link=page_of(row))


def lock_for(actor: Actor, code: str) -> Subscription:
    """Return a subscription the actor may change, locked. Raises: NoSuchSubscription."""
    found = Subscription.objects.select_for_update().filter(code=code).first()
    mine = found is not None and (found.account_id == actor.id or administers(actor))
    if found is None or not mine or found.state == SubscriptionState.ENDED:
        raise NoSuchSubscription(f"Không có đăng ký nhận tin {code}.")
    return found


@work.story
def pause(code: str, *, by: Actor, at: datetime) -> Subscription:
    """Tell nothing for now; what happens meanwhile is kept and told later."""
    row = lock_for(by, code)
    row.state, row.changed_at = SubscriptionState.PAUSED, at
    row.save(update_fields=["state", "changed_at"])
    _note("webhooks.paused", row, by=by, at=at)
    _tell_owner("tạm dừng", row, by=by, at=at)
    return row


@work.story
def resume(code: str, *, by: Actor, at: datetime) -> Subscription:
    """Go on telling, with what waited first."""
    row = lock_for(by, code)
    row.state, row.changed_at, row.trouble = SubscriptionState.ON, at, ""
    row.failures, row.failing_since, row.retry_at = 0, None, None
    row.save()
    waiting = Telling.objects.filter(subscription=row, state=TellingState.WAITING)
    waiting.update(next_try_at=at, attempts=0)
    _note("webhooks.resumed", row, by=by, at=at)
    _tell_owner("bật lại", row, by=by, at=at)
    jobs.hurry(SEND, at=at)
    return row


@work.story
def unsubscribe(code: str, *, by: Actor, at: datetime) -> None:
    """End a subscription; what waits is told no more."""
    row = lock_for(by, code)
    _end(row, by=by, at=at)
    _tell_owner("bỏ", row, by=by, at=at)


@work.story
def end_reclaimed(account_id: int, *, at: datetime) -> int:
    """End what was subscribed to in an account before who has its telephone took it over."""
    found = Subscription.objects.select_for_update().filter(
        account_id=account_id, created_at__lte=at
    )
    ending = list(found.exclude(state=SubscriptionState.ENDED))
    for row in ending:
        _end(row, by=SYSTEM, at=at)
    return len(ending)


def _end(row: Subscription, *, by: Actor, at: datetime) -> None:
    row.state, row.changed_at = SubscriptionState.ENDED, at
    row.secret = row.old_secret = ""
    row.save()
    Telling.objects.filter(subscription=row, state=TellingState.WAITING).update(
        state=TellingState.DROPPED
    )
    _note("webhooks.ended", row, by=by, at=at)


@work.story
def renew_secret(code: str, *, by: Actor, at: datetime) -> str:
    """Return a new secret, shown once; the old one signs beside it for a day.

    An administrator may too, as with the keys of applications: whoever knows the secret can speak
    in our name, so the owner is told.

    Raises: NoSuchSubscription.
    """
    row = lock_for(by, code)
    secret = new_secret()
    row.old_secret, row.old_until = row.secret, at + BOTH_SECRETS
    row.secret, row.changed_at = identity.seal_secret(secret), at
    row.save(update_fields=["old_secret", "old_until", "secret", "changed_at"])
    _note("webhooks.secret_renewed", row, by=by, at=at)
    _tell_owner("đổi khóa ký của", row, by=by, at=at)
    return secret


@work.story
def send_test(code: str, *, by: Actor, at: datetime) -> Telling:
    """Send a message about nothing, so that the other end can be tried."""
    row = lock_for(by, code)
    if row.state != SubscriptionState.ON:
        raise WebhookError("Đăng ký này đang dừng; hãy bật lại rồi gửi thử.")
    message_id = f"msg_{row.pk}_test_{secrets.token_hex(8)}"
    said = {"object": "webhook", "code": row.code, "message": "Tin gửi thử."}
    made = Telling.objects.create(
        subscription=row,
        message_id=message_id,
        kind=PING,
        subject=f"webhook:{message_id}",
        happened_at=at,
        made_at=at,
        body=body_of(message_id, PING, moment(at), said),
        next_try_at=at,
    )
    row.retry_at = None
    row.save(update_fields=["retry_at"])
    jobs.hurry(SEND, at=at)
    return made


@work.story
def resend(code: str, message_id: str, *, by: Actor, at: datetime) -> Telling:
    """Send one message once more, under its old id. Raises: NoSuchSubscription."""
    row = lock_for(by, code)
    found = Telling.objects.select_for_update().filter(subscription=row, message_id=message_id)
    telling = found.first()
    if telling is None:
        raise NoSuchSubscription(f"Không có tin {message_id[:60]} trong 30 ngày qua.")
    telling.state, telling.attempts, telling.next_try_at = TellingState.WAITING, 0, at
    telling.told_at = None
    telling.save(update_fields=["state", "attempts", "next_try_at", "told_at"])
    jobs.hurry(SEND, at=at)
    return telling


@work.story
def replay(
    code: str, since: datetime, *, by: Actor, at: datetime, until: datetime | None = None
) -> int:
    """Send everything between two moments once more, in order, under the old ids.

    Returns how many; the later moment is not counted, without it everything since is sent.

    Raises: NoSuchSubscription, BadInput.
    """
    if until is not None and until <= since:
        raise BadInput("Lúc cuối phải sau lúc đầu.", field="until")
    row = lock_for(by, code)
    again = Telling.objects.filter(
        subscription=row, happened_at__gte=since, fact_id__isnull=False
    ).exclude(state=TellingState.DROPPED)
    if until is not None:
        again = again.filter(happened_at__lt=until)
    count = again.update(state=TellingState.WAITING, attempts=0, next_try_at=at, told_at=None)
    audit.record(
        "webhooks.replayed",
        f"webhook:{row.code}",
        by=by,
        at=at,
        detail={
            "since": since.isoformat(),
            "until": until.isoformat() if until else "",
            "count": count,
        },
    )
    jobs.hurry(SEND, at=at)
    return count
