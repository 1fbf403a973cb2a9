"""What was sent is changed on the pages, and answered where it came."""

import json
from datetime import timedelta

import pytest

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document, DocumentStep, State, StepKind
from motcua.casework.exchange import api as exchange
from motcua.lib import work
from motcua.lib.clock import now

from .make import Office, make_office, text_of
from .test_sending import issued

pytestmark = pytest.mark.django_db


def carried() -> None:
    """Let the worker carry messages and tell everybody what it must."""
    at = now() + timedelta(minutes=1)
    exchange.carry_due(at=at)
    rows = work.fetch("SELECT topic, payload FROM outbox_fact ORDER BY id", [])
    for topic, payload in [(topic, json.loads(text)) for topic, text in rows]:
        if topic == "exchange.envelope_arrived":
            documents.take_message(payload["code"], payload["agency_id"], at=at)
        if topic == "exchange.envelope_state_changed":
            code = payload["owner"].removeprefix("document:")
            documents.take_state(code, payload["receiver_code"], payload["code"], at=at)


def asked(held: Document) -> DocumentStep:
    return DocumentStep.objects.get(document_id=held.pk, kind=StepKind.RECALL, closed_at=None)


def sent() -> tuple[Office, Office, Document, Document]:
    """Return both offices, what one sent on its page, and what the other holds of it."""
    office, other = make_office(), make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    document = issued(office)
    path = f"/van-ban/vb/{document.code}"
    office.dung.post(f"{path}/noi-nhan/", {"agencies": ["H18.102"], "others_way": "paper"})
    office.dung.post(f"{path}/gui/")
    carried()
    return office, other, document, Document.objects.get(agency_id=other.agency_id)


def test_an_update_is_sent_seen_and_answered_on_the_pages() -> None:
    office, other, document, held = sent()
    page = text_of(office.dung, f"/van-ban/vb/{document.code}/")
    assert f"/van-ban/vb/{document.code}/cap-nhat/" in page
    form = {"due_on": "31/12/2099", "reason": "Gia hạn báo cáo"}

    done = office.dung.post(f"/van-ban/vb/{document.code}/cap-nhat/", form)
    carried()
    path = f"/van-ban/vb/{held.code}/tra-loi-thu-hoi/{asked(held).seq}/"
    asking = text_of(other.dung, path)
    other.dung.post(path, {"agrees": "co", "reason": ""})

    assert done.status_code == 302
    assert ("31/12/2099" in asking, "Gia hạn báo cáo" in asking) == (True, True)
    assert ("Mường Phăng đề nghị" in asking, "Nơi đề nghị không phải" in asking) == (True, False)
    assert "Hạn nêu trong văn bản: chưa có → 31/12/2099" in text_of(
        office.dung, f"/van-ban/vb/{document.code}/"
    )
    assert "31/12/2099" in text_of(other.dung, f"/van-ban/vb/{held.code}/")


def test_a_recall_may_concern_one_place_alone() -> None:
    office, _, document, _ = sent()
    path = f"/van-ban/vb/{document.code}/thu-hoi/"

    refused = office.dung.post(path, {"where": "nham", "reason": "Gửi nhầm"})
    done = office.dung.post(path, {"where": "nham", "places": ["H18.102"], "reason": "Gửi nhầm"})

    document.refresh_from_db()
    assert (refused.status_code, done.status_code, document.state) == (422, 302, State.ISSUED)
    page = text_of(office.dung, f"/van-ban/vb/{document.code}/")
    assert "Chỉ thu hồi ở: UBND xã Nà Tấu" in page


def test_a_replacement_is_begun_from_the_document_and_asks_why() -> None:
    office, _, document, _ = sent()
    path = f"/van-ban/di/moi/?thay-the={document.code}&loai=18"
    form = {"kind": "18", "urgency": "0", "subject": "V/v họp", "text": "Sửa lại.", "reason": ""}
    begun = text_of(office.dung, path)
    assert ('name="reason"' in begun, "Ủy ban nhân dân xã đề nghị" in begun) == (True, True)

    refused = office.dung.post(path, form)
    done = office.dung.post(path, {**form, "reason": "Sai ngày họp"})

    draft = Document.objects.get(replaces_id=document.pk)
    assert (refused.status_code, done.status_code) == (422, 302)
    assert (draft.change_reason, documents.recipients_of(draft)[0].code) == (
        "Sai ngày họp",
        "H18.102",
    )
    assert "Thay thế" in text_of(office.dung, f"/van-ban/vb/{draft.code}/")


def test_what_nobody_asks_cannot_be_answered() -> None:
    _, other, _, held = sent()

    answer = other.dung.get(f"/van-ban/vb/{held.code}/tra-loi-thu-hoi/1/")

    assert answer.status_code == 404
    assert not DocumentStep.objects.filter(kind=StepKind.RECALL).exists()
