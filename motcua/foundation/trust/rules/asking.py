"""Whom the network may be asked about a certificate during an examination.

A stranger's file holds certificates with addresses of its maker's choosing. An address counts only
if it stands in a certificate whose chain, each signature checked, ends in an anchor of ours.

Source: docs/law/signatures.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from urllib.parse import urlsplit

from .revocation import chain_to, crl_addresses, needs_no_check, ocsp_addresses

_PORTS = {"http": 80, "https": 443}
MOST_QUESTIONS = 12


class Permit(StrEnum):
    """Whom an administrator lets be asked."""

    NOBODY = "off"
    LISTED = "listed"
    ANCHORS = "anchors"


@dataclass(frozen=True, slots=True)
class Question:
    """One certificate to be asked about, who issued it, and where that may be asked."""

    der: bytes = field(repr=False)
    issuer: bytes = field(repr=False)
    is_leaf: bool
    answers: tuple[str, ...]
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which addresses may be asked: `entered` are the machines that administrators entered.

    `any_port`: certificates may name a port, as those of the demo do.
    """

    permit: Permit
    entered: frozenset[str]
    any_port: bool = False

    def of(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """Return those of a certificate's addresses that may be asked."""
        return tuple(address for address in addresses if self._may_be_asked(address))

    def _may_be_asked(self, address: str) -> bool:
        if self.permit == Permit.NOBODY:
            return False
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            return False
        if parts.netloc in self.entered:
            return True
        usual = port in (None, _PORTS.get(parts.scheme))
        return self.permit == Permit.ANCHORS and (usual or self.any_port)


def questions_about(
    leaves: Sequence[bytes], known: Sequence[bytes], anchors: Sequence[bytes], allowed: Allowed
) -> Iterator[Question]:
    """Yield what can be asked of certificates that lead to an anchor, each once, not too many."""
    seen: set[bytes] = set()
    for leaf in leaves:
        for one, issuer in pairwise(chain_to(leaf, known, anchors)):
            if one in seen or len(seen) >= MOST_QUESTIONS or needs_no_check(one):
                continue
            seen.add(one)
            answers, lists = allowed.of(ocsp_addresses(one)), allowed.of(crl_addresses(one))
            yield Question(one, issuer, is_leaf=one == leaf, answers=answers, lists=lists)
