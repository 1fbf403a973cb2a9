"""A small ledger: leaves of one subject, a software key, a folder for published files."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pytest_django import Settings

from motcua.foundation.ledger.choices import StreamName
from motcua.foundation.ledger.models import Head
from motcua.foundation.ledger.operations.heads import make_head
from motcua.foundation.ledger.operations.promising import promise
from motcua.foundation.ledger.operations.sealing import EVERY, anchor, seal
from motcua.foundation.ledger.ports import LeafIn, Testimony, signers, witnesses
from motcua.lib import work
from motcua.lib.actor import Actor

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SALT = "c2FsdC1vZi1MYW4tMTIzNA"
HOA = Actor(id=3, name="Nguyễn Thị Hoa")
CODE = "H18.101-260302-0001"


class SoftwareSigner:
    """A key made for one test."""

    name = "UBND tỉnh Điện Biên"

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = self.key.public_key()
        self.public_key = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, content: bytes) -> bytes:
        return self.key.sign(content, ec.ECDSA(SHA256()))


class Room:
    """A room with the facts it was given, as a witness."""

    def __init__(self, *facts: LeafIn, salt: str = SALT) -> None:
        self.facts, self.salt = facts, salt

    def testimonies(self, after: int, most: int) -> Sequence[Testimony]:
        subjects = sorted({fact.subject for fact in self.facts})[after : after + most]
        return [self._told(number, one) for number, one in enumerate(subjects, start=after + 1)]

    def testimony(self, subject: str) -> Testimony | None:
        return self._told(1, subject)

    def _told(self, number: int, subject: str) -> Testimony:
        own = tuple(fact for fact in self.facts if fact.subject == subject)
        return Testimony(number, subject, self.salt, own)


def make_fact(
    seq: int = 1, kind: str = "received", *, code: str = CODE, due_on: date | None = None
) -> LeafIn:
    """Return a fact of a dossier of Mường Phăng."""
    return LeafIn(
        kind=kind,
        subject=code,
        seq=seq,
        at=MONDAY + timedelta(minutes=seq),
        agency_code="H18.101",
        procedure_code="1.004873",
        record={"code": code, "kind": kind, "seq": seq},
        due_on=due_on,
    )


@work.story
def write(*facts: LeafIn) -> None:
    """Write the leaves of facts as their acts would."""
    for fact in facts:
        promise(fact, salt=SALT)


def make_facts(count: int) -> list[LeafIn]:
    """Return that many facts, each of a dossier of its own."""
    return [make_fact(code=f"H18.101-260302-{number:04}") for number in range(1, count + 1)]


def settle(*, at: datetime = MONDAY) -> Head | None:
    """Seal all streams and sign a head, as the worker does in its rounds."""
    for name in StreamName.values:
        seal(name, at=at)
    anchor(at=at)
    seal(StreamName.PROMISES, at=at)
    return make_head(at=at)


def later(times: int = 1) -> datetime:
    """Return a moment at which the next head is due."""
    return MONDAY + EVERY * times


def use_key(settings: Settings) -> SoftwareSigner:
    """Let a new key sign heads in this test."""
    signer = SoftwareSigner()
    signers["test"] = lambda: signer
    settings.LEDGER_SIGNER = "test"
    return signer


def publish_to(settings: Settings, folder: Path) -> Path:
    """Let this test publish into a folder of its own."""
    settings.LEDGER_DIR = str(folder / "ledger")
    return folder / "ledger"


def bear_witness(*facts: LeafIn) -> None:
    """Let one room that knows these facts be the only witness."""
    witnesses.clear()
    witnesses["test"] = Room(*facts)
