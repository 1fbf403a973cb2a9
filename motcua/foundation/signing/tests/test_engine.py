"""Papers are signed in two halves, and every verifier calls the result unchanged."""

import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader

from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.errors import DocumentUnfit, WrongSignature
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication, World
from motcua.foundation.signing.rules.halves import finish
from motcua.foundation.signing.rules.order import locks_of
from motcua.foundation.signing.rules.pdf import fields_of, opened
from motcua.foundation.signing.rules.places import with_fields
from motcua.foundation.trust.tests.make import (
    MONDAY,
    make_between,
    make_crl,
    make_leaf,
    make_root,
)

from .make import (
    BOTH,
    make_drafted,
    make_half,
    make_prepared,
    make_signed,
    raw_signature,
)

HOA, SEAL = "Nguyễn Thị Hoa", "UBND xã Mường Phăng"


def make_world() -> World:
    crls = (make_crl(make_root()), make_crl(make_between()))
    return World(MONDAY, {make_root().der: "Gốc thử nghiệm"}, (make_between().der,), crls)


def make_sealed(*, kind: str = "rsa") -> bytes:
    leader = make_signed(make_prepared(), make_leaf(HOA, kind=kind), TurnRole.LEADER)
    return make_signed(leader, make_leaf(SEAL), TurnRole.SEAL, number=15)


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_leader_and_seal_both_pass_after_number_and_day_were_filled(kind: str) -> None:
    report = examine_file(make_sealed(kind=kind), make_world())

    assert report.verdict.indication == Indication.PASSED
    assert [(one.field_name, one.signer, one.verdict.sub) for one in report.signatures] == [
        ("SIG_LEADER_1", HOA, ""),
        ("SIG_ORG", SEAL, ""),
    ]


def test_the_signature_says_the_moment_it_was_told() -> None:
    report = examine_file(make_sealed(), make_world())

    assert [one.claimed_at for one in report.signatures] == [MONDAY, MONDAY]


def test_number_and_day_stand_in_the_fields() -> None:
    fields = PdfReader(io.BytesIO(make_sealed())).get_form_text_fields()

    assert fields == {"so": "15", "ngay": "ngày 02 tháng 3 năm 2026"}


def test_every_place_becomes_a_field_in_the_order_of_reading() -> None:
    names = [name for name, _, _ in fields_of(opened(make_prepared()))]

    assert names == ["so", "ngay", "SIG_LEADER_1", "SIG_ORG"]


def test_a_paper_keeps_the_metadata_of_the_press_and_so_stays_pdf_a() -> None:
    drafted, sealed = metadata_of(make_drafted()), metadata_of(make_sealed())

    assert b"<pdfaid:part>2</pdfaid:part>" in drafted
    assert sealed == drafted


def metadata_of(pdf: bytes) -> bytes:
    content: bytes = PdfFileReader(io.BytesIO(pdf)).root["/Metadata"].data
    return content


def test_a_signature_continues_the_bytes_before_it() -> None:
    prepared = make_prepared()

    signed = make_signed(prepared, make_leaf(HOA), TurnRole.LEADER)

    assert signed[: len(prepared)] == prepared


def test_a_document_without_a_place_for_the_seal_is_not_fit() -> None:
    drafted = make_drafted().replace(b"motcua-field:SIG_ORG", b"motcua-field:SIG_XXX")

    with pytest.raises(DocumentUnfit, match="SIG_ORG"):
        with_fields(drafted, locks_of(BOTH))


def test_a_signature_over_something_else_is_refused() -> None:
    pair, prepared = make_leaf(HOA), make_prepared()
    half = make_half(prepared, pair, TurnRole.LEADER)
    raw = raw_signature(pair, b"another document")

    with pytest.raises(WrongSignature):
        finish(prepared, half, raw, certificate=pair.der, chain=())


def test_a_signature_by_another_key_is_refused() -> None:
    pair, prepared = make_leaf(HOA), make_prepared()
    half = make_half(prepared, pair, TurnRole.LEADER)
    raw = raw_signature(make_leaf(SEAL), half.attributes)

    with pytest.raises(WrongSignature):
        finish(prepared, half, raw, certificate=pair.der, chain=())
