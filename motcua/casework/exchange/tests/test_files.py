"""Files inside messages: packed, doubled, hidden, harmful, large."""

import tracemalloc
from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from motcua.casework.exchange.rules.edxml import contents, parsing
from motcua.casework.exchange.rules.edxml.contents import Content, content_of, file_content
from motcua.casework.exchange.rules.edxml.findings import OF_THE_LINE, RULES
from motcua.casework.exchange.rules.edxml.messages import Attachment, DocumentMessage
from motcua.casework.exchange.rules.edxml.reader import read_message
from motcua.casework.exchange.rules.edxml.writer import write_message

from .messages import NOW, PDF, make_message, read, rules_of, write

GOOD = write(make_message())
START = b'xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">'


def with_file(encoded: bytes, name: str = "0123.pdf", media_type: str = "application/zip") -> bytes:
    """Return a message whose file is this base64."""
    head, _, rest = GOOD.rpartition(START)
    whole = head + START + encoded + rest[rest.index(b"</edXML:ContentTransferEncoded>") :]
    whole = whole.replace(b"0123.pdf", name.encode())
    return whole.replace(b"application/zip", media_type.encode())


def zipped(files: dict[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    """Return these files as a zip in base64."""
    target = BytesIO()
    with ZipFile(target, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return b64encode(target.getvalue())


def locked() -> bytes:
    """Return a zip that says of its file that it needs a password."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("a.pdf", PDF)
    content = bytearray(target.getvalue())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return b64encode(bytes(content))


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
BROKEN = [
    ("attachment-base64", with_file(b"@@@@")),
    ("attachment-base64", with_file(b"AAA")),
    ("attachment-base64", with_file(b"AA==AAAA")),
    ("attachment-empty", with_file(b"")),
    ("attachment-absent", GOOD.replace(b"<ContentId>cid:1", b"<ContentId>cid:2")),
    ("attachment-unlisted", GOOD.replace(b"<ContentId>cid:1", b"<ContentId>cid:2")),
    ("attachment-id-repeated", GOOD.replace(
        b"</AttachmentEncoded>", b"<Attachment>" + GOOD.partition(b"<Attachment>")[2].partition(
            b"</AttachmentEncoded>")[0] + b"</AttachmentEncoded>")),
    ("attachment-name-differs", GOOD.replace(b"<AttachmentName>0123", b"<AttachmentName>0124")),
    ("zip-broken", with_file(b64encode(b"PK\x03\x04 nothing else"))),
    ("zip-broken", with_file(zipped({"a.pdf": PDF}, ZIP_BZIP2))),
    ("zip-bomb", with_file(zipped({"a.pdf": PDF + bytes(5_000_000)}))),
    ("zip-nested", with_file(zipped({"b.zip": b64decode(zipped({"a.pdf": PDF}))}), "a.zip")),
    ("zip-nested", with_file(zipped({"a.pdf": b"Rar!\x1a\x07\x00"}))),
    ("zip-path", with_file(zipped({"../../etc/cron.d/a": PDF}))),
    ("zip-path", with_file(zipped({"c:\\windows\\a.pdf": PDF}))),
    ("zip-locked", with_file(locked())),
    ("zip-more", with_file(zipped({"a.pdf": PDF, "b.pdf": PDF}))),
    ("not-zipped", with_file(b64encode(PDF), media_type="application/pdf")),
    ("type-differs", with_file(zipped({"a.pdf": b"<html></html>"}))),
    ("type-differs", with_file(zipped({"a.docx": PDF}), "a.docx")),
    ("type-forbidden", with_file(zipped({"a.pdf": b"MZ\x90\x00"}))),
    ("type-forbidden", with_file(zipped({"a.vbs": b"x = 1"}), "a.vbs")),
    ("type-announced", with_file(zipped({"a.pdf": PDF}), media_type="application/pdf")),
    ("type-announced", with_file(b64encode(PDF))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "content"), BROKEN)
def test_what_is_wrong_with_a_file_is_named(rule: str, content: bytes) -> None:
    assert rule in rules_of(content)


def test_a_zip_inside_a_zip_is_not_opened() -> None:
    inner = BytesIO()
    with ZipFile(inner, "w") as archive:
        archive.writestr("a.pdf", PDF)

    assert rules_of(with_file(zipped({"a.pdf": inner.getvalue()}))) == ["zip-nested"]


def files_of(content: bytes) -> list[tuple[str, bytes]]:
    message = read(content).message
    assert isinstance(message, DocumentMessage)
    return [(one.name, one.content.read()) for one in message.attachments]


def test_the_first_file_of_a_zip_counts() -> None:
    two = zipped({"folder.pdf": PDF, "b.pdf": b"%PDF-1.4 other"})

    assert files_of(with_file(two)) == [("0123.pdf", PDF)]


def test_a_word_file_sent_as_it_is_is_no_wrapping() -> None:
    word = zipped(WORD)
    content = with_file(word, "a.docx", "application/octet-stream")

    assert files_of(content)[0][1].startswith(b"PK\x03\x04")
    assert rules_of(content) == ["not-zipped"]


def test_a_word_file_in_a_zip_is_taken_out() -> None:
    inner = BytesIO()
    with ZipFile(inner, "w") as archive:
        for name, part in WORD.items():
            archive.writestr(name, part)

    content = with_file(zipped({"a.docx": inner.getvalue()}), "a.docx")

    assert (files_of(content), rules_of(content)) == ([("a.docx", inner.getvalue())], [])


def test_base64_may_be_cut_into_lines() -> None:
    encoded = zipped({"a.pdf": PDF * 20})
    lines = b"\n   ".join(encoded[place : place + 61] for place in range(0, len(encoded), 61))

    assert files_of(with_file(lines)) == [("0123.pdf", PDF * 20)]


def test_a_file_that_could_run_is_not_handed_on() -> None:
    assert files_of(with_file(zipped({"a.pdf": b"MZ\x90\x00"}))) == []


def test_a_file_larger_than_allowed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents.Base64Reader.__init__, "__defaults__", (10,))

    assert rules_of(GOOD) == ["attachment-too-large"]


def test_a_message_larger_than_allowed_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST_BYTES", 1_000)

    assert rules_of(GOOD) == ["file-too-large"]


def test_every_rule_about_files_has_a_message_that_breaks_it() -> None:
    about = {rule for rule in RULES if rule.startswith(("zip-", "type-", "attachment-"))}
    tried = {rule for rule, _ in BROKEN} | {"attachment-too-large", "not-zipped"}

    assert tried == (about | {"not-zipped"}) - OF_THE_LINE - {"attachment-none"}


@pytest.fixture
def large() -> Iterator[Content]:
    """Give fifty megabytes that cannot be packed, from a file."""
    random = Random(26)  # noqa: S311 -- no secret
    with TemporaryFile() as stream:
        stream.write(b"%PDF-1.7\n")
        for _ in range(50):
            stream.write(random.randbytes(1_000_000))
        size = stream.tell()

        class _Again:
            def __enter__(self) -> IO[bytes]:
                stream.seek(0)
                return stream

            def __exit__(self, *_: object) -> None:
                return None

        yield Content("", size, _Again)


def test_a_file_of_fifty_megabytes_takes_little_memory(large: Content) -> None:
    message = make_message(attachments=(Attachment("cid:1", "a.pdf", large),))
    tracemalloc.start()
    with TemporaryFile() as target:
        write_message(message, target, at=NOW)
        target.seek(0)
        reading = read_message(target, at=NOW)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (reading.findings, peak < 20_000_000) == ((), True)
    assert isinstance(reading.message, DocumentMessage)
    assert reading.message.attachments[0].content.size == large.size


def test_a_file_on_disk_is_known_by_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)

    assert (file_content(path), file_content(path).read()) == (content_of(PDF), PDF)
