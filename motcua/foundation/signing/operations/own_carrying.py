"""Own papers on their way: ask the service, prepare, ask the telephone, poll, sign, make whole.

Not at the door: it imports the engine, which only the signer's process carries. Every step leaves
what it has in rows, so that a killed signer loses nothing, and goes on by itself.
"""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import OperationalError

from motcua.foundation.identity import api as identity
from motcua.foundation.signing import ports
from motcua.foundation.signing.choices import OwnState
from motcua.foundation.signing.errors import DocumentUnfit, WrongCertificate, WrongSignature
from motcua.foundation.signing.models import OwnSigning
from motcua.foundation.signing.rules.own import FOR_PERSON
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.tongue import sentence

from .own_beginning import end
from .own_consenting import DIGEST, hashes_of
from .own_finishing import finish_papers
from .own_keys import find_key, is_push
from .own_preparing import prepare_papers
from .own_pushing import poll, push

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE, MOST_DOUBLINGS = timedelta(seconds=2), timedelta(seconds=30), 4
MOST = 20
_TOO_LATE: Mapping[str, str] = {
    OwnState.ASKED: sentence(
        "Dịch vụ ký số không trả lời. Hãy thử lại sau, hoặc chọn dịch vụ khác."
    ),
    OwnState.CHOOSING: sentence("Đã quá lâu chưa chọn chứng thư; hãy ký lại từ đầu."),
    OwnState.PREPARED: sentence("Đã quá lâu chưa cho phép ký; hãy ký lại từ đầu."),
    OwnState.WAITING: sentence(
        "Quá thời gian xác nhận trên điện thoại. Hãy ký lại, xác nhận trong 5 phút."
    ),
    OwnState.GRANTED: sentence(
        "Dịch vụ ký số không trả lời. Hãy thử lại sau, hoặc chọn dịch vụ khác."
    ),
}
_CLAIM = """
UPDATE signing_ownsigning SET next_try_at = %s, tries = tries + 1 WHERE id IN (
  SELECT id FROM signing_ownsigning WHERE next_try_at <= %s
  ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""


def carry_own(*, at: datetime, most: int = MOST) -> int:
    """Take what is due a step further, the oldest first; return how many."""
    done = 0
    while done < most and (claimed := work.fetch(_CLAIM, [at + LEASE, at])):
        carry_one(OwnSigning.objects.get(pk=claimed[0][0]), at=at)
        done += 1
    return done


def carry_one(signing: OwnSigning, *, at: datetime) -> None:
    """Take one a step further; what stands in the way is told its person."""
    if signing.expires_at <= at and signing.state in _TOO_LATE:
        _end(signing, OwnState.EXPIRED, _TOO_LATE[signing.state], at=at)
        return
    try:
        _STEPS[OwnState(signing.state)](signing, at)
    except ports.HolderAway as error:
        _note(signing, str(error), at=at)
        _wait(signing, str(error), at=at)
    except ports.GrantEnded:
        words = "Lần cho phép này đã hết hạn; hãy ký lại từ đầu."
        _end(signing, OwnState.EXPIRED, words, at=at)
    except (ports.HolderRefuses, WrongSignature, WrongCertificate, DocumentUnfit) as error:
        _end(signing, OwnState.FAILED, str(error), at=at)
    except OperationalError:
        raise
    except Exception as error:
        logger.exception("own_signing_broke", extra={"signing": signing.pk})
        _wait(signing, f"Lỗi bên trong ({type(error).__name__}); hệ thống tự thử lại.", at=at)


def _ask(signing: OwnSigning, at: datetime) -> None:
    """Learn with which key, and prepare; then ask the telephone or wait for the person."""
    key = find_key(signing, at=at)
    _note(signing, "", at=at)
    if key is None:
        return
    prepare_papers(signing, key, at=at)
    if is_push(signing):
        push(signing, at=at)
        return
    signing.consent, signing.state = str(key.consent), OwnState.PREPARED
    signing.expires_at = signing.next_try_at = at + FOR_PERSON
    _keep(signing, "consent", "state", "expires_at", "next_try_at", "latest_error")


def _sign(signing: OwnSigning, at: datetime) -> None:
    """Let a service of the CSC kind sign with the permission that was given."""
    kept = json.loads(identity.unseal_secret(signing.sealed_grant))
    grant = ports.Grant(kept["token"], datetime.fromisoformat(kept["until"]))
    if grant.expires_at <= at:
        raise ports.GrantEnded
    signer = ports.remote_signer(signing.service_code)
    most = max(1, signer.get_key(signing.key_ref).most_at_once)
    hashes, raws = hashes_of(signing), list[bytes]()
    for first in range(0, len(hashes), most):
        some = hashes[first : first + most]
        raws += signer.sign(ports.ToSign(signing.key_ref, some, DIGEST), grant)
    _note(signing, "", at=at)
    finish_papers(signing, raws, at=at)


def _nothing(signing: OwnSigning, at: datetime) -> None:
    """Wait for the person, until it is too late."""
    signing.next_try_at = max(signing.expires_at, at + FIRST_PAUSE)
    _keep(signing, "next_try_at")


def _again(signing: OwnSigning, at: datetime) -> None:
    """Make whole what was signed before this process began."""
    finish_papers(signing, [], at=at)


_STEPS: Mapping[OwnState, Callable[[OwnSigning, datetime], None]] = {
    OwnState.ASKED: _ask,
    OwnState.CHOOSING: _nothing,
    OwnState.PREPARED: _nothing,
    OwnState.WAITING: lambda signing, at: poll(signing, at=at),
    OwnState.GRANTED: _sign,
    OwnState.SIGNED: _again,
}


def _note(signing: OwnSigning, error: str, *, at: datetime) -> None:
    trust.note_service(signing.service_code.partition(":")[2], at=at, error=error)


@work.story
def _wait(signing: OwnSigning, error: str, *, at: datetime) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(signing.tries - 1, MOST_DOUBLINGS), LONGEST_PAUSE)
    signing.next_try_at, signing.latest_error = at + pause, error[:500]
    _keep(signing, "next_try_at", "latest_error")


def _keep(signing: OwnSigning, *names: str) -> None:
    """Write some fields, unless the person has left it meanwhile."""
    values = {name: getattr(signing, name) for name in names}
    OwnSigning.objects.filter(pk=signing.pk, ended_at__isnull=True).update(**values)


@work.story
def _end(signing: OwnSigning, state: OwnState, words: str, *, at: datetime) -> None:
    locked = work.lock(OwnSigning, id=signing.pk)
    if locked.is_open:
        end(locked, state, words, at=at)
