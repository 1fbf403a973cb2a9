"""Altered edXML messages get an answer in time; what is read can be shown, and written or refused.

Part of `./run fuzz`.
"""

from collections.abc import Callable, Sequence
from io import BytesIO

from motcua.casework.exchange.api import (
    BusinessKind,
    CannotWrite,
    read_message,
    told,
    write_message,
)
from motcua.casework.exchange.rules.edxml.contents import content_of, unwrap, wrapped
from motcua.casework.exchange.rules.edxml.kinds import trouble_with_kind
from motcua.casework.exchange.tests.make import NOW, make_full, make_status, write
from motcua.foundation.signing.tests.test_fuzz import Check, fuzz

__all__ = ["fuzz"]  # the fixture
Fuzz = Callable[[Sequence[bytes], Check], None]


def test_altered_messages_are_read_or_refused(fuzz: Fuzz) -> None:
    good = [write(make_full(kind)) for kind in BusinessKind] + [write(make_status())]

    def check(_: bytes, other: bytes) -> None:
        reading = read_message(BytesIO(other), at=NOW)
        assert list(told(reading))
        if reading.message is None:
            assert not reading.is_valid
            return
        try:
            target = BytesIO()
            write_message(reading.message, target, at=NOW)
        except CannotWrite:
            return
        again = read_message(BytesIO(target.getvalue()), at=NOW)
        assert again.is_valid

    fuzz(good, check)


def test_altered_zips_are_unpacked_or_refused(fuzz: Fuzz) -> None:
    inner = content_of(b"%PDF-1.7\n" + b"0123456789" * 300)
    good = [wrapped(inner, "a.pdf").read(), wrapped(inner, "b.docx").read()]

    def check(_: bytes, other: bytes) -> None:
        for name in ("a.pdf", "b.docx", "c.zip"):
            found = unwrap(content_of(other), name)
            assert (found.content is None) == any(rule != "zip-more" for rule, _ in found.troubles)
            if found.content is not None:
                trouble_with_kind(found.content, name)

    fuzz(good, check)
