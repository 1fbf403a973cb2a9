"""What programs of other people say of the files we sign and of those we call altered.

None of them may see a fault in what we call passed; where one sees none in what we refuse, the
reason stands in docs/reference/examination.md, and here that it is so.
"""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication
from motcua.foundation.signing.tests import attacks, corpus
from motcua.foundation.signing.tests.pyhanko_program import pyhanko
from motcua.foundation.signing.tests.test_engine import make_world
from motcua.foundation.signing.tests.test_examining import stamped_for_long
from motcua.foundation.trust.tests.make import MONDAY, make_between, make_leaf, make_root

Made = Callable[[], bytes]
LATER = MONDAY + timedelta(hours=1)
EDITED = "there have been edits since signing"


class Opinion(NamedTuple):
    """Whether somebody sees every signature as good; `mutool` also whether something came after."""

    pdfsig: bool
    mutool: bool
    is_edited: bool
    pyhanko: bool


def ask(*words: str | Path) -> tuple[int, str]:
    answer = subprocess.run(  # noqa: S603 -- programs of Debian
        words, capture_output=True, text=True, errors="replace", check=False, timeout=120
    )
    return answer.returncode, answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what pyHanko's command is to believe."""
    found = tmp_path_factory.mktemp("opinions")
    for name, pair in (("root", make_root()), ("between", make_between())):
        (found / f"{name}.pem").write_bytes(pair.certificate.public_bytes(Encoding.PEM))
    (found / "pyhanko.yml").write_text("logging: {root-level: CRITICAL}\n")
    return found


def opinion_on(content: bytes, folder: Path) -> Opinion:
    path = folder / "asked.pdf"
    path.write_bytes(content)
    judged = re.findall("Signature Validation: (.*)", ask("/usr/bin/pdfsig", "-nocert", path)[1])
    # A document time stamp is no signature for poppler.
    signatures = [one for one in judged if one != "Signature has not yet been verified."]
    mutool = ask("/usr/bin/mutool", "sign", "-v", path)[1]
    trust = ("--trust", folder / "root.pem", "--trust-replace")
    moment = ("--validation-time", LATER.isoformat(), "--other-certs", folder / "between.pem")
    words = ("--config", folder / "pyhanko.yml", "sign", "validate", "--pretty-print")
    said = pyhanko(*words, *trust, *moment, path, folder=folder)
    return Opinion(
        pdfsig=bool(signatures) and set(signatures) == {"Signature is Valid."},
        mutool="Digest error" not in mutool,
        is_edited=EDITED in mutool,
        pyhanko=said.code == 0 and "is judged VALID" in said.out,
    )


def ours(content: bytes) -> Indication:
    return examine_file(content, replace(make_world(), at=LATER)).verdict.indication


PASSED: dict[str, tuple[Made, bool]] = {
    "signed once": (attacks.signed_once, False),
    "sealed": (corpus.make_sealed, True),
    "stamped": (
        lambda: corpus.signed_by_others(make_leaf(corpus.HOA), stamper=corpus.make_stamper()),
        False,
    ),
    "kept for long": (stamped_for_long, True),
    "a second signature over the text": (attacks.with_a_signature_over_the_text, True),
}


@pytest.mark.parametrize("name", list(PASSED))
def test_what_we_call_passed_nobody_sees_a_fault_in(name: str, folder: Path) -> None:
    made, is_edited = PASSED[name]
    content = made()

    assert ours(content) == Indication.PASSED
    assert opinion_on(content, folder) == Opinion(
        pdfsig=True, mutool=True, is_edited=is_edited, pyhanko=True
    )


@pytest.mark.parametrize("name", ["signed once", "sealed", "stamped", "kept for long"])
def test_what_we_sign_has_no_fault_in_its_form(name: str, folder: Path) -> None:
    path = folder / "form.pdf"
    path.write_bytes(PASSED[name][0]())

    code, said = ask("/usr/bin/qpdf", "--check", path)

    assert (code, "No syntax or stream encoding errors found" in said) == (0, True)


SEEN_BY_ALL: tuple[Made, ...] = (corpus.with_one_byte_changed, corpus.with_ranges_that_overlap)
# Bytes that were signed are untouched: poppler asks no more, mutool says that something came after.
CHANGED_LATER: tuple[Made, ...] = (
    *(corpus.refilled, corpus.with_other_text, corpus.with_a_page_more, corpus.with_a_note),
    *(corpus.with_a_program, corpus.with_hidden_content_revealed, attacks.with_another_font),
    *(attacks.cropped, attacks.with_pages_swapped, attacks.with_a_file_attached),
    *(attacks.with_a_program_on_the_page, attacks.with_a_layer_switched_off),
    *(attacks.without_its_certification, attacks.with_another_look_of_the_seal),
    *(attacks.with_a_cover_taken_away, attacks.with_a_note_that_was_allowed),
)


@pytest.mark.parametrize("made", SEEN_BY_ALL, ids=lambda made: made.__name__)
def test_changed_bytes_are_seen_by_everybody(made: Made, folder: Path) -> None:
    content = made()

    found = opinion_on(content, folder)
    assert (ours(content), found.pdfsig, found.mutool, found.pyhanko) == (
        Indication.FAILED,
        False,
        False,
        False,
    )


@pytest.mark.parametrize("made", CHANGED_LATER, ids=lambda made: made.__name__)
def test_what_came_after_a_signature_is_refused_by_pyhanko_too(made: Made, folder: Path) -> None:
    content = made()

    assert ours(content) == Indication.FAILED
    assert opinion_on(content, folder) == Opinion(
        pdfsig=True, mutool=True, is_edited=True, pyhanko=False
    )


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (corpus.with_words_in_the_place_kept_free, Indication.FAILED),
        (corpus.of_an_old_form, Indication.INDETERMINATE),
        (attacks.with_the_seal_emptied, Indication.FAILED),
    ],
    ids=lambda made: getattr(made, "__name__", ""),
)
def test_where_we_are_stricter_than_pyhanko(made: Made, expected: Indication, folder: Path) -> None:
    content = made()

    assert (ours(content), opinion_on(content, folder).pyhanko) == (expected, True)
