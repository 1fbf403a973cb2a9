"""The number in a certificate is compared as a keyed mark; it is never kept, told or logged."""

import json
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.foundation.files import api as files
from motcua.foundation.people import api as people
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.models import Examination
from motcua.foundation.signing.rules.examining.numbers import numbers_in
from motcua.foundation.trust.tests.make import MONDAY, QUANG, make_leaf, make_trusted_world

from .corpus import signed_by_others

NUMBER = "011198000123"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (f"CCCD:{NUMBER}", (f"personal_id:{NUMBER}",)),
        (f"CCCD: {NUMBER}", (f"personal_id:{NUMBER}",)),
        (NUMBER, (f"personal_id:{NUMBER}",)),
        ("CMND:040123456", ("old_id_card:040123456",)),
        ("HC:B1234567", ("passport:B1234567",)),
        ("MST:5699000014-001", ("tax_code:5699000014-001",)),
        ("5699000014", ("tax_code:5699000014",)),
        (f"MST:5699000014, CCCD:{NUMBER}", ("tax_code:5699000014", f"personal_id:{NUMBER}")),
        ("Giám đốc", ()),
        ("123456", ()),
    ],
)
def test_the_number_of_a_holder_is_read_as_authorities_write_it(
    written: str, found: tuple[str, ...]
) -> None:
    pair = make_leaf("Lò Thị Lan", number=written)

    assert numbers_in(pair.certificate.public_bytes(Encoding.DER)) == found


def test_a_certificate_without_a_number_or_unreadable_names_none() -> None:
    plain = make_leaf("Lò Thị Lan").certificate.public_bytes(Encoding.DER)

    assert (numbers_in(plain), numbers_in(b"no certificate")) == ((), ())


@pytest.mark.django_db
def test_an_examination_keeps_the_mark_and_tells_neither_mark_nor_number(
    caplog: pytest.LogCaptureFixture,
) -> None:
    make_trusted_world()
    content = signed_by_others(make_leaf("Lò Thị Lan", number=f"CCCD:{NUMBER}"))
    stored = files.keep_file("don.pdf", BytesIO(content), by=QUANG, at=MONDAY)
    signing.looks_at([stored.pk], at=MONDAY)

    signing.examine_due(at=MONDAY)

    kept = json.dumps(Examination.objects.get(file=stored).report)
    report = signing.looks_at([stored.pk], at=MONDAY)[stored.pk].report
    mark = people.mark_of_number(f"personal_id:{NUMBER}")
    assert report is not None
    assert report.signatures[0].holder == (mark,)
    assert (NUMBER in kept, mark in kept) == (False, True)
    told = json.dumps(report.plain())
    assert (NUMBER in told, mark in told) == (False, False)
    assert NUMBER not in f"{caplog.text} {report!r}"
