"""Whether and how far the closed follow-up register of a desk (paper 07) is signed digitally.

Source: docs/law/official-papers.md
"""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.dossiers.choices import BookKind
from motcua.casework.dossiers.models import ClosedRegister
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import (
    DocumentKind,
    OwnedPaper,
    RequestState,
    TurnRole,
    TurnState,
)
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

_ROOM = "book:"
_OPEN = frozenset({TurnState.READY, TurnState.UNDERWAY})


@dataclass(frozen=True, slots=True)
class BookSigning:
    """How far the signatures of a closed book are: signed, waiting, refused, or may be asked."""

    paper: OwnedPaper | None = None
    waits_for: str = ""
    refused_why: str = ""
    can_submit: bool = False


def owner_of_book(book: ClosedRegister) -> str:
    """Return how signing names a closed book."""
    return f"{_ROOM}{book.pk}"


def book_in(owner: str) -> int:
    """Return the number of the book that a request belongs to."""
    return int(owner.removeprefix(_ROOM))


def agency_of_book(book: ClosedRegister) -> int:
    """Return whose seal a book bears."""
    return organisation.tree().agency_of(book.unit_id).id


def policy_of_book(book: ClosedRegister, at: datetime) -> signing.PolicyInfo | None:
    """Return what the policy in force asks of a closed register.

    An agency without a seal keeps it on paper; so does a desk whose book is too long for one file.

    Costs: seldom a query, one more where a policy is in force.
    """
    on = local_day(at)
    if book.kind != BookKind.FOLLOW_UP or not signing.has_policy(DocumentKind.REGISTER, on=on):
        return None
    agency_id = agency_of_book(book)
    policy = signing.policy_for(
        DocumentKind.REGISTER, on=on, agency_id=agency_id, procedure_code=""
    )
    is_short = book.rows <= papers.VOLUME_ENTRIES
    return policy if policy and is_short and signing.has_seal(agency_id, at) else None


def signing_of_book(book: ClosedRegister, actor: Actor, at: datetime) -> BookSigning:
    """Return how far a closed book is signed, and whether the actor may ask for it now.

    Costs: up to six queries.
    """
    asked = signing.requests_of(owner_of_book(book))
    newest = asked[0] if asked else None
    if newest is not None and newest.state == RequestState.COMPLETED:
        owner = owner_of_book(book)
        return BookSigning(paper=signing.papers_of([owner], on=local_day(at)).get(owner))
    if newest is not None and newest.state == RequestState.OPEN:
        return BookSigning(waits_for=_waits_for(newest.code))
    refused = newest.ended_reason if newest else ""
    may = actor.can(Power.CORRECT_RECEPTION, unit_id=book.unit_id)
    return BookSigning(refused_why=refused, can_submit=may and policy_of_book(book, at) is not None)


def _waits_for(code: str) -> str:
    found = signing.find_request(code)
    waiting = [one for one in found.turns if one.state in _OPEN] if found else []
    names = [
        "văn thư đóng dấu" if one.role == TurnRole.SEAL else f"{one.signer_name} ký"
        for one in waiting
    ]
    return ", ".join(names)


def signed_book(book: ClosedRegister) -> bytes | None:
    """Return a closed book with its signatures, if they are all there. Costs: two queries."""
    asked = signing.requests_of(owner_of_book(book))
    done = next((one for one in asked if one.state == RequestState.COMPLETED), None)
    return signing.document_of(done) if done else None
