"""Messages as they occur on the axis; not ours to keep in the repository."""

from datetime import date, datetime

import pytest

from motcua.casework.exchange.choices import BusinessKind
from motcua.casework.exchange.errors import CannotWrite
from motcua.casework.exchange.rules.edxml.findings import Severity
from motcua.casework.exchange.rules.edxml.messages import DocumentMessage, StatusMessage
from motcua.casework.exchange.rules.edxml.reader import Reading
from motcua.lib.clock import HANOI

from .messages import read, write
from .real_messages import FOLDER

NAMES = {
    "edoc_new.edxml": BusinessKind.NEW,
    "edoc_revocation.edxml": BusinessKind.RECALL,
    "edoc_update.edxml": BusinessKind.UPDATE,
}
STATUSES = {
    "status_inbox__01.edxml": "01",
    "status_acceptance_03.edxml": "03",
    "status_processing_05.edxml": "05",
}


def reading_of(name: str) -> Reading:
    return read((FOLDER / name).read_bytes())


def document_in(name: str) -> DocumentMessage:
    message = reading_of(name).message
    assert isinstance(message, DocumentMessage)
    return message


def errors_of(name: str) -> list[tuple[int, str, str]]:
    found = reading_of(name).findings
    return [(one.line, one.element, one.rule) for one in found if one.severity is Severity.ERROR]


@pytest.mark.parametrize(("name", "code"), STATUSES.items())
def test_a_status_is_read(name: str, code: str) -> None:
    reading = reading_of(name)

    assert isinstance(reading.message, StatusMessage)
    assert (reading.is_valid, reading.message.code) == (True, code)
    assert reading.message.about.code == "7816/VPCP-TTĐT"
    assert reading.message.at == datetime(2015, 9, 20, 11, 8, 36, tzinfo=HANOI)


@pytest.mark.parametrize(("name", "kind"), NAMES.items())
def test_a_document_is_read_with_its_business(name: str, kind: BusinessKind) -> None:
    message = document_in(name)

    assert (message.business.kind, message.subject) == (
        kind,
        "V/v kết nối, liên thông phần mềm quản lý văn bản",
    )
    assert [one.name for one in message.attachments] == ["1896_QD-TTg_m_294779.doc"]


def test_what_is_wrong_with_the_samples_is_found() -> None:
    lying = "ContentTransferEncoded", "type-differs"

    assert errors_of("edoc_new.edxml") == [(72, "DocumentId", "document-id-date"), (123, *lying)]
    assert errors_of("edoc_revocation.edxml") == [(147, *lying)]
    assert errors_of("edoc_update.edxml") == [
        (91, "DocumentId", "document-id-date"),
        (156, *lying),
    ]


def test_the_one_that_is_no_xml_is_refused_where_it_breaks() -> None:
    reading = reading_of("edoc.edxml")

    assert (reading.message, [(one.line, one.rule) for one in reading.findings]) == (
        None,
        [(74, "xml-broken")],
    )


def test_the_file_is_taken_out_of_its_zip() -> None:
    [file] = document_in("edoc_new.edxml").attachments

    assert (file.content.size, file.content.read()[:5]) == (386_299, b"<?xml")


def test_an_update_says_who_comes_and_who_goes() -> None:
    update = document_in("edoc_update.edxml").business.update

    assert update is not None
    assert [(one.organ, one.is_added) for one in update.receivers] == [
        ("000.00.00.H41", False),
        ("000.00.00.H14", True),
    ]


def test_a_recall_answers_an_earlier_document() -> None:
    message = document_in("edoc_revocation.edxml")

    assert [(one.code, one.issued_on) for one in message.answers] == [
        ("267/VPCP-TTĐT", date(2018, 9, 28))
    ]


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_is_written_in_our_form_and_stays_so(name: str) -> None:
    message = reading_of(name).message
    assert message is not None
    ours = write(message)

    again = read(ours)

    assert {one.rule for one in again.findings} == {"status-before-issue"}
    assert again.message is not None
    assert write(again.message) == ours


@pytest.mark.parametrize("name", NAMES)
def test_a_document_that_has_errors_is_not_written_again(name: str) -> None:
    with pytest.raises(CannotWrite):
        write(document_in(name))
