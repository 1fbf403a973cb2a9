"""What the press makes is PDF/A-2a, and stays so with fields, signatures, stamps and evidence."""

from collections.abc import Callable

import pytest

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.tests.make_documents import make_document, make_long_document
from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.rules import lifting
from motcua.foundation.signing.rules.order import locks_of
from motcua.foundation.signing.rules.places import with_fields
from motcua.foundation.signing.rules.time_stamps import Believed, checked, question
from motcua.foundation.signing.tests.make import make_drafted, make_prepared, make_signed
from motcua.foundation.trust.api import Evidence
from motcua.foundation.trust.tests.make import MONDAY, make_between, make_crl, make_leaf
from simulators.answers import time_stamp

from .pdfa import breaches
from .proof import make_authority


def sealed() -> bytes:
    leader = make_signed(make_prepared(), make_leaf("Nguyễn Thị Hoa"), TurnRole.LEADER)
    return make_signed(leader, make_leaf("UBND xã Mường Phăng"), TurnRole.SEAL, number=15)


def archived() -> bytes:
    authority = make_authority()

    def stamp(imprint: bytes, digest: str) -> bytes:
        asked = question(imprint, digest)
        believed = Believed((authority.root.der,), (authority.between.der,))
        answer = time_stamp(authority, asked.der, at=MONDAY)
        return checked(answer, asked, at=MONDAY, believed=believed).token

    evidence = Evidence((make_between().der,), (make_crl(make_between()),))
    timed = lifting.with_own_stamp(sealed(), stamp)
    return lifting.with_document_stamp(lifting.with_evidence(timed, evidence), stamp)


def plan() -> bytes:
    annex = papers.Annex(title="Biểu", body=papers.body_from("| A |\n| 1 |"), is_across=True)
    contact = "Số 851, đường Võ Nguyên Giáp"
    return papers.render_document(
        make_long_document(urgency=papers.Urgency.URGENT, contact=contact, annexes=(annex,))
    )


def minutes_to_sign() -> bytes:
    minutes = make_document(papers.DocumentKind.MINUTES)
    pdf = papers.render_document(minutes, has_fields=True, initials=1)
    roles = [TurnRole.INITIAL, TurnRole.LEADER, TurnRole.LEADER, TurnRole.SEAL]
    return with_fields(pdf, locks_of(roles))


def plan_by_word() -> bytes:
    document = make_long_document(contact="Số 851, đường Võ Nguyên Giáp")
    return papers.render_word(papers.write_word(document), "Kế hoạch", MONDAY.date())


DOCUMENTS = [plan, minutes_to_sign, plan_by_word]


@pytest.mark.parametrize("make", [make_drafted, make_prepared, sealed, archived, *DOCUMENTS])
def test_a_paper_is_pdf_a_at_every_stage(make: Callable[[], bytes]) -> None:
    assert breaches(make()) == []


def test_a_font_that_is_not_embedded_is_seen() -> None:
    broken = make_prepared().replace(b"/FontFile", b"/FontHile")

    assert {one.partition(":")[0] for one in breaches(broken)} == {"font not embedded"}


def test_a_field_without_a_look_is_seen() -> None:
    broken = make_prepared().replace(b"/AP", b"/AX")

    assert breaches(broken)[0].startswith("field so has no look")
