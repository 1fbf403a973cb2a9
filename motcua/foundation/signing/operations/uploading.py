"""Take a document back that was signed with other software.

Source: docs/law/signatures.md
"""

import json
import subprocess
import sys
from base64 import b64decode
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore

from motcua.foundation.signing.choices import AttemptState, MadeBy, TurnRole, TurnState
from motcua.foundation.signing.errors import NotOnlySigned, NotYourTurn, WrongCertificate
from motcua.foundation.signing.models import SigningAttempt, SigningRequest, Turn
from motcua.foundation.signing.queries.requests import (
    certificates_for,
    document_of,
    turns_of,
)
from motcua.foundation.signing.rules.order import Lock, locks_of
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import Certificate, Way
from motcua.lib import work
from motcua.lib.actor import Actor

from .finishing import Made, finish_attempt
from .telling import lock_open, tell

MOST_BYTES = 20_000_000
SECONDS = 10
WAIT_SECONDS = 8
_AT_ONCE = 2
_PROGRAM = "motcua.foundation.signing.rules.returning.child"
_ROOT = Path(__file__).resolve().parents[4]
free = BoundedSemaphore(_AT_ONCE)


def take_upload(code: str, content: bytes, *, by: Actor, at: datetime) -> SigningRequest:
    """Take a signed file in place of the actor's own signature here.

    What is refused changes nothing: the file can be signed again and sent again.

    Raises: NotYourTurn, NotOnlySigned, WrongCertificate, VersionSignedMeanwhile.
    Costs: a process of some two seconds, ten at most.
    """
    attempt = waiting_attempt(code, by)
    request = attempt.turn.request
    certificate = _signer(request, attempt.turn, content, by, at)
    return _take(attempt, certificate, Made(request.latest_seq, ((MadeBy.UPLOADED, content),)), at)


def waiting_attempt(code: str, by: Actor) -> SigningAttempt:
    """Return the actor's attempt at a document handed out. Raises: NotYourTurn."""
    found = SigningAttempt.objects.select_related("turn__request").filter(
        turn__request__code=code,
        by_id=by.id,
        way=Way.ELSEWHERE,
        state=AttemptState.PREPARED,
    )
    attempt = found.first()
    if attempt is None:
        message = "Văn bản này không chờ tệp đã ký của ông/bà; hãy chọn lại cách ký."
        raise NotYourTurn(message)
    return attempt


def _signer(
    request: SigningRequest, turn: Turn, content: bytes, by: Actor, at: datetime
) -> Certificate:
    """Return the certificate of the signature added. Raises: NotOnlySigned, WrongCertificate."""
    if len(content) > MOST_BYTES:
        raise NotOnlySigned("Tệp lớn hơn 20 MB.", field="file")
    der = look_apart(document_of(request), content, turn.field_name, _locks(request, turn))
    digest = trust.read_certificate(der).sha256
    held = {one.sha256: one for one in certificates_for(by, at)}
    if digest not in held:
        name = trust.read_certificate(der).subject_name
        message = f"Tệp được ký bằng chứng thư “{name}”, không phải chứng thư đã ghi của ông/bà."
        raise WrongCertificate(message)
    return held[digest]


def _locks(request: SigningRequest, turn: Turn) -> Lock:
    roles = [TurnRole(one.role) for one in turns_of(request.pk)]
    return locks_of(roles)[turn.field_name]


def look_apart(sent: bytes, back: bytes, field_name: str, lock: Lock) -> bytes:
    """Return the certificate of the one signature that was added, looked at in a process apart.

    Raises: NotOnlySigned.
    """
    order = {"field": field_name, "free": list(lock.free), "sent_bytes": len(sent)}
    if not free.acquire(timeout=WAIT_SECONDS):
        raise NotOnlySigned("Đang có nhiều tệp được kiểm tra; hãy gửi lại sau ít phút.")
    try:
        done = subprocess.run(  # noqa: S603 -- our own program; the file goes in as data
            [sys.executable, "-E", "-s", "-B", "-m", _PROGRAM],
            input=json.dumps(order).encode() + b"\n" + sent + back,
            check=False,
            capture_output=True,
            timeout=SECONDS,
            env={"LC_ALL": "C.UTF-8"},
            cwd=_ROOT,
        )
    except (subprocess.TimeoutExpired, BrokenPipeError) as error:
        raise NotOnlySigned("Kiểm tra tệp quá lâu; tệp có thể bị hỏng.", field="file") from error
    finally:
        free.release()
    return _read(done)


def _read(done: "subprocess.CompletedProcess[bytes]") -> bytes:
    try:
        said = json.loads(done.stdout) if done.returncode == 0 else {}
    except ValueError:
        said = {}
    if "certificate" in said:
        return b64decode(said["certificate"])
    words = said.get("refused", "Tệp bị hỏng hoặc quá phức tạp, không kiểm tra được.")
    raise NotOnlySigned(words, field="file")


@work.story
def _take(
    attempt: SigningAttempt, certificate: Certificate, made: Made, at: datetime
) -> SigningRequest:
    attempt.certificate_id = certificate.pk
    SigningAttempt.objects.filter(pk=attempt.pk).update(certificate_id=certificate.pk)
    return finish_attempt(attempt.pk, made, at=at)


@work.story
def give_up(code: str, *, by: Actor, at: datetime) -> None:
    """Leave the way one has begun, so that another can be taken.

    Raises: NoSuchRequest, NotYourTurn.
    Locks: the request, then the attempt.
    """
    request = lock_open(code)
    found = SigningAttempt.objects.filter(
        turn__request=request, by_id=by.id, state__in=_STOPPABLE
    ).exclude(way=Way.SERVER)
    attempt = found.select_for_update(of=("self",)).select_related("turn").first()
    if attempt is None:
        raise NotYourTurn("Văn bản này không chờ ông/bà ký, hoặc chữ ký đang về.")
    attempt.state, attempt.ended_at = AttemptState.FAILED, at
    attempt.latest_error, attempt.sealed_grant = "Người ký chọn cách ký khác.", ""
    work.update(attempt, "state", "ended_at", "latest_error", "sealed_grant")
    attempt.turn.state = TurnState.READY
    work.update(attempt.turn, "state")
    tell(request, "given_up", by=by, at=at)


_STOPPABLE = (AttemptState.ASKED, AttemptState.PREPARED, AttemptState.GRANTED)
