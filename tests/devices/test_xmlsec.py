"""XML signed here is judged by xmlsec1: a program of other people, in another language."""

import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pytest_django import Settings

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Level
from motcua.foundation.signing.tests.test_containers import SECOND, make_container
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import MONDAY, make_leaf, make_root
from tests.proof import TSA, Line, make_authority
from tests.test_xades import HOA, make_pair, signed
from tests.test_xades_levels import signed as signed_by_hoa

VALID, BROKEN = 0, 1


def judged(xml: bytes, folder: Path, root: bytes = b"") -> int:
    path = folder / "receipt.xml"
    path.write_bytes(xml)
    return judged_in(folder, path, root)


def judged_in(folder: Path, path: Path, believed: bytes = b"") -> int:
    root = folder / "root.pem"
    anchor = x509.load_der_x509_certificate(believed) if believed else make_root().certificate
    root.write_bytes(anchor.public_bytes(Encoding.PEM))
    names = "--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"
    keys = "--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:KeyInfo"
    moment = "--verification-time", f"{MONDAY:%Y-%m-%d %H:%M:%S}"
    answer = subprocess.run(  # noqa: S603 -- a program of the test requirements
        ["/usr/bin/xmlsec1", "--verify", *names, *keys, *moment, "--trusted-pem", root, path],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    return answer.returncode


@pytest.mark.parametrize("kind", ["rsa2048", "rsa3072", "p256", "p384"])
def test_another_program_calls_the_signature_valid(kind: str, tmp_path: Path) -> None:
    assert judged(signed(make_pair(kind)), tmp_path) == VALID


def test_another_program_calls_it_valid_with_its_time_stamp(tmp_path: Path) -> None:
    assert judged(signed(make_leaf(HOA), is_timed=True), tmp_path) == VALID


@pytest.mark.django_db
@pytest.mark.parametrize("level", [Level.B_B, Level.B_LTA])
def test_another_program_calls_what_an_officer_signed_valid_as_we_do(
    level: Level, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TSA_ADDRESS = TSA
    monkeypatch.setitem(trust.lines, "http", Line)
    xml = signing.document_of(signed_by_hoa(level))

    assert judged(xml, tmp_path, make_authority().root.der) == VALID
    assert judged(xml.replace(b"15000", b"15"), tmp_path, make_authority().root.der) == BROKEN


def test_another_program_sees_another_amount(tmp_path: Path) -> None:
    forged = signed(make_leaf(HOA)).replace(b"15000", b"15")

    assert judged(forged, tmp_path) == BROKEN


@pytest.mark.parametrize(("content", "answer"), [(None, VALID), (b"<edXML>3</edXML>", BROKEN)])
def test_another_program_judges_a_container_alike(
    content: bytes | None, answer: int, tmp_path: Path
) -> None:
    with ZipFile(BytesIO(make_container())) as archive:
        archive.extractall(tmp_path)
    if content is not None:
        (tmp_path / SECOND).write_bytes(content)

    assert judged_in(tmp_path, tmp_path / "META-INF" / "signatures.xml") == answer
