"""What a leaf is made of: a public part, and a commitment to the whole record.

Source: docs/law/ledger.md
"""

import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, digest

from motcua.foundation.ledger.choices import LeafKind
from motcua.foundation.ledger.ports import LeafIn
from motcua.lib.canonical import canonical
from motcua.lib.clock import local_day

VERSION = 1
SALT_BYTES = 16
SALT_LETTERS = 22
_PSEUDONYM_BYTES = 16


def new_salt() -> str:
    """Return the secret word of a new subject, known only to its slip and its own row."""
    return secrets.token_urlsafe(SALT_BYTES)


def pseudonym(salt: str, subject: str) -> str:
    """Return the name under which the subject stands in the public stream."""
    found = digest(salt.encode(), f"dossier|{subject}".encode(), "sha256")[:_PSEUDONYM_BYTES]
    return urlsafe_b64encode(found).rstrip(b"=").decode()


def leaf_salt(salt: str, seq: int, kind: str) -> bytes:
    """Return the salt of one leaf: who is told it learns nothing about the others."""
    return digest(salt.encode(), f"leaf|{seq}|{kind}".encode(), "sha256")


def commitment(salt: bytes, record: Mapping[str, object]) -> bytes:
    """Return what binds us to the record without showing it."""
    return sha256(salt + canonical(record)).digest()


def public_part(fact: LeafIn, salt: str) -> bytes:
    """Return what anybody may read: the kind, who, which procedure, the days, a pseudonym."""
    part: dict[str, object] = {
        "v": VERSION,
        "k": fact.kind,
        "a": fact.agency_code,
        "p": fact.procedure_code,
        "d": local_day(fact.at),
        "s": pseudonym(salt, fact.subject),
    }
    if fact.due_on is not None:
        part["due"] = fact.due_on
    return canonical(part)


def leaf_bytes(public: bytes, bound: bytes) -> bytes:
    """Return the published line of a leaf, in the one form that is hashed."""
    return b'{"c":"' + b64encode(bound) + b'","p":' + public + b"}"


def anchor_part(stream: str, size: int, root: bytes, at: datetime) -> bytes:
    """Return the public part of a leaf that binds a private stream to the public one."""
    return canonical(
        {
            "v": VERSION,
            "k": LeafKind.ANCHOR,
            "d": local_day(at),
            "t": stream,
            "n": size,
            "r": b64encode(root).decode(),
        }
    )


def anchor_commitment(public: bytes) -> bytes:
    """Return the commitment of an anchor, which hides nothing."""
    return sha256(public).digest()


def is_salt(word: str, kept: str) -> bool:
    """Say whether the word is the subject's secret, without telling how near it is."""
    return bool(kept) and compare_digest(word.encode(), kept.encode())
