"""What the product hands to a device is what the agent agrees to sign."""

from base64 import b64encode

import pytest

from agent.documents import NotWhatItSays, read_documents
from motcua.foundation.identity import api as identity
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import (
    make_leader,
    make_outside_certificate,
    make_request,
    run_signer,
)
from motcua.foundation.trust.api import Way
from motcua.foundation.trust.tests.make import MONDAY

pytestmark = pytest.mark.django_db


def handed_out() -> tuple[dict[str, object], str]:
    """Return what a page passes on for one document, and the certificate it is for."""
    hoa = make_leader()
    officer_id = identity.get_account(hoa.id).officer_id
    certificate = make_outside_certificate("Hoa (token)", officer_id, way=Way.AGENT)
    request = make_request(hoa)
    signing.begin_attempt(request.code, by=hoa, at=MONDAY, hand=certificate.sha256)
    run_signer()
    attempt = signing.underway_of(hoa)[0]
    half = signing.half_made(attempt.pk, by=hoa)
    row: dict[str, object] = {
        "id": attempt.pk,
        "title": "Giấy xác nhận",
        "content": b64encode(half.content).decode(),
        "attributes": half.attributes.hex(),
        "reserved": f"{half.reserved_start}-{half.reserved_end}",
    }
    return row, certificate.sha256


def test_the_agent_agrees_to_what_the_product_prepares() -> None:
    row, certificate = handed_out()

    (document,) = read_documents([row], certificate)

    assert document.content.startswith(b"%PDF-")


def test_the_agent_does_not_sign_for_another_document() -> None:
    row, certificate = handed_out()
    other = b64encode(b"%PDF-1.7 something else" + b" " * 100_000).decode()

    with pytest.raises(NotWhatItSays, match="không phải của văn bản"):
        read_documents([row | {"content": other}], certificate)
