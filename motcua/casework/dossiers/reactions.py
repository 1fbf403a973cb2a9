"""What follows from acts on dossiers: people are told; search can be made again."""

from collections.abc import Iterator, Sequence

from motcua.casework.payments import api as payments
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.outbox import api as outbox
from motcua.foundation.search import api as search
from motcua.foundation.signing import api as signing
from motcua.lib.actor import SYSTEM

from .api import DossierMoved
from .events import BookToSign, OutcomeToSign, PaperIssued
from .operations.charging import take_order_paid
from .operations.indexing import KIND, every_entry
from .operations.leaving import keep_with_body
from .operations.notifying import tell_applicants, tell_objectors, tell_offices
from .operations.noting_signatures import note_signed, return_refused, take_lifted
from .operations.owning import (
    disown,
    hand_over_account,
    own_earlier,
    tell_confirmed,
    tell_unconfirmed,
)
from .operations.signing import take_signed
from .operations.signing_books import redraw_book, sign_book
from .operations.signing_drafts import take_own_signed
from .operations.signing_lists import redraw_list, return_refused_list, take_signed_list
from .operations.signing_papers import replace_older_slips, sign_issued
from .operations.submitting import redraw_outcome, redraw_paper, submit_for_initials
from .operations.supply_drafts import take_supply_signed
from .queries.collected import list_in
from .queries.money import code_of
from .queries.signing import code_in


@outbox.delivery_of_rows("dossiers.tell_applicant", DossierMoved.topic)
def applicants_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell those who filed what happened to their dossiers."""
    tell_applicants(facts)


@outbox.delivery_of_rows("dossiers.tell_office", DossierMoved.topic)
def office_hears(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell officers of work that came to them."""
    tell_offices(facts)


@outbox.delivery_of_rows("dossiers.tell_objectors", DossierMoved.topic)
def objectors_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell those who objected to a posting what was answered."""
    tell_objectors(facts)


@outbox.delivery("dossiers.own_earlier", identity.PersonConfirmed.topic)
def earlier_dossiers_find_their_owner(fact: outbox.ReadFact) -> None:
    """Show the holder of a confirmed account what was handed in at desks before."""
    own_earlier(int(str(fact.payload["person_id"])), at=fact.at)


@outbox.delivery("dossiers.hand_over_account", identity.AccountMerged.topic)
def what_a_desk_opened_goes_over(fact: outbox.ReadFact) -> None:
    """Hand over what lies in an account that was merged into the holder's own."""
    hand_over_account(int(str(fact.payload["former_id"])), fact.aggregate_id, at=fact.at)


@outbox.delivery_of_rows("dossiers.tell_confirmed", identity.PersonConfirmed.topic)
def holders_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell holders of accounts that a desk has confirmed who they are."""
    tell_confirmed(facts)


@outbox.delivery("dossiers.disown", identity.PersonUnconfirmed.topic)
def what_came_meanwhile_is_taken_away(fact: outbox.ReadFact) -> None:
    """Take away what found its owner while the confirmation was being undone."""
    disown(fact.aggregate_id, int(str(fact.payload["person_id"])), at=fact.at)


@outbox.delivery_of_rows("dossiers.tell_unconfirmed", identity.PersonUnconfirmed.topic)
def former_holders_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell holders of accounts that the confirmation was undone."""
    tell_unconfirmed(facts)


@outbox.delivery("dossiers.keep_with_body", access.MemberDismissed.topic)
def what_a_leaver_filed_meanwhile_stays(fact: outbox.ReadFact) -> None:
    """Let an enterprise keep what was filed for it while who filed was leaving."""
    body_id, person_id = (int(str(fact.payload[n])) for n in ("enterprise_id", "person_id"))
    keep_with_body(body_id, person_id, by=SYSTEM, at=fact.at)


@outbox.delivery("dossiers.note_signed", signing.TurnSigned.topic, ordered=True)
def leaders_signature_is_noted(fact: outbox.ReadFact) -> None:
    """Write into the dossier that its outcome was initialled, or signed by its leader."""
    is_told = fact.payload["role"] in (signing.TurnRole.INITIAL, signing.TurnRole.LEADER)
    if is_told and (code := code_in(str(fact.payload["owner"]))):
        note_signed(code, int(str(fact.payload["turn_id"])), at=fact.at)


@outbox.delivery("dossiers.take_signed", signing.SignaturesCompleted.topic, ordered=True)
def sealed_outcomes_are_taken(fact: outbox.ReadFact) -> None:
    """Let the dossier go on when its outcomes are sealed; a slip replaces the one before it."""
    owner = str(fact.payload["owner"])
    if code := code_in(owner):
        take_signed(code, at=fact.at)
    elif decision_id := list_in(owner):
        take_signed_list(decision_id, at=fact.at)
    elif fact.payload["kind"] == signing.DocumentKind.SLIP:
        replace_older_slips(owner, at=fact.at)


@outbox.delivery("dossiers.take_lifted", signing.DocumentLifted.topic, ordered=True)
def lifted_outcomes_are_taken(fact: outbox.ReadFact) -> None:
    """Hand out the version of an outcome that can be proven for longest."""
    owner = str(fact.payload["owner"])
    if code_in(owner):
        take_lifted(owner)


@outbox.delivery("dossiers.return_refused", signing.TurnRefused.topic, ordered=True)
def refused_outcomes_go_back(fact: outbox.ReadFact) -> None:
    """Let the decision be made anew when somebody refused to sign or seal."""
    owner, request_code = str(fact.payload["owner"]), str(fact.payload["code"])
    if code_in(owner):
        return_refused(owner, request_code, int(str(fact.payload["turn_id"])), at=fact.at)
    elif list_in(owner):
        return_refused_list(owner, request_code, int(str(fact.payload["turn_id"])), at=fact.at)


@outbox.delivery("dossiers.take_own_signed", signing.OwnPapersSigned.topic)
def own_papers_take_their_place(fact: outbox.ReadFact) -> None:
    """Put what somebody has signed, to file or to supply it, in the place of what was not."""
    owner = str(fact.payload["owner"])
    take_own_signed(owner, at=fact.at)
    take_supply_signed(owner, at=fact.at)


@outbox.delivery("dossiers.sign_paper", PaperIssued.topic)
def issued_papers_are_signed(fact: outbox.ReadFact) -> None:
    """Let a slip or notice be signed, as the policy asks that was in force when it was issued."""
    sign_issued(str(fact.payload["code"]), fact.seq, at=fact.at)


@outbox.delivery("dossiers.sign_book", BookToSign.topic)
def closed_books_are_signed(fact: outbox.ReadFact) -> None:
    """Let a closed register be signed by who was named when it was closed, and sealed."""
    sign_book(fact.aggregate_id, int(str(fact.payload["signer_id"])), at=fact.at)


@outbox.delivery("dossiers.submit_for_initials", OutcomeToSign.topic)
def outcomes_are_initialled(fact: outbox.ReadFact) -> None:
    """Prepare an outcome for its initials, as the policy asks."""
    submit_for_initials(str(fact.payload["code"]), fact.seq, at=fact.at)


@outbox.delivery("dossiers.take_order_paid", payments.OrderPaid.topic, ordered=True)
def paid_dossiers_go_on(fact: outbox.ReadFact) -> None:
    """Let the dossiers go on that an order was paid for."""
    subjects = fact.payload["subjects"]
    for subject in subjects if isinstance(subjects, list) else []:
        if code := code_of(str(subject)):
            take_order_paid(code, str(fact.payload["code"]), at=fact.at)


signing.redraws_for("dossier")(redraw_outcome)
signing.redraws_for("paper")(redraw_paper)
signing.redraws_for("book")(redraw_book)
signing.redraws_for("list")(redraw_list)


@search.source(KIND)
def entries() -> Iterator[search.Entry]:
    """Yield how each dossier is found."""
    return every_entry()
