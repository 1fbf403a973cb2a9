"""What signatures in XML are worth; every way of altering such a document is caught and named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from signxml.algorithms import SignatureConstructionMethod as Way

from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication, Report
from motcua.foundation.signing.rules.examining.words import (
    DECLARING,
    OLD_FORM,
    PARTLY,
    TWICE,
    UNREADABLE,
)
from motcua.foundation.trust.tests.make import A_YEAR, MONDAY, make_leaf

from . import xml_corpus as corpus
from .test_engine import make_world

PASSED, FAILED, UNCERTAIN = Indication.PASSED, Indication.FAILED, Indication.INDETERMINATE
Made = Callable[[], bytes]


def examined(content: bytes, beside: bytes | None = None) -> Report:
    return examine_file(content, make_world(), beside)


@pytest.mark.parametrize(
    ("made", "level", "covers"),
    [
        (corpus.signed, "XAdES B-B", "toàn bộ tệp"),
        (lambda: corpus.signed(way=Way.enveloping), "XAdES B-B", "nội dung nằm trong chữ ký"),
        (corpus.signed_part, "XAdES B-B", "phần “Phan”"),
        (corpus.signed_plainly, "", "toàn bộ tệp"),
        (
            lambda: corpus.signed(pair=make_leaf(corpus.HOA, kind="ec")),
            "XAdES B-B",
            "toàn bộ tệp",
        ),
        (corpus.signed_by_two, "XAdES B-B", "toàn bộ tệp"),
    ],
)
def test_what_another_library_signed_passes(made: Made, level: str, covers: str) -> None:
    report = examined(made())

    assert (report.verdict.indication, report.form) == (PASSED, "xml")
    first = report.signatures[0]
    assert (first.signer, first.level, first.covers) == (corpus.HOA, level, covers)


def test_a_signature_tells_its_moment_if_it_signs_that_too() -> None:
    assert [one.claimed_at for one in examined(corpus.signed()).signatures] == [MONDAY]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (corpus.with_other_amount, (FAILED, "HASH_FAILURE")),
        (corpus.with_other_time, (FAILED, "HASH_FAILURE")),
        (corpus.with_other_value, (FAILED, "SIG_CRYPTO_FAILURE")),
        (corpus.with_other_signer, (FAILED, "HASH_FAILURE")),
        (corpus.wrapped, (UNCERTAIN, PARTLY)),
        (corpus.wrapped_under_one_id, (FAILED, TWICE)),
        (corpus.with_something_beside, (UNCERTAIN, PARTLY)),
        (corpus.with_something_within_the_signature, (UNCERTAIN, PARTLY)),
        (corpus.with_other_transform, (UNCERTAIN, OLD_FORM)),
        (corpus.with_declarations, (UNCERTAIN, DECLARING)),
        (lambda: corpus.signed_plainly(is_old=True), (UNCERTAIN, "CRYPTO_CONSTRAINTS_FAILURE")),
        (corpus.signed_beside, (UNCERTAIN, "SIGNED_DATA_NOT_FOUND")),
        (lambda: corpus.signed()[:-300], (FAILED, UNREADABLE)),
        (corpus.with_a_certificate_that_is_none, (FAILED, UNREADABLE)),
        (corpus.RECEIPT[:-9].encode, (UNCERTAIN, UNREADABLE)),
        (corpus.RECEIPT.encode, (Indication.UNSIGNED, "")),
    ],
)
def test_every_alteration_has_its_answer(made: Made, expected: tuple[Indication, str]) -> None:
    verdict = examined(made()).verdict

    assert (verdict.indication, verdict.sub) == expected


@pytest.mark.parametrize(
    ("made", "named"),
    [
        (corpus.wrapped, "“BienLai”"),
        (corpus.with_something_beside, "“GhiChu”"),
        (corpus.with_something_within_the_signature, "“GhiChu”"),
    ],
)
def test_what_nobody_signed_is_named(made: Made, named: str) -> None:
    assert examined(made()).verdict.words.endswith(f"Đó là: {named}.")


def test_what_nobody_signed_is_named_where_the_signer_is_not_known_either() -> None:
    report = examine_file(corpus.wrapped(), replace(make_world(), anchors={}))

    assert (report.verdict.sub, report.warnings) == (
        "NO_CERTIFICATE_CHAIN_FOUND",
        ("Phần không có chữ ký nào bao phủ: “BienLai”.",),
    )


def test_a_signature_apart_holds_for_its_own_file_only() -> None:
    signature, own = corpus.signed_beside(), corpus.RECEIPT.encode()

    found = [examined(signature, beside).verdict.indication for beside in (own, b"<other/>")]

    assert found == [PASSED, FAILED]


def test_a_time_stamp_proves_the_moment_and_outlives_the_certificate() -> None:
    world = replace(make_world(), at=MONDAY + timedelta(hours=1))

    (one,) = examine_file(corpus.stamped(), world).signatures

    assert (one.level, one.proven_at, one.proven_by, one.verdict.indication) == (
        "XAdES B-T",
        MONDAY,
        "Dấu thời gian thử nghiệm",
        PASSED,
    )


def test_a_time_stamp_over_something_else_proves_nothing() -> None:
    (one,) = examined(corpus.stamped_elsewhere()).signatures

    assert (one.level, one.proven_at) == ("XAdES B-T", None)


@pytest.mark.parametrize(
    ("changes", "sub"),
    [
        ({"anchors": {}}, "NO_CERTIFICATE_CHAIN_FOUND"),
        ({"crls": ()}, "TRY_LATER"),
        ({"at": MONDAY + 2 * A_YEAR}, "OUT_OF_BOUNDS_NO_POE"),
    ],
)
def test_the_signer_is_judged_as_in_a_pdf(changes: dict[str, Any], sub: str) -> None:
    verdict = examine_file(corpus.signed(), replace(make_world(), **changes)).verdict

    assert (verdict.indication, verdict.sub) == (UNCERTAIN, sub)
