"""Answers of services: whatever is odd is refused."""

from typing import Any

import pytest

from motcua.adapters.push_signing import shapes
from motcua.foundation.signing.api import PushOrder, PushState

ORDER = PushOrder("gd", "011198000123", "5401", {"giay-1": b"\1" * 32})
ROW = {"doc_id": "giay-1", "signature_value": "AAEC"}


def told(message: str, **data: Any) -> dict[str, Any]:
    return {"status_code": 200, "message": message, "data": {"transaction_id": "gd", **data}}


@pytest.mark.parametrize(
    ("message", "state"),
    [
        ("sig_wait_for_user_confirm", PushState.WAITING),
        ("", PushState.WAITING),
        ("sig_user_rejected", PushState.REFUSED),
        ("Transaction EXPIRED", PushState.EXPIRED),
    ],
)
def test_the_message_tells_how_far_it_is(message: str, state: PushState) -> None:
    assert shapes.read_answer(told(message), ORDER).state == state


def test_a_signature_is_taken_with_its_paper() -> None:
    answer = shapes.read_answer(told("SUCCESS", signatures=[ROW]), ORDER)

    assert (answer.state, answer.signatures) == (PushState.SIGNED, {"giay-1": b"\0\1\2"})


@pytest.mark.parametrize(
    "signatures",
    [
        "AAEC",
        [ROW, {**ROW, "signature_value": "AAED"}],
        [{"doc_id": "giay-9", "signature_value": "AAEC"}],
        [{"doc_id": "giay-1"}],
        [{**ROW, "signature_value": "không"}],
        [None],
    ],
    ids=["words", "two ways", "another paper", "no value", "no base64", "nothing"],
)
def test_odd_signatures_are_refused(signatures: object) -> None:
    with pytest.raises(shapes.Odd):
        shapes.read_answer(told("SUCCESS", signatures=signatures), ORDER)


def test_a_success_without_signatures_is_odd() -> None:
    with pytest.raises(shapes.Odd):
        shapes.read_answer(told("SUCCESS"), ORDER)


def test_another_transaction_is_odd() -> None:
    said = {"message": "SUCCESS", "data": {"transaction_id": "khac", "signatures": [ROW]}}

    with pytest.raises(shapes.Odd):
        shapes.read_answer(said, ORDER)


@pytest.mark.parametrize(
    "rows", [None, [1], [{"serial_number": "1"}], [{"serial_number": "", "cert_data": "AA=="}]]
)
def test_odd_certificates_are_refused(rows: object) -> None:
    with pytest.raises(shapes.Odd):
        shapes.read_keys({"data": {"user_certificates": rows}})


def test_a_question_names_each_paper_and_its_hash_in_hexadecimal() -> None:
    (row,) = shapes.start_body(ORDER)["sign_files"]

    assert (row["doc_id"], row["data_to_be_signed"]) == ("giay-1", "01" * 32)
