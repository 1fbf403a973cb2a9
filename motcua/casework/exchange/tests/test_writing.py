import re
from base64 import b64decode
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from motcua.casework.exchange.choices import BusinessKind, Status
from motcua.casework.exchange.errors import CannotWrite
from motcua.casework.exchange.rules.edxml.contents import content_of
from motcua.casework.exchange.rules.edxml.messages import Attachment, Organ
from motcua.casework.exchange.rules.edxml.structure import DOCUMENT, STATUS, Form, Part, parts_of

from .messages import PDF, RECEIVER, make_full, make_message, make_status, read, write

# Elements that others may send and that say nothing we would say.
NOT_WRITTEN = {"ReferenceCodes", "ReplyFors", "DepartmentId", "StaffId", "Signature"}
NOT_WRITTEN |= {"DigitalSignature"}


def paths_in(content: bytes) -> list[str]:
    """Return the path of every element below the root, each once, as they come."""
    root = etree.fromstring(content)
    found = []
    for node in root.iterdescendants():
        above = [node, *node.iterancestors()][:-1]
        found.append("/".join(etree.QName(one).localname for one in reversed(above)))
    return list(dict.fromkeys(found))


def written_paths(whole: Part) -> list[str]:
    return [path for path, part in parts_of(whole) if part.name not in NOT_WRITTEN]


def test_every_element_of_the_table_is_written_in_its_order() -> None:
    written = {path for kind in BusinessKind for path in paths_in(write(make_full(kind)))}
    update = paths_in(write(make_full(BusinessKind.UPDATE)))

    assert written == set(written_paths(DOCUMENT))
    assert update == [path for path in written_paths(DOCUMENT) if "Replacement" not in path]


def test_every_element_of_a_status_is_written_in_its_order() -> None:
    assert paths_in(write(make_status())) == written_paths(STATUS)


def test_the_order_is_that_of_the_official_samples() -> None:
    header = etree.fromstring(write(make_full())).find(".//{*}MessageHeader")

    assert header is not None
    assert list(dict.fromkeys(etree.QName(one).localname for one in header))[:15] == [
        *("From", "To", "DocumentId", "Code", "PromulgationInfo", "DocumentType", "Subject"),
        *("Content", "SignerInfo", "DueDate", "OtherInfo", "ResponseFor", "SteeringType"),
        *("ToPlaces", "ResponseForTask"),
    ]


@pytest.mark.parametrize("kind", BusinessKind)
def test_a_document_comes_back_as_it_was_sent(kind: BusinessKind) -> None:
    message = make_full(kind)

    reading = read(write(message))

    assert (reading.message, reading.findings) == (message, ())


@pytest.mark.parametrize("status", Status)
def test_a_status_comes_back_as_it_was_sent(status: Status) -> None:
    message = make_status(status.value)

    reading = read(write(message))

    assert (reading.message, reading.findings) == (message, ())


@pytest.mark.parametrize("kind", BusinessKind)
def test_what_was_read_is_written_with_the_same_bytes(kind: BusinessKind) -> None:
    content = write(make_full(kind))
    message = read(content).message

    assert message is not None
    assert write(message) == content


def test_a_file_is_zipped_under_its_name_and_then_written_in_base64() -> None:
    found = re.search(rb"ContentTransferEncoded[^>]*>([^<]+)<", write(make_message()))

    assert found is not None
    with ZipFile(BytesIO(b64decode(found[1]))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"0123.pdf": PDF}


def test_old_codes_are_written_in_todays_form() -> None:
    content = write(
        make_message(receivers=(Organ("000.00.04.G18", "Bộ"), Organ("28.22.H17", "Xã")))
    )

    codes = etree.fromstring(content).xpath(
        "//*[local-name()='To']/*[local-name()='OrganId']/text()"
    )
    assert codes == ["G18.04", "H17.22.28"]


def test_a_code_of_35_characters_is_written() -> None:
    code = "H18.101." + "A" * 27
    message = make_message(receivers=(replace(RECEIVER, code=code),))

    assert read(write(message)).message == message


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"receivers": ()}, "element-missing"),
        ({"receivers": (RECEIVER, RECEIVER)}, "receiver-repeated"),
        ({"receivers": (Organ("h18", "Sở"),)}, "organ-code"),
        ({"receivers": (Organ("H18." + "A" * 40, "Sở"),)}, "text-too-long"),
        ({"subject": ""}, "element-empty"),
        ({"subject": "x" * 501}, "text-too-long"),
        ({"document_id": "0123"}, "document-id"),
        ({"issued_on": date(2026, 10, 2)}, "future"),
        ({"attachments": (Attachment("1", "a.exe", content_of(b"MZ")),)}, "type-forbidden"),
        ({"attachments": (Attachment("1", "a.pdf", content_of(b"x")),)}, "type-differs"),
        ({"attachments": (Attachment("1", "a.txt", content_of(b"")),)}, "attachment-empty"),
    ],
)
def test_a_message_that_would_not_be_valid_is_not_written(
    changes: dict[str, object], rule: str
) -> None:
    with pytest.raises(CannotWrite) as refused:
        write(make_message(**changes))

    assert refused.value.findings[0].rule == rule


def test_a_refusal_without_a_reason_is_not_written() -> None:
    with pytest.raises(CannotWrite, match="phải nêu lý do"):
        write(make_status("02", description=""))


def test_signs_that_mean_something_in_xml_are_kept() -> None:
    message = make_message(subject="A < B & “C” > D ]]> \u00e0")

    assert read(write(message)).message == message


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    reading = read(write(make_message(subject="V/v\x00 báo\x0b cáo\ufffe")))

    assert reading.message is not None
    assert getattr(reading.message, "subject", "") == "V/v báo cáo"


def test_a_file_never_has_a_path_inside_its_zip() -> None:
    message = make_message(attachments=(Attachment("1", "../etc/a.pdf", content_of(PDF)),))

    assert read(write(message)).findings == ()


def test_every_leaf_of_the_table_has_a_form() -> None:
    frames = [path for path, part in parts_of(DOCUMENT) if part.holds and part.form != Form.FRAME]

    assert frames == []
