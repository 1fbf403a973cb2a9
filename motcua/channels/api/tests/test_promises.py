"""The ledger for machines: open to everybody, and never more than was published."""

import json
from base64 import b64decode, b64encode
from typing import Any

import pytest
from django.test import Client

from motcua.casework.dossiers.tests.make import MONDAY, make_all, make_received
from motcua.foundation.ledger import api as ledger
from motcua.foundation.ledger.tests.make import HOA, SoftwareSigner, later
from motcua.lib.merkle import extends, includes, leaf_hash

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "/api/v1/ledger"


@pytest.fixture
def sizes() -> tuple[int, int]:
    """Two heads over the promises of two dossiers."""
    commune = make_all()
    make_received(commune)
    ledger.seal("promises", at=MONDAY)
    first = ledger.make_head(at=MONDAY)
    make_received(commune)
    ledger.seal("promises", at=later())
    second = ledger.make_head(at=later())
    make_received(commune)
    ledger.seal("promises", at=later())
    assert first is not None
    assert second is not None
    return first.size, second.size


def get(client: Client, path: str) -> Any:
    answer = client.get(f"{BASE}{path}")
    return answer.json() if answer.status_code == 200 else answer.status_code


def unwrapped(words: list[str]) -> list[bytes]:
    return [b64decode(word) for word in words]


def test_the_latest_head_is_told(client: Client, sizes: tuple[int, int]) -> None:
    head = get(client, "/head")

    assert (head["size"], head["previous"], head["signatures"]) == (sizes[1], sizes[0], [])


def test_before_the_first_head_there_is_none(client: Client) -> None:
    assert get(client, "/head") == 404


def test_leaves_are_told_as_they_are_hashed_and_no_further_than_the_head(
    client: Client, sizes: tuple[int, int]
) -> None:
    lines = client.get(f"{BASE}/leaves?first=0").content.splitlines()
    head = get(client, "/head")
    path = unwrapped(get(client, f"/proof/inclusion?index=1&size={sizes[1]}")["hashes"])

    assert len(lines) == sizes[1]
    assert includes(leaf_hash(lines[1]), 1, sizes[1], path, b64decode(head["root"]))


def test_heads_are_proven_to_extend_each_other(client: Client, sizes: tuple[int, int]) -> None:
    older, newer = (get(client, f"/heads/{size}") for size in sizes)
    proof = unwrapped(get(client, f"/proof/consistency?older={sizes[0]}&size={sizes[1]}")["hashes"])

    tips = [(head["size"], b64decode(head["root"])) for head in (older, newer)]
    assert extends(tips[0], tips[1], proof)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/heads/3", 404),
        ("/proof/inclusion?index=1&size=3", 404),
        ("/proof/inclusion?index=9&size=4", 422),
        ("/proof/consistency?older=4&size=2", 422),
        ("/proof/consistency?older=0&size=2", 422),
        ("/leaves?first=-1", 422),
    ],
)
@pytest.mark.usefixtures("sizes")
def test_what_was_not_published_is_not_told(client: Client, path: str, status: int) -> None:
    assert get(client, path) == status


def countersign(client: Client, size: int, signature: bytes) -> Any:
    body = json.dumps({"signature": b64encode(signature).decode()})
    path = f"{BASE}/heads/{size}/countersign"
    return client.post(path, body, content_type="application/json")


def test_a_known_agency_countersigns(client: Client, sizes: tuple[int, int]) -> None:
    witness = SoftwareSigner()
    ledger.know_countersigner("Thanh tra tỉnh", witness.public_key, by=HOA, at=MONDAY)
    text = get(client, f"/heads/{sizes[1]}")["text"].encode()

    answer = countersign(client, sizes[1], witness.sign(text))

    names = [one["name"] for one in get(client, "/head")["signatures"]]
    assert (answer.status_code, answer.json(), names) == (
        201,
        {"name": "Thanh tra tỉnh"},
        ["Thanh tra tỉnh"],
    )


def test_a_stranger_does_not_countersign(client: Client, sizes: tuple[int, int]) -> None:
    text = get(client, f"/heads/{sizes[1]}")["text"].encode()

    answer = countersign(client, sizes[1], SoftwareSigner().sign(text))

    assert (answer.status_code, get(client, "/head")["signatures"]) == (422, [])
