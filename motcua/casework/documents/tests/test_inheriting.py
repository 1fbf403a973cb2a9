"""Three communes become one: what they left open passes to it, their books stay and are closed."""

from datetime import date, timedelta

import pytest

from motcua.casework.documents.api import (
    Document,
    books_of,
    close_book,
    estates,
    get_book_for,
    get_document_for,
    inherit,
)
from motcua.casework.documents.choices import Act, BookState, Direction, State, StepKind
from motcua.casework.documents.errors import DocumentError, NoSuchDocument
from motcua.casework.documents.models import DocumentMove, DocumentStep, Series
from motcua.casework.documents.operations.arriving import register, take_arrival
from motcua.casework.documents.operations.changing import recall
from motcua.casework.documents.operations.drafting import begin_draft
from motcua.casework.documents.operations.exchanging import send
from motcua.casework.documents.operations.issuing import sign_draft
from motcua.casework.documents.operations.receiving import answer_recall
from motcua.casework.documents.queries.chained import verify_moves
from motcua.casework.documents.queries.one import whole
from motcua.casework.documents.queries.promised import Documents
from motcua.casework.exchange import api as exchange
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Change, Link
from motcua.foundation.signing import api as signing
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import MONDAY, Office, arrival_at, draft_of, make_office, make_registered
from .test_exchanging import carried, make_delivered, make_issued, make_two, with_clerk
from .test_outgoing import make_scene, make_to_sign

pytestmark = pytest.mark.django_db
REFORM = date(2026, 4, 1)
LATER = MONDAY + timedelta(days=40)
AFTER = 40 * 24 * 60 + 1
ADMINISTRATOR = Actor(id=9, name="Quản trị", province_powers=frozenset({"organisation.edit"}))


def make_merged() -> tuple[Office, Office, Office]:
    """Return two communes that will end, and the one in which they end."""
    old = with_clerk(make_office("H18.150", "UBND xã Nà Hỳ", first=621), "VT3")
    other = with_clerk(make_office("H18.151", "UBND xã Nà Bủng", first=631), "VT4")
    new = with_clerk(make_office("H18.152", "UBND xã Nà Hỳ mới", first=641), "VT5")
    return old, other, new


def end(office: Office, *heirs: Office, change: Change = Change.MERGE) -> None:
    """Let an agency end, and others come after it."""
    for heir in heirs:
        link = Link(office.agency_id, heir.agency_id, change, REFORM, "Nghị quyết sắp xếp")
        organisation.record_agency_succession(link, by=ADMINISTRATOR, at=LATER)
    organisation.forget_tree()


def test_open_documents_pass_to_the_heir_with_their_steps_and_numbers() -> None:
    old, other, new = make_merged()
    held = make_registered(old)
    draft = begin_draft(draft_of(other), by=other.tuan, at=MONDAY)
    end(old, new)
    end(other, new)

    taken = [inherit(one.agency_id, new.agency_id, by=new.dung, at=LATER) for one in (old, other)]

    document, written = (Document.objects.get(pk=one.pk) for one in (held, draft))
    step = DocumentStep.objects.get(document=document, closed_at=None)
    assert taken == [1, 1]
    assert (document.agency_id, document.unit_id, document.ordinal) == (
        new.agency_id,
        new.registry_id,
        1,
    )
    assert (document.addressed_to, step.unit_id) == ("UBND xã Nà Hỳ", new.root_id)
    assert (written.issuer_name, written.unit_id) == ("UBND xã Nà Hỳ mới", new.root_id)
    assert get_document_for(new.hoa, document.code) == document
    assert verify_moves(whole(document).moves) is None


def test_only_an_heir_takes_over_and_only_what_ended() -> None:
    old, other, new = make_merged()
    make_registered(old)

    with pytest.raises(DocumentError, match="vẫn đang hoạt động"):
        inherit(old.agency_id, new.agency_id, by=new.dung, at=LATER)
    end(old, new)
    with pytest.raises(NotAllowed, match="không kế tục"):
        inherit(old.agency_id, other.agency_id, by=other.dung, at=LATER)
    with pytest.raises(NotAllowed, match="văn thư"):
        inherit(old.agency_id, new.agency_id, by=new.tuan, at=LATER)


def test_of_an_agency_that_was_divided_each_heir_chooses() -> None:
    old, other, new = make_merged()
    first, second = make_registered(old), make_registered(old)
    end(old, other, new, change=Change.SPLIT)

    with pytest.raises(DocumentError, match="chọn từng văn bản"):
        inherit(old.agency_id, new.agency_id, by=new.dung, at=LATER)
    inherit(old.agency_id, new.agency_id, by=new.dung, at=LATER, codes=[first.code])

    held = dict(Document.objects.values_list("code", "agency_id"))
    assert held == {first.code: new.agency_id, second.code: old.agency_id}


def test_the_books_of_who_ended_are_read_and_closed_by_the_heir() -> None:
    old, _, new = make_merged()
    make_registered(old)
    end(old, new)
    inherit(old.agency_id, new.agency_id, by=new.dung, at=LATER)
    book = books_of(old.agency_id)[0].book

    closed = close_book(book.pk, by=new.dung, at=LATER)

    assert Series.objects.get(agency_id=old.agency_id).valid_to == date(2026, 3, 31)
    assert get_book_for(new.dung, book.pk).pk == book.pk
    assert (closed.state, closed.latest) == (BookState.CLOSED, 1)


def test_who_inherits_sees_what_was_done_before_and_nobody_else() -> None:
    old, other, new = make_merged()
    done = take_arrival(arrival_at(old), by=old.dung, at=MONDAY)
    register(done.code, by=old.dung, at=MONDAY)
    Document.objects.filter(pk=done.pk).update(state=State.DONE, is_open=False)
    end(old, new)

    inherit(old.agency_id, new.agency_id, by=new.dung, at=LATER)

    assert get_document_for(new.dung, done.code).agency_id == old.agency_id
    with pytest.raises(NoSuchDocument):
        get_document_for(other.hoa, done.code)


def test_mail_for_who_ended_reaches_the_heir_and_says_so() -> None:
    sender, old = make_two()
    new = with_clerk(make_office("H18.152", "UBND xã Pu Nhi mới", first=641), "VT5")
    sent = make_issued(sender, old)
    end(old, new)

    send(sent.code, by=sender.dung, at=LATER)
    carried(AFTER)

    arrived = Document.objects.get(direction=Direction.INCOMING)
    assert (arrived.agency_id, arrived.addressed_to) == (new.agency_id, "UBND xã Pu Nhi")


def test_the_heir_answers_and_gives_back_what_came_before_the_merger() -> None:
    sender, old, sent, held = make_delivered()
    new = with_clerk(make_office("H18.152", "UBND xã Pu Nhi mới", first=641), "VT5")
    register(held.code, by=old.dung, at=MONDAY)
    end(old, new)
    recall(sent.code, "Ghi sai ngày", by=sender.dung, at=LATER)
    carried(AFTER)

    step = DocumentStep.objects.get(document=held, kind=StepKind.RECALL)
    given = answer_recall(held.code, step.seq, agrees=True, reason="", by=new.dung, at=LATER)

    assert (given.state, given.agency_id, given.ordinal) == (State.RECALLED, new.agency_id, 1)
    assert sides_of(held) == ["15"]


def sides_of(held: Document) -> list[str]:
    moves = DocumentMove.objects.filter(document=held, act=Act.FREEZE)
    shown = exchange.find_envelope(moves.get().detail["envelope"])
    return [one.side for one in shown.recipients] if shown else []


def test_the_ledger_still_says_who_registered_it() -> None:
    old, _, new = make_merged()
    held = make_registered(old)
    before = told(held)
    end(old, new)

    inherit(old.agency_id, new.agency_id, by=new.dung, at=LATER)

    assert (told(held), before[0][1]) == (before, old.agency_id)


def told(held: Document) -> list[tuple[str, object]]:
    """Return kind and agency of each leaf that a witness makes of a document."""
    testimony = Documents().testimony(f"document:{held.code}")
    return (
        [(str(leaf.kind), leaf.record["agency"]) for leaf in testimony.leaves] if testimony else []
    )


def test_the_same_letter_of_two_communes_is_one_arrival_of_the_heir() -> None:
    old, other, new = make_merged()
    for office in (old, other):
        take_arrival(arrival_at(office, identifier="H18.5.2026.123"), by=office.dung, at=MONDAY)
        end(office, new)

    for office in (old, other):
        inherit(office.agency_id, new.agency_id, by=new.dung, at=LATER)

    states = sorted(
        Document.objects.filter(agency_id=new.agency_id).values_list("state", flat=True)
    )
    assert states == ["arrived", "linked"]


def test_a_merger_waits_for_people_a_new_name_does_not() -> None:
    old, other, new = make_merged()
    for office in (old, other):
        make_registered(office)
    end(old, new)
    end(other, new, change=Change.RENAME)

    simple = {one.name: one.is_simple for one in estates()}

    assert simple == {"UBND xã Nà Hỳ": False, "UBND xã Nà Bủng": True}


def test_what_is_being_signed_goes_back_and_is_signed_anew_by_the_heir() -> None:
    scene = make_scene()
    new = with_clerk(make_office("H18.152", "UBND xã Mường Phăng mới", first=641), "VT5")
    document = make_to_sign(scene)
    step = DocumentStep.objects.get(document=document, closed_at=None)
    signed = sign_draft(document.code, step.seq, by=scene.hoa, at=MONDAY)
    end(scene.office, new)

    taken = inherit(scene.office.agency_id, new.agency_id, by=new.dung, at=LATER)

    document.refresh_from_db()
    asked = signing.find_request(signed.signing_request)
    [step] = DocumentStep.objects.filter(document=document, closed_at=None)
    assert asked is not None
    assert (taken, asked.request.state) == (1, signing.RequestState.WITHDRAWN)
    assert (document.state, document.agency_id, document.issuer_name) == (
        State.DRAFT,
        new.agency_id,
        "UBND xã Mường Phăng mới",
    )
    assert (step.kind, step.unit_id) == (StepKind.REWORK, new.root_id)
