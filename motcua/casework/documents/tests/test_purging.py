"""What turns out to be a state secret is destroyed wherever it lies, and its sender is told."""

from dataclasses import replace

import pytest

from motcua.casework.documents.api import FileIn, FileRole, purge_secret
from motcua.casework.documents.choices import State
from motcua.casework.documents.errors import DocumentError, SecretDocument
from motcua.casework.documents.models import Document, DocumentFile, DraftVersion, Recipient
from motcua.casework.documents.operations.drafting import begin_draft
from motcua.casework.documents.operations.purging import GONE, forget_purged
from motcua.casework.documents.operations.receiving import answer_for
from motcua.casework.documents.operations.wording import index_words
from motcua.casework.exchange import api as exchange
from motcua.foundation.files import api as files
from motcua.foundation.search import api as search
from motcua.lib.actor import SYSTEM
from motcua.lib.errors import BadInput, NotAllowed

from .make import BODY, MONDAY, Office, draft_of, make_arrival, make_office, make_registered
from .test_exchanging import carried, make_delivered

pytestmark = pytest.mark.django_db


def with_file(office: Office) -> tuple[str, files.StoredFile]:
    """Take in a document with a file that can be found by its words."""
    stored = files.keep_bytes("Phương án phòng thủ".encode(), "text/plain", by=SYSTEM, at=MONDAY)
    code = make_arrival(office, files=[FileIn(FileRole.MAIN, stored.pk, "a.txt")]).code
    index_words(code)
    return code, stored


def hits(office: Office, words: str) -> int:
    return len(search.find_text(words, kinds=("document",), scope_ids=office.dung.scope_ids).rows)


def test_a_secret_arrival_is_refused_and_its_file_is_gone() -> None:
    office = make_office()
    code, stored = with_file(office)
    before = hits(office, "phòng thủ")

    document = purge_secret(code, "Tối mật", by=office.dung, at=MONDAY)

    stored.refresh_from_db()
    assert (document.state, document.subject) == (State.REFUSED, GONE)
    assert (before, hits(office, "phòng thủ")) == (1, 0)
    assert stored.purged_at == MONDAY
    assert DocumentFile.objects.filter(document=document, gone_at=None).count() == 0


def test_a_secret_that_has_a_number_keeps_it() -> None:
    office = make_office()
    document = make_registered(office)

    gone = purge_secret(document.code, "mật", by=office.dung, at=MONDAY)

    assert (gone.state, gone.ordinal) == (State.RETURNED, 1)


def test_the_sender_hears_why_and_loses_the_content_too() -> None:
    _, second, sent, received = make_delivered()

    gone = purge_secret(received.code, "MẬT", by=second.dung, at=MONDAY)
    answer_for(gone.code, gone.version, at=MONDAY)
    carried(2)

    told = Recipient.objects.get(document=sent)
    assert (told.status, "dấu “MẬT”" in exchange_reason(received)) == ("02", True)
    kept = DocumentFile.objects.select_related("file").get(document=sent)
    assert kept.file.purged_at == MONDAY
    assert exchange.evidence_of(received.envelope) is None


def exchange_reason(received: Document) -> str:
    shown = exchange.find_envelope(received.envelope)
    return shown.recipients[0].moves[-1].reason if shown else ""


def test_others_who_hold_the_content_find_it_no_more() -> None:
    office = make_office()
    code, stored = with_file(office)
    again = FileIn(FileRole.MAIN, stored.pk, "b.txt")
    other = make_arrival(office, files=[again]).code
    index_words(other)

    purge_secret(code, "mật", by=office.dung, at=MONDAY)
    forget_purged(stored.pk)

    assert hits(office, "phòng thủ") == 0


def test_only_the_registry_or_the_drafter_says_that_it_is_secret() -> None:
    office = make_office()
    code, _ = with_file(office)

    with pytest.raises(NotAllowed):
        purge_secret(code, "mật", by=office.tuan, at=MONDAY)
    with pytest.raises(BadInput, match="dấu độ mật"):
        purge_secret(code, "thường", by=office.dung, at=MONDAY)


def test_a_drafter_destroys_his_own_draft() -> None:
    office = make_office()
    draft = begin_draft(draft_of(office), by=office.tuan, at=MONDAY)

    gone = purge_secret(draft.code, "mật", by=office.tuan, at=MONDAY)

    assert gone.state == State.DROPPED
    assert DraftVersion.objects.get(document=gone).body is None
    with pytest.raises(DocumentError, match="bảo mật"):
        purge_secret(draft.code, "mật", by=office.tuan, at=MONDAY)


def test_a_draft_with_the_mark_in_its_text_is_not_begun() -> None:
    office = make_office()
    body = replace(BODY, text=f"MẬT\n{BODY.text}")

    with pytest.raises(SecretDocument):
        begin_draft(draft_of(office, body=body), by=office.tuan, at=MONDAY)
