"""People hear that it is their turn."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from motcua.foundation.identity.api import AccountKind
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.notifications.api import Notice
from motcua.foundation.organisation.api import Officer
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentIn
from motcua.foundation.signing.reactions import who_asked_hears, who_is_next_hears
from motcua.foundation.trust.tests.make import MONDAY
from motcua.lib import work

from .foreign import PDF, make_decision
from .make import make_leader, make_request, run_signer

pytestmark = pytest.mark.django_db


def facts_of(topic: str) -> Iterator[outbox.ReadFact]:
    for row in work.fetch(_FACTS, [topic]):
        yield outbox.ReadFact(*(*row[:-1], json.loads(row[-1])))


_FACTS = (
    "SELECT id, topic, version, aggregate, aggregate_id, seq, at, by_id, is_silent, payload"
    " FROM outbox_fact WHERE topic = %s ORDER BY id"
)


def told(account_id: int) -> list[tuple[str, str]]:
    notices = Notice.objects.filter(account_id=account_id).order_by("id")
    return list(notices.values_list("kind", "subject"))


def test_the_clerk_hears_of_what_is_to_be_sealed() -> None:
    hoa = make_leader()
    van = make_account(
        username="van",
        kind=AccountKind.OFFICER,
        full_name="Tòng Thị Vân",
        officer=Officer.objects.get(code="VT1"),
    )
    signing.begin_attempt(make_request(hoa).code, by=hoa, at=MONDAY)
    run_signer()

    who_is_next_hears(list(facts_of("signing.turn_ready")))

    assert told(van.pk) == [("signing.to_seal", "Giấy xác nhận: chờ cấp số, đóng dấu")]


def test_who_asked_hears_of_a_refusal() -> None:
    hoa = make_leader()
    request = make_request(hoa)
    signing.refuse_turn(request.code, "Sai tên", by=hoa, at=MONDAY)

    who_asked_hears(list(facts_of("signing.turn_refused")))

    assert told(hoa.id) == [("signing.refused", "Giấy xác nhận: bị từ chối")]


def test_who_is_asked_to_sign_a_document_of_an_officer_hears_of_it() -> None:
    hoa = make_leader()
    given = DocumentIn("Quyết định thử", "", make_decision(), PDF, (hoa.id,))
    request = signing.draft_document(given, by=hoa, at=MONDAY)
    signing.hand_in(request.code, by=hoa, at=MONDAY)
    facts = [replace(one, by_id=7) for one in facts_of("signing.turn_ready")]

    who_is_next_hears(facts)

    assert told(hoa.id) == [("signing.to_sign", "Quyết định thử: chờ ông/bà ký")]
