import pytest

from motcua.casework.documents.tests.make import MONDAY
from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.models import WorkFile
from motcua.casework.workfiles.operations.reading import index_item, rescope_items
from motcua.casework.workfiles.operations.taking_over import take_over_files
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.search import api as search
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import PAPER, Office, make_agency_office, make_file, paper

pytestmark = pytest.mark.django_db


def found(actor: Actor, words: str) -> list[str]:
    """Return the codes of the work files in which the actor finds the words."""
    hits = search.find_text(words, kinds=(workfiles.KIND,), scope_ids=actor.scope_ids).rows
    items = workfiles.items_by_ids(actor, [hit.subject_id for hit in hits])
    return [items[hit.subject_id].work_file.code for hit in hits if hit.subject_id in items]


def put_in(office: Office, code: str) -> int:
    seq = workfiles.put_in(code, paper(), by=office.tuan, at=MONDAY).seq
    index_item(code, seq)
    return seq


def test_the_words_of_a_file_are_found_by_who_may_see_it() -> None:
    office = make_agency_office()
    stranger = make_agency_office("H18.102", "UBND xã Nà Tấu", first=701)
    code = make_file(office).code

    put_in(office, code)

    seen = [found(actor, "đường liên bản") for actor in (office.tuan, office.hoa, stranger.hoa)]
    assert seen == [[code], [code], []]


def test_what_was_taken_out_is_not_found_any_more() -> None:
    office = make_agency_office()
    code = make_file(office).code
    seq = put_in(office, code)

    workfiles.take_out(code, seq, "để nhầm", by=office.tuan, at=MONDAY)
    index_item(code, seq)

    assert found(office.tuan, PAPER) == []


def test_who_goes_on_with_a_file_finds_its_words() -> None:
    office = make_agency_office()
    code = make_file(office).code
    put_in(office, code)
    heir = make_officer_account("Lò Thị Nga", username="nga")

    workfiles.entrust(code, heir.pk, by=office.mai, at=MONDAY)
    rescope_items(code)

    assert found(Actor(id=heir.pk, name="Lò Thị Nga"), "đường liên bản") == [code]


def test_files_of_somebody_who_leaves_go_on_with_a_colleague() -> None:
    office = make_agency_office()
    code = make_file(office).code
    heir = make_officer_account("Lò Thị Nga", username="nga")
    order = identity.TakeOver(office.tuan.id, heir.pk)
    powers = {str(Power.ADMINISTER_IDENTITY): frozenset([office.division_id])}
    administrator = Actor(id=900, name="Quản trị", powers=powers)

    with pytest.raises(NotAllowed):
        take_over_files(order, office.mai, MONDAY)
    count = take_over_files(order, administrator, MONDAY)

    assert (count, WorkFile.objects.get(code=code).person_name) == (1, "Lò Thị Nga")
