"""Strings and words are read at once as the engine reads them letter by letter."""

import io
from collections.abc import Callable
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.misc import PdfError, PdfStreamError

from motcua.foundation.signing.rules import quick

ENDS = b" \r\n\t\x00\x0c()<>[]{}/%"
LETTERS = st.lists(st.sampled_from(list(b"ab0 \n/<>[]%\\-^")), max_size=200).map(bytes)


def said(read: Callable[[BinaryIO], Any], content: bytes) -> tuple[object, int]:
    stream = io.BytesIO(content)
    try:
        return read(stream), stream.tell()
    except PdfError as error:
        return type(error), -1


@pytest.mark.parametrize(
    "written",
    [b"<>", b"<30>", b"<30f>", b"<FEFF1ED3>", b"<3 0\n3 1>", b"<" + b"30" * 200_000 + b">"],
)
def test_a_string_is_what_the_engine_says_and_ends_where_it_says(written: bytes) -> None:
    content = written + b" next"

    assert said(quick.read_hex_string, content) == said(quick.hex_by_letters, content)


@pytest.mark.parametrize("written", [b"<30", b"<3z>", b"<"])
def test_what_is_broken_is_refused_as_before(written: bytes) -> None:
    with pytest.raises(PdfStreamError):
        quick.read_hex_string(io.BytesIO(written))


@given(LETTERS, st.one_of(st.none(), st.integers(1, 40)))
def test_a_word_is_what_the_engine_says_and_ends_where_it_says(
    content: bytes, most: int | None
) -> None:
    ours = said(lambda stream: quick.read_word(ENDS, stream, most), content)

    assert ours == said(lambda stream: quick.word_by_letters(ENDS, stream, most), content)
