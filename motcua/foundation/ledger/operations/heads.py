"""Sign how far the public tree has grown, and keep what others sign of it."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.ledger.choices import SignerKind, StreamName, StreamState
from motcua.foundation.ledger.errors import BadCountersignature, LedgerError, NoSuchHead
from motcua.foundation.ledger.models import Head, HeadKey, HeadSignature, Stream
from motcua.foundation.ledger.ports import HeadSigner, head_signer
from motcua.foundation.ledger.rules.heads import TreeHead, head_text, is_signed, read_public_key
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .publishing import publish_signatures
from .sealing import EVERY

EVERYWHERE = 0  # no unit: only a power over the whole province reaches it


@work.story
def make_head(*, at: datetime) -> Head | None:
    """Sign the public tree as it now stands, at most every few minutes and only when it grew.

    Without a key of ours the head is made unsigned, and is published as such.
    """
    stream = Stream.objects.select_for_update().get(pk=StreamName.PROMISES)
    latest = Head.objects.filter(stream=stream.name).order_by("-size").first()
    if stream.state == StreamState.STOPPED or stream.size == (latest.size if latest else 0):
        return None
    if latest is not None and at - latest.at < EVERY:
        return None
    before = TreeHead(latest.size, bytes(latest.root)) if latest else None
    root = bytes(stream.root)
    text = head_text(settings.LEDGER_ORIGIN, TreeHead(stream.size, root), at, before)
    head = Head(
        stream=stream.name,
        size=stream.size,
        root=root,
        at=at,
        previous_size=before.size if before else 0,
        text=text,
    )
    work.add(head)
    _sign(head, head_signer(), at=at)
    return head


def _sign(head: Head, signer: HeadSigner | None, *, at: datetime) -> None:
    if signer is None:
        return
    key = own_key(signer.name, signer.public_key, at=at)
    signature = signer.sign(head.text.encode())
    work.add(HeadSignature(size=head.size, key=key, signature=signature, at=at))


def own_key(name: str, public_key: bytes, *, at: datetime) -> HeadKey:
    """Return the row of a key of ours, new where it signs for the first time."""
    key, _ = HeadKey.objects.get_or_create(
        sha256=sha256(public_key).hexdigest(),
        defaults={
            "name": name[:120],
            "kind": SignerKind.OWN,
            "public_key": public_key,
            "added_at": at,
        },
    )
    return key


@work.story
def know_countersigner(name: str, public_key: bytes, *, by: Actor, at: datetime) -> HeadKey:
    """Let the owner of a key sign our heads as a witness; the trail keeps who let them."""
    mark = sha256(public_key).hexdigest()
    key, _ = HeadKey.objects.get_or_create(
        sha256=mark,
        defaults={
            "name": name,
            "kind": SignerKind.COUNTER,
            "public_key": public_key,
            "added_at": at,
        },
    )
    audit.record("ledger.know_countersigner", f"ledger:{name}", by=by, at=at, detail={"key": mark})
    return key


def admit_countersigner(name: str, content: bytes, *, by: Actor, at: datetime) -> HeadKey:
    """Let an agency sign our heads as a witness, by the file of its public key or certificate.

    Raises: NotAllowed, BadInput, LedgerError if the key signs here already.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    if not tidy(name):
        raise BadInput("Hãy ghi tên cơ quan.", field="name")
    public = read_public_key(content)
    if HeadKey.objects.filter(sha256=sha256(public).hexdigest()).exists():
        raise LedgerError("Khóa này đã có trong danh sách.")
    return know_countersigner(tidy(name), public, by=by, at=at)


@work.story
def end_countersigner(mark: str, *, by: Actor, at: datetime) -> HeadKey:
    """Take no more signatures by this key; those there are stay.

    Raises: NotAllowed, LedgerError.
    """
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    found = HeadKey.objects.select_for_update()
    key = found.filter(sha256=mark, kind=SignerKind.COUNTER, ended_at__isnull=True).first()
    if key is None:
        raise LedgerError("Không có bên ký chứng kiến nào đang dùng khóa này.")
    key.ended_at = at
    key.save(update_fields=["ended_at"])
    audit.record("ledger.end_countersigner", f"ledger:{key.name}", by=by, at=at)
    return key


def countersign(size: int, signature: bytes, *, at: datetime) -> str:
    """Keep and publish the signature of an agency we know under a head; answer with its name.

    Who signs is found by the key that fits; the same signature twice is kept once.
    Raises: NoSuchHead, BadCountersignature.
    """
    name = _keep(size, signature, at=at)
    publish_signatures(size)
    return name


@work.story
def _keep(size: int, signature: bytes, *, at: datetime) -> str:
    """Raises: NoSuchHead, BadCountersignature."""
    head = Head.objects.filter(stream=StreamName.PROMISES, size=size).first()
    if head is None:
        message = f"Không có đầu sổ {size} lá."
        raise NoSuchHead(message)
    keys = HeadKey.objects.filter(kind=SignerKind.COUNTER, ended_at__isnull=True).order_by("pk")
    key = _owner(keys, signature, head.text.encode())
    HeadSignature.objects.get_or_create(
        size=size, key=key, defaults={"signature": signature, "at": at}
    )
    return key.name


def _owner(keys: Iterable[HeadKey], signature: bytes, content: bytes) -> HeadKey:
    """Raises: BadCountersignature."""
    for key in keys:
        if is_signed(bytes(key.public_key), signature, content):
            return key
    message = "Chữ ký không phải của cơ quan nào đã đăng ký ký chứng kiến."
    raise BadCountersignature(message, field="signature")
