"""What the ledger needs from others: a key that signs heads, and witnesses of what happened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from django.conf import settings


class HeadSigner(Protocol):
    """Signs heads; the private key stays with whoever implements this."""

    name: str
    public_key: bytes  # DER, SubjectPublicKeyInfo

    def sign(self, content: bytes) -> bytes:
        """Return the signature over the bytes: PKCS#1 v1.5 or ECDSA with SHA-256, or Ed25519."""


signers: dict[str, Callable[[], HeadSigner]] = {}


def head_signer() -> HeadSigner | None:
    """Return who signs heads by the settings, None where nobody does."""
    name: str = settings.LEDGER_SIGNER
    return signers[name]() if name else None


@dataclass(frozen=True, slots=True)
class LeafIn:
    """One legally relevant fact of one subject, as its room states it.

    `subject` is the code people know; only its pseudonym is published. `record` is the whole fact:
    only its commitment is published. A procedure that is not to be shown has no code here.
    """

    kind: str
    subject: str
    seq: int
    at: datetime
    agency_code: str
    procedure_code: str
    record: Mapping[str, object]
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Testimony:
    """What a room's own rows say about one subject: its salt, and the leaves there must be.

    `wrong` says what is wrong with the rows themselves. Codes of agency and procedure are left
    empty: names and codes of the past may have changed since.
    """

    id: int
    subject: str
    salt: str
    leaves: Sequence[LeafIn] = field(default=())
    wrong: str = ""


class Witness(Protocol):
    """Tells, by its room's own rows, what must stand in the ledger."""

    def testimonies(self, after: int, most: int) -> Sequence[Testimony]:
        """Return what there is about the next subjects after this id, in order of id."""

    def testimony(self, subject: str) -> Testimony | None:
        """Return what there is about one subject."""


witnesses: dict[str, Witness] = {}
