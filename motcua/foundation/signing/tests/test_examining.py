"""What a document with signatures is worth, told in the standard's terms."""

from dataclasses import replace
from hashlib import sha256

import pytest
from pyhanko.pdf_utils import generic

from motcua.foundation.signing.rules.examining.pdf import examine_pdf
from motcua.foundation.signing.rules.examining.report import Indication
from motcua.foundation.signing.rules.examining.words import CHANGED
from motcua.foundation.signing.rules.order import NUMBER
from motcua.foundation.signing.rules.pdf import Name, fields_of, opened, written
from motcua.foundation.trust.tests.make import A_YEAR, MONDAY, make_leaf

from .make import make_drafted, make_prepared
from .test_engine import SEAL, make_sealed, make_world


def judged(content: bytes) -> tuple[Indication, str]:
    verdict = examine_pdf(content, make_world()).verdict
    return verdict.indication, verdict.sub


def test_a_document_without_signatures_is_unsigned() -> None:
    assert judged(make_prepared()) == (Indication.UNSIGNED, "")


def test_a_signature_of_an_unknown_authority_is_not_trusted_and_not_false() -> None:
    world = replace(make_world(), anchors={})

    verdict = examine_pdf(make_sealed(), world).verdict

    expected = (Indication.INDETERMINATE, "NO_CERTIFICATE_CHAIN_FOUND")
    assert (verdict.indication, verdict.sub) == expected


def test_without_word_of_revocation_nothing_passes() -> None:
    verdict = examine_pdf(make_sealed(), replace(make_world(), crls=())).verdict

    assert verdict.indication == Indication.INDETERMINATE


def test_a_certificate_reported_as_revoked_no_longer_passes() -> None:
    digest = sha256(make_leaf(SEAL).der).hexdigest()

    report = examine_pdf(make_sealed(), replace(make_world(), revoked={digest: MONDAY - A_YEAR}))

    assert [one.verdict.sub for one in report.signatures] == ["", "REVOKED"]
    assert report.verdict.indication == Indication.INDETERMINATE


def test_a_byte_changed_in_what_was_signed_fails() -> None:
    sealed = make_sealed()
    place = sealed.index(b"/Title")

    verdict = judged(sealed[: place + 8] + b"x" + sealed[place + 9 :])

    assert verdict[0] == Indication.FAILED


def test_a_number_written_anew_after_the_seal_fails() -> None:
    report = examine_pdf(refilled(make_sealed()), make_world())

    # The leader had left the number free; the seal had locked it.
    assert [one.verdict.sub for one in report.signatures] == ["", CHANGED]
    assert report.verdict.indication == Indication.FAILED


def refilled(sealed: bytes) -> bytes:
    """Return the document with another number in a further revision, as a forger writes it."""
    writer = opened(sealed)
    for name, reference, row in fields_of(writer):
        if name == NUMBER:
            row[Name("/V")] = generic.pdf_string("16")
            writer.mark_update(reference)
    return written(writer)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("cut", make_sealed()[:-2000], (Indication.FAILED, "FORMAT_FAILURE")),
        ("noise", b"no pdf at all", (Indication.INDETERMINATE, "FORMAT_FAILURE")),
        ("half", make_drafted()[:5000], (Indication.INDETERMINATE, "FORMAT_FAILURE")),
    ],
)
def test_damage_is_told_apart_from_no_signature(
    name: str,  # noqa: ARG001 -- names the case
    content: bytes,
    expected: tuple[Indication, str],
) -> None:
    assert judged(content) == expected
