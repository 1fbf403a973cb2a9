"""Let a closed follow-up register (paper 07) be signed digitally where policy asks for it.

Source: docs/law/official-papers.md
"""

from datetime import datetime

from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.events import BookToSign
from motcua.casework.dossiers.models import ClosedRegister
from motcua.casework.dossiers.queries.registers import book_paper
from motcua.casework.dossiers.queries.signed_books import (
    agency_of_book,
    book_in,
    owner_of_book,
    policy_of_book,
)
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, Expected, RequestState, TurnIn, TurnRole
from motcua.lib import work
from motcua.lib.actor import Actor

_SIGNER = ("signer_name", "signer_title", "signer_capacity")
_ON_PAPER = (
    "được in và ký trên giấy: ông/bà chưa có chứng thư số, hoặc chính sách ký số không yêu cầu"
    " ký sổ này."
)
_DONE_OR_UNDERWAY = frozenset({RequestState.OPEN, RequestState.COMPLETED})


@work.story
def submit_book(book_id: int, *, by: Actor, at: datetime) -> ClosedRegister:
    """Ask for the signatures of a closed book: whoever asks signs it, the clerk seals.

    For a book closed before there was a policy, or one that somebody refused to sign.

    Raises: NotAllowed, DossierError.
    """
    book = work.lock(ClosedRegister, id=book_id)
    by.require(Power.CORRECT_RECEPTION, unit_id=book.unit_id)
    if _is_asked(book):
        raise DossierError(f"{book} đã được trình ký.")
    if not ask_for_signatures(book, by=by, at=at):
        raise DossierError(f"{book} {_ON_PAPER}")
    return book


def ask_for_signatures(book: ClosedRegister, *, by: Actor, at: datetime) -> bool:
    """Announce that a closed book is to be signed, and say whether it is.

    Whoever closes it signs it, or the leader who may where he may not. Where paper is as good and
    that person has no certificate, the book is signed on paper.
    """
    policy = policy_of_book(book, at)
    if policy is None:
        return False
    signer_id = by.id
    if TurnRole.LEADER in policy.turns:
        signer = _signer(book, by, at)
        if signer is None or not (policy.is_required or _holds_one(signer, at)):
            return False
        signer_id = signer.account_id
        _print_signer(book, signer.block)
    tries = len(signing.requests_of(owner_of_book(book)))
    outbox.announce(BookToSign(book.pk, tries + 1, signer_id), by=by, at=at)
    return True


def _signer(book: ClosedRegister, by: Actor, at: datetime) -> Expected | None:
    """Return who signs a book: the closer, else who is expected to; None where nobody may."""
    agency_id, kind = agency_of_book(book), DocumentKind.REGISTER
    try:
        return Expected(by.id, signing.block_for(by, agency_id, kind, at))
    except signing.NoSigningRight:
        found = signing.possible_signers(agency_id, kind, book.unit_id, at)
        return next(iter(found), None)


def _holds_one(signer: Expected, at: datetime) -> bool:
    return bool(signing.certificates_for(Actor(signer.account_id, signer.block.name), at))


@work.story
def sign_book(book_id: int, signer_id: int, *, at: datetime) -> None:
    """Ask for the signatures of a book; what was asked for already is left."""
    book = work.lock(ClosedRegister, id=book_id)
    policy = policy_of_book(book, at)
    if policy is None or _is_asked(book):
        return
    by = Actor(signer_id, book.signer_name or book.closed_by_name, title=_title(book))
    agency_id = agency_of_book(book)
    turns = tuple(_turn(role, book, agency_id, by, at) for role in policy.turns)
    wanted = signing.Wanted(
        kind=DocumentKind.REGISTER,
        owner=owner_of_book(book),
        title=str(book),
        about=organisation.name_of_unit(book.unit_id),
        pdf=papers.render_paper(book_paper(book), has_fields=True),
        agency_id=agency_id,
        unit_id=turns[0].unit_id,
        turns=turns,
        level=policy.level,
        token=signing.new_token(),
        is_apart=policy.is_apart,
    )
    signing.request_signatures(wanted, by=by, at=at)


def redraw_book(owner: str, token: str, signer: Expected, at: datetime) -> bytes:
    """Return a book drawn again with another signer, who is written into its row."""
    del token, at
    book = ClosedRegister.objects.get(pk=book_in(owner))
    _print_signer(book, signer.block)
    return papers.render_paper(book_paper(book), has_fields=True)


def _print_signer(book: ClosedRegister, block: signing.SignerBlock) -> None:
    book.signer_name, book.signer_title = block.name, block.title
    book.signer_capacity = block.printed
    work.update(book, *_SIGNER)


def _title(book: ClosedRegister) -> str:
    return book.signer_title if book.signer_name else book.closed_by_title


def _is_asked(book: ClosedRegister) -> bool:
    asked = signing.requests_of(owner_of_book(book))
    return any(one.state in _DONE_OR_UNDERWAY for one in asked)


def _turn(role: TurnRole, book: ClosedRegister, agency_id: int, by: Actor, at: datetime) -> TurnIn:
    if role != TurnRole.SEAL:
        block = signing.block_for(by, agency_id, DocumentKind.REGISTER, at)
        return signing.leader_turn(book.unit_id, by.id, block)
    try:
        unit_id = signing.registry_unit(agency_id, at)
    except signing.SigningError:
        unit_id = organisation.tree().agency(agency_id).root_unit_id
    return TurnIn(role, unit_id)
