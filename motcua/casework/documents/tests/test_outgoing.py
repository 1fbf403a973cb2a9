"""A document is written, approved, signed, numbered and sealed in the order of signing."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from motcua.casework.documents.choices import FileRole, State, StepKind
from motcua.casework.documents.errors import DocumentError, NoSuchDocument
from motcua.casework.documents.models import Document, DocumentFile, DocumentStep, Opinion
from motcua.casework.documents.operations.drafting import (
    approve,
    begin_draft,
    comment,
    drop_draft,
    send_back,
    settle_opinion,
    submit,
    take_back,
)
from motcua.casework.documents.operations.issuing import (
    PaperIssueIn,
    issue_on_paper,
    preview,
    sign_draft,
    take_issued,
)
from motcua.casework.documents.operations.stepping import RouteIn
from motcua.casework.documents.queries.lists import StepFilter, documents_for, steps_for
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_officer, make_post
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import run_signer
from motcua.foundation.trust.tests.make import make_server_certificate, make_trusted_world
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed

from .make import BODY, MONDAY, Office, draft_of, make_office, make_registered

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Scene:
    """A commune whose leader and clerk hold certificates."""

    office: Office
    hoa: Actor


def make_scene() -> Scene:
    office = make_office()
    make_trusted_world()
    account = make_officer_account("Nguyễn Thị Hoa", username="hoa")
    make_server_certificate("Nguyễn Thị Hoa", officer_id=account.officer_id)
    make_server_certificate("UBND xã Mường Phăng", agency_id=office.agency_id)
    registry = Unit.objects.get(pk=office.registry_id)
    make_post(registry, PostRole.REGISTRY_CLERK, holder=make_officer("Lò Văn Dũng", code="VT1"))
    return Scene(office, replace(office.hoa, id=account.pk, title="Chủ tịch"))


def make_draft(office: Office, **more: Any) -> Document:
    return begin_draft(draft_of(office, **more), by=office.tuan, at=MONDAY)


def step_of(document: Document) -> int:
    """Return the number of the one step that is open."""
    return int(DocumentStep.objects.get(document_id=document.pk, closed_at__isnull=True).seq)


def make_to_sign(scene: Scene, **more: Any) -> Document:
    """Return a draft that Mai approved and Hoa is to sign."""
    office, document = scene.office, make_draft(scene.office, **more)
    mai = RouteIn(office.division_id, office.mai.id, office.mai.name)
    submit(document.code, mai, by=office.tuan, at=MONDAY)
    hoa = RouteIn(office.root_id, scene.hoa.id, scene.hoa.name)
    approve(
        document.code,
        step_of(document),
        "Đồng ý",
        to=hoa,
        is_last=True,
        by=office.mai,
        at=MONDAY,
    )
    return document


def make_issued(scene: Scene, **more: Any) -> Document:
    """Return a document that Hoa signed, and Dũng numbered and sealed."""
    document = make_to_sign(scene, **more)
    sign_draft(document.code, step_of(document), by=scene.hoa, at=MONDAY)
    document.refresh_from_db()
    run_signer(MONDAY + A_MINUTE)
    signing.number_and_seal(
        document.signing_request, by=scene.office.dung, at=MONDAY + 2 * A_MINUTE
    )
    run_signer(MONDAY + 3 * A_MINUTE)
    take_issued(f"document:{document.code}", at=MONDAY + 3 * A_MINUTE)
    document.refresh_from_db()
    return document


def test_a_signed_document_has_number_day_and_its_place_in_the_book() -> None:
    scene = make_scene()

    document = make_issued(scene)

    assert (document.state, document.number, document.ordinal) == (State.ISSUED, "01", 1)
    assert document.identifier == f"H18.101,{local_day(MONDAY):%Y/%m/%d},01/UBND-KT"
    assert DocumentFile.objects.get(document_id=document.pk).role == FileRole.MAIN
    [row] = steps_for(scene.office.dung, only=StepFilter(kinds=(StepKind.SEND,))).rows
    assert row.code == document.code


def test_documents_signed_on_paper_and_by_key_share_one_series() -> None:
    scene = make_scene()
    first = make_issued(scene)
    second = make_to_sign(scene, subject="V/v họp")

    issue_on_paper(
        second.code,
        step_of(second),
        PaperIssueIn("Nguyễn Thị Hoa", "Chủ tịch"),
        by=scene.office.dung,
        at=MONDAY + timedelta(hours=1),
    )

    second.refresh_from_db()
    assert [first.number, second.number] == ["01", "02"]


def test_what_is_returned_must_be_answered_before_it_is_submitted_again() -> None:
    office = make_office()
    document = make_draft(office)
    mai = RouteIn(office.division_id, office.mai.id, office.mai.name)
    submit(document.code, mai, by=office.tuan, at=MONDAY)

    send_back(document.code, step_of(document), "Thiếu căn cứ", by=office.mai, at=MONDAY)

    with pytest.raises(DocumentError, match="1 ý kiến"):
        submit(document.code, mai, by=office.tuan, at=MONDAY)
    [opinion] = Opinion.objects.filter(document_id=document.pk)
    with pytest.raises(BadInput):
        settle_opinion(document.code, opinion.seq, "", is_taken=False, by=office.tuan, at=MONDAY)
    settle_opinion(document.code, opinion.seq, "Đã thêm", is_taken=True, by=office.tuan, at=MONDAY)
    assert submit(document.code, mai, by=office.tuan, at=MONDAY).state == State.SUBMITTED


def test_a_submitted_draft_is_taken_back_and_given_up_with_a_reason() -> None:
    office = make_office()
    document = make_draft(office)
    submit(document.code, RouteIn(office.division_id), by=office.tuan, at=MONDAY)

    taken = take_back(document.code, by=office.tuan, at=MONDAY)
    dropped = drop_draft(document.code, "Không cần nữa", by=office.tuan, at=MONDAY)

    assert (taken.pk, dropped.state) == (dropped.pk, State.DROPPED)
    with pytest.raises(DocumentError):
        take_back(document.code, by=office.tuan, at=MONDAY)


def test_only_who_it_waits_for_approves_or_signs() -> None:
    scene = make_scene()
    office, document = scene.office, make_to_sign(scene)

    with pytest.raises(NotAllowed):
        sign_draft(document.code, step_of(document), by=office.tuan, at=MONDAY)
    with pytest.raises(NotAllowed):
        send_back(document.code, step_of(document), "x", by=office.mai, at=MONDAY)


def test_a_draft_says_what_its_kind_must_say_before_it_is_signed() -> None:
    office = make_office()

    with pytest.raises(BadInput) as refused:
        make_draft(office, body=replace(BODY, text=" "))

    assert refused.value.field == "text"


def test_a_draft_is_seen_as_it_will_look() -> None:
    office = make_office()

    content = preview(make_draft(office), office.hoa, local_day(MONDAY))

    assert content.startswith(b"%PDF-")


def test_who_may_not_see_a_draft_says_nothing_of_it() -> None:
    office = make_office()
    document = begin_draft(draft_of(office), by=office.tuan, at=MONDAY)
    elsewhere = make_office("H18.102", "UBND xã Nà Tấu", first=701)

    with pytest.raises(NoSuchDocument):
        comment(document.code, "Đọc được rồi", by=elsewhere.mai, at=MONDAY)


def test_a_draft_is_known_to_its_unit_and_not_beside_it() -> None:
    office = make_office()
    document = make_draft(office)
    comment(document.code, "Nên nêu rõ hạn", by=office.mai, at=MONDAY)

    seen = [one.code for one in documents_for(office.mai).rows]

    assert (seen, list(documents_for(office.dung).rows)) == ([document.code], [])


def test_an_answer_names_the_document_it_answers() -> None:
    office = make_office()
    asked = make_registered(office)

    answer = make_draft(office, answers=asked.code)

    assert answer.answers_id == asked.pk
    with pytest.raises(BadInput):
        make_draft(office, answers="KHONGCO000")


def test_the_clerk_finds_what_waits_for_a_signature() -> None:
    scene = make_scene()

    document = make_to_sign(scene)

    assert [one.code for one in documents_for(scene.office.dung).rows] == [document.code]
