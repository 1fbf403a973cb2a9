"""The public ledger of promises for machines: heads, leaves, proofs, countersignatures.

Open to everybody, as the ledger is; what is asked for is never more than was published.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from ninja.params import functions as params
from pydantic import Field

from motcua.channels.api.shapes import Problem
from motcua.channels.kit.access import visitor_network
from motcua.foundation.ledger import api as ledger
from motcua.foundation.requests import api as requests
from motcua.lib.canonical import moment
from motcua.lib.clock import now
from motcua.lib.errors import BadInput

REFUSED = {404: Problem, 422: Problem}
MOST_LEAVES = 256
MOST_SIGNATURES = 30
_WINDOW = timedelta(minutes=10)
_PLACE: Any = params.Query(..., ge=0)
_SIZE: Any = params.Query(..., ge=1)

router = Router(auth=None, tags=["ledger"])


class SignatureOut(Schema):
    """One signature under a head; key and signature in base64."""

    name: str
    kind: str
    key: str
    signature: str
    at: str


class HeadOut(Schema):
    """One head: the text that is signed, and who signed it."""

    size: int
    root: str
    at: str
    previous: int
    text: str
    signatures: list[SignatureOut]


class ProofOut(Schema):
    """The hashes of a proof in base64, after RFC 9162."""

    hashes: list[str]


class CountersignatureBody(Schema):
    """A signature over the text of a head, in base64."""

    signature: str = Field(min_length=1, max_length=1400)


class CountersignedOut(Schema):
    """Whose signature it was."""

    name: str


@router.get("/head", response={200: HeadOut, **REFUSED})
def latest(request: HttpRequest) -> Any:
    """Return the latest head."""
    head = ledger.latest_head()
    return _shown(head if head is not None else ledger.get_head(0))


@router.get("/heads/{size}", response={200: HeadOut, **REFUSED})
def one_head(request: HttpRequest, size: int) -> Any:
    """Return the head of a size."""
    return _shown(ledger.get_head(size))


@router.get("/leaves", response={200: None, **REFUSED})
def leaves(
    request: HttpRequest,
    first: int = _PLACE,
    limit: int = params.Query(MOST_LEAVES, ge=1, le=MOST_LEAVES),
) -> HttpResponse:
    """Return published leaves, one a line, as they are hashed."""
    size = _published()
    lines = ledger.leaves_between(first, min(first + limit, size)) if first < size else []
    content = b"".join(line + b"\n" for line in lines)
    return HttpResponse(content, content_type="application/jsonl")


@router.get("/proof/inclusion", response={200: ProofOut, **REFUSED})
def inclusion(request: HttpRequest, index: int = _PLACE, size: int = _SIZE) -> Any:
    """Return the path from a leaf to the root of a published head."""
    if index >= ledger.get_head(size).size:
        message = "Lá này không có dưới đầu sổ ấy."
        raise BadInput(message, field="index")
    return _hashes(ledger.inclusion_of("promises", index, size))


@router.get("/proof/consistency", response={200: ProofOut, **REFUSED})
def consistency(request: HttpRequest, older: int = _SIZE, size: int = _SIZE) -> Any:
    """Return what proves that one published head extends another."""
    before, after = ledger.get_head(older), ledger.get_head(size)
    if before.size > after.size:
        message = "Đầu sổ cũ phải nhỏ hơn đầu sổ mới."
        raise BadInput(message, field="older")
    return _hashes(ledger.consistency_of("promises", before.size, after.size))


@router.post("/heads/{size}/countersign", response={201: CountersignedOut, **REFUSED})
def countersign(request: HttpRequest, size: int, body: CountersignatureBody) -> Any:
    """Keep the signature of an agency that countersigns; the key says which one it is."""
    name = f"api.countersign.{visitor_network(request)}"
    if not requests.count_attempt(name, most=MOST_SIGNATURES, window=_WINDOW, at=now()):
        message = "Đã gửi quá nhiều chữ ký; hãy đợi 10 phút."
        raise BadInput(message)
    try:
        signature = b64decode(body.signature, validate=True)
    except ValueError as error:
        message = "Chữ ký phải ở dạng base64."
        raise BadInput(message, field="signature") from error
    return Status(201, {"name": ledger.countersign(size, signature, at=now())})


def _published() -> int:
    head = ledger.latest_head()
    return head.size if head is not None else 0


def _shown(head: ledger.Head) -> Mapping[str, object]:
    return {
        "size": head.size,
        "root": _word(bytes(head.root)),
        "at": moment(head.at),
        "previous": head.previous_size,
        "text": head.text,
        "signatures": [
            {
                "name": one.name,
                "kind": one.kind,
                "key": _word(one.public_key),
                "signature": _word(one.signature),
                "at": moment(one.at),
            }
            for one in ledger.signatures_of([head.size])[head.size]
        ],
    }


def _hashes(found: Sequence[bytes]) -> Mapping[str, object]:
    return {"hashes": [_word(one) for one in found]}


def _word(content: bytes) -> str:
    return b64encode(content).decode()
