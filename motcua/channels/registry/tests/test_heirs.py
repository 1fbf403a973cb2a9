"""A clerk takes over what an agency that ended has left, and the document says so."""

from datetime import date

import pytest

from motcua.casework.documents.api import Document
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Change, Link
from motcua.lib.actor import Actor
from motcua.lib.clock import now

from .make import Office, make_arrival, make_office, text_of

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor(id=9, name="Quản trị", province_powers=frozenset({"organisation.edit"}))


def end(old: Office, *heirs: Office) -> None:
    for heir in heirs:
        kind = Change.SPLIT if heirs[1:] else Change.MERGE
        link = Link(old.agency_id, heir.agency_id, kind, date(2026, 4, 1))
        organisation.record_agency_succession(link, by=ADMINISTRATOR, at=now())
    organisation.forget_tree()


def test_a_clerk_takes_over_everything_and_the_document_says_so() -> None:
    old, new = make_office("H18.150", "UBND xã Nà Hỳ", "x"), make_office()
    left = make_arrival(old)
    end(old, new)
    path = f"/van-ban/ke-tuc/{old.agency_id}/"

    listed = text_of(new.dung, "/van-ban/ke-tuc/")
    shown = text_of(new.dung, path)
    answer = new.dung.post(path, {})

    assert ("UBND xã Nà Hỳ" in listed, left.subject in shown) == (True, True)
    assert answer.status_code == 302
    document = Document.objects.get(pk=left.pk)
    assert document.agency_id == new.agency_id
    assert "nhận với tư cách cơ quan kế tục" in text_of(new.dung, f"/van-ban/vb/{left.code}/")


def test_of_several_heirs_each_ticks_what_is_its_own() -> None:
    old, new, other = (
        make_office("H18.150", "UBND xã Nà Hỳ", "x"),
        make_office(),
        make_office("H18.151", "UBND xã Nà Bủng", "y"),
    )
    first, second = make_arrival(old), make_arrival(old)
    end(old, new, other)
    path = f"/van-ban/ke-tuc/{old.agency_id}/"

    without = new.dung.post(path, {}, follow=True)
    new.dung.post(path, {"ma": [first.code]})

    held = dict(Document.objects.values_list("code", "agency_id"))
    assert "Hãy chọn ít nhất" in without.content.decode()
    assert held == {first.code: new.agency_id, second.code: old.agency_id}


def test_a_stranger_finds_nothing_to_take_over() -> None:
    old, new = make_office("H18.150", "UBND xã Nà Hỳ", "x"), make_office()
    other = make_office("H18.151", "UBND xã Nà Bủng", "y")
    make_arrival(old)
    end(old, new)

    answer = other.dung.get(f"/van-ban/ke-tuc/{old.agency_id}/")

    assert answer.status_code == 404
