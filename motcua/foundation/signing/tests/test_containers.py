"""A container of evidence: files signed as one, and what is said when somebody touched it."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest

from motcua.foundation.signing.ports import HeldFile
from motcua.foundation.signing.rules.asic import (
    MIME,
    SIGNATURES,
    begin_container,
    write_container,
)
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Report
from motcua.foundation.signing.rules.lifting import Ask
from motcua.foundation.signing.rules.xades import XmlOrder, finish_xml, with_xml_stamp
from motcua.foundation.trust.tests.make import MONDAY, make_between, make_leaf

from .corpus import HOA
from .make import raw_signature
from .test_engine import make_world

MESSAGE, SECOND = "goi-tin/H18.5 số 1.edxml", "goi-tin/2.edxml"


def held(name: str, content: bytes) -> HeldFile:
    def chunks() -> Iterator[bytes]:
        yield content

    return HeldFile(name, "application/xml", chunks)


def make_container(*, ask: Ask | None = None, kind: str = "rsa") -> bytes:
    """Make a container of two messages, signed by Hoa."""
    files = [held(MESSAGE, b"<edXML>1</edXML>"), held(SECOND, b"<edXML>2</edXML>")]
    pair = make_leaf(HOA, kind=kind)
    half = begin_container(files, XmlOrder(pair.der, (make_between().der,), MONDAY))
    raw = raw_signature(pair, half.to_sign, half.digest)
    signed = finish_xml(half, raw, certificate=pair.der)
    target = BytesIO()
    write_container(files, with_xml_stamp(signed, ask) if ask else signed, target)
    return target.getvalue()


def changed(container: bytes, **contents: bytes | None) -> bytes:
    """Return a container with other contents; None takes a file away."""
    target = BytesIO()
    with ZipFile(BytesIO(container)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            if contents.get(name, b"") is not None:
                new.writestr(name, contents.get(name) or old.read(name))
        for name in contents.keys() - set(old.namelist()):
            new.writestr(name, contents[name] or b"")
    return target.getvalue()


def examined(content: bytes) -> Report:
    return examine_file(content, make_world())


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_container_passes_and_says_who_signed_what(kind: str) -> None:
    report = examined(make_container(kind=kind))

    [shown] = report.signatures
    assert (report.form, report.verdict.indication) == ("asic", "TOTAL-PASSED")
    assert (shown.signer, shown.level, shown.claimed_at) == (HOA, "XAdES B-B", MONDAY)
    assert shown.covers == f"“{SECOND}”, “{MESSAGE}”"


def test_its_type_comes_first_and_plain() -> None:
    with ZipFile(BytesIO(make_container())) as archive:
        first = archive.infolist()[0]

        assert (first.filename, first.compress_type, archive.read(first)) == (
            "mimetype",
            0,
            MIME.encode(),
        )


@pytest.mark.parametrize(
    ("contents", "indication", "sub"),
    [
        ({MESSAGE: b"<edXML>3</edXML>"}, "TOTAL-FAILED", "HASH_FAILURE"),
        ({SECOND: None}, "INDETERMINATE", "SIGNED_DATA_NOT_FOUND"),
        ({"goi-tin/3.edxml": b"<edXML/>"}, "INDETERMINATE", "PARTLY_SIGNED"),
        ({SIGNATURES: None}, "UNSIGNED", ""),
        ({SIGNATURES: b"<a/>"}, "TOTAL-FAILED", "FORMAT_FAILURE"),
        ({SIGNATURES: b"<a"}, "INDETERMINATE", "FORMAT_FAILURE"),
        ({SIGNATURES: None, "META-INF/signature.p7s": b"0"}, "INDETERMINATE", "FORM_NOT_READ"),
    ],
)
def test_what_somebody_touched_does_not_pass(
    contents: dict[str, bytes | None], indication: str, sub: str
) -> None:
    verdict = examined(changed(make_container(), **contents)).verdict

    assert (verdict.indication, verdict.sub) == (indication, sub)


def test_a_file_nobody_signed_is_named() -> None:
    report = examined(changed(make_container(), **{"goi-tin/3.edxml": b"<edXML/>"}))

    assert report.warnings == ("Tệp không có chữ ký nào bao phủ: “goi-tin/3.edxml”.",)


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_two_files_of_one_name_are_ambiguous() -> None:
    target = BytesIO(make_container())
    with ZipFile(target, "a") as archive:
        archive.writestr(SECOND, b"<edXML>other</edXML>")

    verdict = examined(target.getvalue()).verdict

    assert (verdict.indication, verdict.sub) == ("TOTAL-FAILED", "AMBIGUOUS")


def test_a_container_that_swells_is_not_opened() -> None:
    target = BytesIO(make_container())
    with ZipFile(target, "a", 8) as archive:
        archive.writestr("goi-tin/3.edxml", bytes(50_000_000))

    assert examined(target.getvalue()).verdict.sub == "LIMIT_REACHED"


def test_one_that_is_cut_off_is_damaged() -> None:
    verdict = examined(make_container()[:-30]).verdict

    assert (verdict.indication, verdict.words) == (
        "INDETERMINATE",
        "Tệp ASiC bị hỏng, không đọc được.",
    )
