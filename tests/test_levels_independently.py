"""Levels made against certomancer's services, and judged by pyHanko's command line."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit

import pytest

from motcua.adapters.trust_services.line import HttpLine
from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.rules import lifting
from motcua.foundation.signing.rules.lifting import Ask
from motcua.foundation.signing.rules.time_stamps import Believed, checked, question
from motcua.foundation.signing.tests.make import BOTH, make_prepared, make_signed
from motcua.foundation.signing.tests.pyhanko_program import pyhanko
from motcua.foundation.trust.rules.revocation import (
    Evidence,
    crl_addresses,
    ocsp_addresses,
    question_about,
    read_answer,
)
from motcua.lib.clock import now
from motcua.lib.httpclient import Bounds, ask

from .certomancer import Certomancer, running

LINE = HttpLine(allows_private=True)


def status(address: str, asked: bytes) -> bytes:
    """Ask certomancer as of a whole second: left alone it answers with fractions of one.

    RFC 5280 forbids those, and we do not read them.
    """
    headers = {
        "Content-Type": "application/ocsp-request",
        "X-Certomancer-Fake-Time": now().replace(microsecond=0).isoformat(),
    }
    bounds = Bounds(frozenset({urlsplit(address).netloc}), allows_private=True)
    return ask("POST", address, bounds=bounds, body=asked, headers=headers).body


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certomancer]:
    """Run certomancer for the tests of this file."""
    with running(tmp_path_factory.mktemp("certomancer"), at=now()) as one:
        yield one


def asker(world: Certomancer) -> Ask:
    believed = Believed((world.pairs["root"].der,), (world.pairs["between"].der,))

    def stamp(imprint: bytes, digest: str) -> bytes:
        asked = question(imprint, digest)
        answer = LINE.time_stamp(world.stamps_at, asked.der)
        return checked(answer, asked, at=now(), believed=believed).token

    return stamp


def evidence(world: Certomancer) -> Evidence:
    """Return what OCSP says of both signers, and the lists of the rest."""
    ders = {name: pair.der for name, pair in world.pairs.items()}
    ocsps = []
    for name in ("leader", "seal"):
        asked = question_about(ders[name], ders["between"])
        answer = status(ocsp_addresses(ders[name])[0], asked)
        ocsps.append(read_answer(answer, ders[name], ders["between"], at=now()).der)
    lists = {crl_addresses(ders[name])[0] for name in ("leader", "between", "stamper")}
    crls = [LINE.crl(address) for address in sorted(lists)]
    certificates = [ders[name] for name in ("root", "between", "leader", "seal", "stamper")]
    return Evidence(tuple(certificates), tuple(crls), tuple(ocsps))


def signed(world: Certomancer, stamp: Ask | None) -> bytes:
    """Return the paper with both signatures, each with its time stamp if somebody is asked."""
    pdf = make_prepared()
    above = (world.pairs["between"].der,)
    for role, name, number in ((TurnRole.LEADER, "leader", 0), (TurnRole.SEAL, "seal", 15)):
        pair = world.pairs[name]
        pdf = make_signed(pdf, pair, role, roles=BOTH, number=number, at=now(), chain=above)
        pdf = lifting.with_own_stamp(pdf, stamp) if stamp else pdf
    return pdf


@cache
def b_t(world: Certomancer) -> bytes:
    return signed(world, asker(world))


@cache
def b_lt(world: Certomancer) -> bytes:
    return lifting.with_evidence(b_t(world), evidence(world))


@cache
def b_lta(world: Certomancer) -> bytes:
    return lifting.with_document_stamp(b_lt(world), asker(world))


@cache
def renewed(world: Certomancer) -> bytes:
    again = lifting.with_evidence(b_lta(world), evidence(world))
    return lifting.with_document_stamp(again, asker(world))


def stamped_later(world: Certomancer) -> bytes:
    """Return B-T as it is made when no service answered while signing."""
    return lifting.with_document_stamp(signed(world, None), asker(world))


def judged(world: Certomancer, pdf: bytes, *, procedure: str = "validate") -> tuple[int, int]:
    """Return the exit code of pyHanko's command line, and how many signatures it calls valid."""
    path, config = world.folder / "paper.pdf", world.folder / "pyhanko.yml"
    path.write_bytes(pdf)
    config.write_text("logging: {root-level: ERROR}\n")
    root = ("--trust", world.folder / "root.crt", "--trust-replace")
    words = ("--config", config, "sign", procedure, "--pretty-print")
    said = pyhanko(*words, *root, path, folder=world.folder)
    return said.code, said.out.count("The signature is judged VALID.")


@pytest.mark.parametrize("make", [b_t, b_lt, b_lta, renewed, stamped_later])
def test_pyhankos_command_line_calls_both_signatures_valid(
    make: Callable[[Certomancer], bytes], world: Certomancer
) -> None:
    assert judged(world, make(world)) == (0, 2)


@pytest.mark.parametrize("make", [b_lt, renewed])
def test_pyhankos_command_line_agrees_by_the_european_procedure(
    make: Callable[[Certomancer], bytes], world: Certomancer
) -> None:
    assert judged(world, make(world), procedure="adesverify") == (0, 2)


def test_pyhankos_command_line_sees_a_number_changed_after_the_archive_stamp(
    world: Certomancer,
) -> None:
    tampered = b_lta(world).replace(b"/V (15)", b"/V (16)")

    code, valid = judged(world, tampered)

    # What Hoa signed lies before the number and stands; the seal over it is broken.
    assert (code != 0, valid) == (True, 1)


def test_a_time_stamp_of_another_time_is_not_kept(world: Certomancer) -> None:
    asked = question(bytes(32))
    answer = LINE.time_stamp(world.stamps_at, asked.der)
    believed = Believed((world.pairs["root"].der,))

    with pytest.raises(Exception, match="lệch đồng hồ"):
        checked(answer, asked, at=now() - timedelta(minutes=6), believed=believed)
