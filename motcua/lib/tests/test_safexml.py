"""XML of strangers is read, or refused before it does harm."""

from pathlib import Path

import pytest

from motcua.lib.safexml import BrokenXml, UnsafeXml, looks_like_xml, read_xml

LAUGHS = b"""<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>"""
_GROWING = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
IN_ATTRIBUTE = f'<!DOCTYPE a [<!ENTITY x0 "ha">{_GROWING}]><a b="&x9;"/>'.encode()
OUTSIDE = b"""<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>"""


def test_an_ordinary_document_is_read() -> None:
    assert read_xml("<a>Mường Phăng</a>".encode()).text == "Mường Phăng"


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, LAUGHS.decode().encode("utf-16")])
def test_declarations_are_refused_in_every_encoding(content: bytes) -> None:
    with pytest.raises(UnsafeXml, match="document type"):
        read_xml(content)


def test_a_file_of_this_machine_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    content = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'

    with pytest.raises(UnsafeXml):
        read_xml(content.encode("utf-16"))


def test_laughter_in_an_attribute_is_refused_soon() -> None:
    with pytest.raises((UnsafeXml, BrokenXml)):
        read_xml(IN_ATTRIBUTE)


def test_words_about_declarations_are_no_declaration() -> None:
    assert read_xml(b"<a><![CDATA[<!DOCTYPE html>]]></a>").text == "<!DOCTYPE html>"


def test_giants_are_refused_unread() -> None:
    with pytest.raises(UnsafeXml, match="too large"):
        read_xml(b"<a>" + b" " * 100, most_bytes=100)


@pytest.mark.parametrize(
    "content", [b"", b"<a>", b"no xml", b"<a>" * 100_000, b"<a>&nothing;</a>", b"<a b='1' b='2'/>"]
)
def test_damaged_documents_are_told_as_such(content: bytes) -> None:
    with pytest.raises(BrokenXml):
        read_xml(content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xef\xbb\xbf <a/>", True),
        ("<a/>".encode("utf-16"), True),
        (b"%PDF-1.7", False),
        (b"", False),
    ],
)
def test_xml_is_known_by_its_beginning(content: bytes, expected: object) -> None:
    assert looks_like_xml(content) is expected
