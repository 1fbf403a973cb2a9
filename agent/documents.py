"""What is to be signed is looked at: the hash must be that of the very document that is shown."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from asn1crypto import cms, tsp  # tsp: cms knows that attribute only with it

MOST_DOCUMENTS = 200
_LONGEST = 300
_MAGIC = b"%PDF-"


class NotWhatItSays(Exception):
    """What is to be signed does not belong to the document that is shown; the text is shown."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document to sign: what it is called, its bytes, and what is signed for it."""

    id: int
    title: str
    content: bytes = field(repr=False)
    attributes: bytes = field(repr=False)


def read_documents(rows: Any, certificate: str) -> Sequence[Document]:
    """Return the documents a page sends, each of them proven. Raises: NotWhatItSays."""
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_DOCUMENTS:
        raise NotWhatItSays(f"Mỗi lần ký từ 1 đến {MOST_DOCUMENTS} văn bản.")
    try:
        return [_document(row, certificate) for row in rows]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotWhatItSays("Yêu cầu ký không đọc được.") from error


def _document(row: Mapping[str, Any], certificate: str) -> Document:
    content = b64decode(row["content"], validate=True)
    attributes = bytes.fromhex(row["attributes"])
    start, end = (int(part) for part in str(row["reserved"]).split("-"))
    title = "".join(one for one in str(row["title"]) if one.isprintable())[:_LONGEST]
    if not content.startswith(_MAGIC) or not 0 < start < end < len(content):
        raise NotWhatItSays(f"“{title}” không phải tệp PDF chờ ký.")
    signed = cms.CMSAttributes.load(attributes, strict=True)
    digest = sha256(content[:start] + content[end:]).digest()
    if _only(signed, "message_digest") != digest:
        raise NotWhatItSays(f"Dữ liệu ký không phải của văn bản “{title}”; không ký.")
    named = _only(signed, "signing_certificate_v2")
    if not isinstance(named, tsp.SigningCertificateV2):
        raise NotWhatItSays("Dữ liệu ký không có dạng chữ ký PAdES; không ký.")
    digest_of_certificate = named["certs"][0]["cert_hash"].native
    if digest_of_certificate.hex() != certificate:
        raise NotWhatItSays(f"“{title}” được lập cho chứng thư khác; không ký.")
    return Document(int(row["id"]), title, content, attributes)


def _only(attributes: cms.CMSAttributes, kind: str) -> Any:
    """Return the one value of the one attribute of a kind. Raises: NotWhatItSays."""
    found = [one["values"] for one in attributes if one["type"].native == kind]
    if len(found) != 1 or len(found[0]) != 1:
        raise NotWhatItSays("Dữ liệu ký không có dạng chữ ký PAdES; không ký.")
    value = found[0][0]
    return value.native if kind == "message_digest" else value
