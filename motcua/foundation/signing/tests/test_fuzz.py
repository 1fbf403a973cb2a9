"""Files altered at random get an answer in time, and never one in favour of what was changed.

`./run fuzz --seconds 120` goes on for as long; in an ordinary run of the tests it is a moment.
The same seed alters in the same way; `--seed 0` takes another each time.
"""

import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random, SystemRandom
from tempfile import gettempdir
from time import monotonic
from types import FrameType
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.own_trust import NoTrustInFile, believing
from motcua.foundation.signing.rules.examining.report import Indication
from motcua.foundation.trust.tests.make import make_leaf, make_root
from motcua.lib.safexml import BrokenXml, UnsafeXml, read_xml

from .altering import altered
from .corpus import HOA, make_sealed, signed_by_others
from .test_containers import make_container
from .test_engine import make_world
from .xml_corpus import signed, signed_beside, signed_by_two, signed_part

# What is merely frowned upon in a certificate is no fault of the reader.
pytestmark = [
    pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Attribute's length must be:UserWarning"),
]
SLOWEST_SECONDS = 10
_GAPS = re.compile(rb"/Contents <[0-9A-Fa-f]*>")
_RANGES = re.compile(rb"/ByteRange \[0 \d+ (\d+) (\d+)")
_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
Check = Callable[[bytes, bytes], None]


class TooSlow(BaseException):
    """No answer in time; nobody on the way may take it for a damaged file."""


@pytest.fixture
def fuzz(request: pytest.FixtureRequest) -> Iterator[Callable[[Sequence[bytes], Check], None]]:
    """Return what hands altered files to a check until the time is over."""
    before = signal.signal(signal.SIGALRM, _too_slow)
    sharing = sum("fuzz" in getattr(one, "fixturenames", ()) for one in request.session.items)
    seconds: float = request.config.getoption("--seconds") / sharing
    seed = request.config.getoption("--seed") or SystemRandom().randrange(1 << 32)

    def run(good: Sequence[bytes], check: Check) -> None:
        random, until = Random(f"{seed} {request.node.name}"), monotonic() + seconds  # noqa: S311 -- no secret
        while monotonic() < until:
            one = random.choice(good)
            other = altered(random, one, good)
            with _kept_if_wrong(other):
                signal.alarm(SLOWEST_SECONDS)
                check(one, other)
                signal.alarm(0)

    yield run
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _too_slow(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow


@contextmanager
def _kept_if_wrong(content: bytes) -> Iterator[None]:
    """Keep a file that is answered wrongly, and say where."""
    try:
        yield
    except BaseException as error:
        path = Path(gettempdir()) / f"fuzz-{sha256(content).hexdigest()[:12]}"
        path.write_bytes(content)
        error.add_note(f"the file: {path}")
        raise


def test_an_altered_pdf_never_passes_for_the_one_that_was_signed(
    fuzz: Callable[[Sequence[bytes], Check], None],
) -> None:
    good, world = [make_sealed(), signed_by_others(make_leaf(HOA))], make_world()
    signed = tuple(without_gaps(version) for one in good for version in signed_versions(one))

    def check(_: bytes, other: bytes) -> None:
        verdict = examine_file(other, world).verdict
        is_one = without_gaps(other).startswith(signed)
        assert is_one or verdict.indication != Indication.PASSED

    fuzz(good, check)


def signed_versions(pdf: bytes) -> Iterator[bytes]:
    """Yield the document as each of its signatures left it: that is what somebody signed, too."""
    for found in _RANGES.finditer(pdf):
        yield pdf[: int(found[1]) + int(found[2])]


def without_gaps(pdf: bytes) -> bytes:
    """Return what signatures cover; of their own value not all is signed (other certificates)."""
    return _GAPS.sub(b"", pdf)


def test_altered_xml_never_passes_for_what_was_signed(
    fuzz: Callable[[Sequence[bytes], Check], None],
) -> None:
    good, world = [signed(), signed_part(), signed_by_two(), signed_beside()], make_world()
    contents = {content_of(one) for one in good}

    def check(_: bytes, other: bytes) -> None:
        verdict = examine_file(other, world).verdict
        assert verdict.indication != Indication.PASSED or content_of(other) in contents

    fuzz(good, check)


def content_of(document: bytes) -> bytes:
    """Return a document without its signatures, in canonical form."""
    root = read_xml(document)
    for one in list(root.iter(_SIGNATURE)):
        above = one.getparent()
        if above is not None:
            above.remove(one)
    content: bytes = etree.tostring(root, method="c14n", with_comments=False)
    return content


def test_an_altered_container_never_passes_for_what_was_signed(
    fuzz: Callable[[Sequence[bytes], Check], None],
) -> None:
    good, world = make_container(), make_world()

    def check(_: bytes, other: bytes) -> None:
        verdict = examine_file(other, world).verdict
        assert verdict.indication != Indication.PASSED or data_in(other) == data_in(good)

    fuzz([good], check)


def data_in(container: bytes) -> dict[str, bytes]:
    """Return the files of a container that are no part of its signature."""
    with ZipFile(BytesIO(container)) as archive:
        names = (one for one in archive.namelist() if not one.startswith("META-INF/"))
        return {name: archive.read(name) for name in names if name != "mimetype"}


def test_altered_roots_are_read_or_refused(
    fuzz: Callable[[Sequence[bytes], Check], None],
) -> None:
    root, world = make_root(), make_world()

    def check(_: bytes, other: bytes) -> None:
        try:
            believing(other, world)
        except NoTrustInFile:
            return

    fuzz([root.certificate.public_bytes(Encoding.PEM), root.der], check)


def test_altered_documents_are_read_or_refused(
    fuzz: Callable[[Sequence[bytes], Check], None],
) -> None:
    def check(_: bytes, other: bytes) -> None:
        try:
            read_xml(other)
        except (UnsafeXml, BrokenXml):
            return

    fuzz([signed(), signed_part()], check)
