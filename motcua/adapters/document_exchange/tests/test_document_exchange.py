"""What goes over the lines as bytes: headers as the SDK writes them, long messages both ways."""

import tracemalloc
from base64 import b64encode
from datetime import UTC, datetime
from hmac import digest as hmac_digest
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

import pytest

from motcua.adapters.document_exchange.lgsp import _encoded
from motcua.adapters.document_exchange.lines import Away, Broken, Refused, host_of, judged
from motcua.adapters.document_exchange.long_answers import taken_out
from motcua.adapters.document_exchange.vxp import _form, sdk_hex, sdk_moment, signed

FIFTY = 50_000_000
PIECE = b"motcua" * 50_000


def test_the_headers_are_signed_as_they_are_told() -> None:
    headers = signed({"systemid": "H18", "docId": "1"}, "khoa")

    text = '{"XroadVnpt-systemid":"H18","XroadVnpt-docId":"1"}'
    assert headers == {
        "XroadVnpt-systemid": "H18",
        "XroadVnpt-docId": "1",
        "XroadVnpt-sign-header-key": "systemid;docId",
        "XroadVnpt-sign-header": text,
        "XroadVnpt-hash-header": hmac_digest(b"khoa", text.encode(), "sha256").hex(),
        "XroadVnpt-version": "3.0.201608",
    }


def test_the_sdk_writes_a_hash_without_leading_zeros() -> None:
    assert sdk_hex(b"\x00\x0a\xff\x10") == "0aff10"


def test_the_sdk_writes_a_moment_with_thousandths_for_a_zone() -> None:
    at = datetime(2026, 10, 1, 23, 5, 9, 41_000, tzinfo=UTC)

    assert sdk_moment(at) == "02102026T060509+0041"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://truc.example/VXPAdapter", "truc.example"),
        ("https://truc.example:443", "truc.example"),
        ("http://127.0.0.1:8080/a", "127.0.0.1:8080"),
    ],
)
def test_a_host_is_named_as_bounds_want_it(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize("code", ["10", "18", "19", "21", "22", "23"])
def test_what_never_mends_is_refused(code: str) -> None:
    with pytest.raises(Refused, match=f"mã {code}: why"):
        judged({"ErrorCode": code, "ErrorDesc": "why"}, "ErrorCode", "ErrorDesc")


@pytest.mark.parametrize("code", ["15", "20", "99", ""])
def test_what_may_mend_is_tried_again(code: str) -> None:
    with pytest.raises(Away):
        judged({"ErrorCode": code, "ErrorDesc": "why"}, "ErrorCode", "ErrorDesc")


@pytest.mark.parametrize("said", [None, [], "0", {}, {"errorCode": "0"}])
def test_an_odd_answer_is_not_believed(said: object) -> None:
    with pytest.raises(Away, match="không hiểu được"):
        judged(said, "ErrorCode", "ErrorDesc")


def test_a_number_is_as_good_as_its_text() -> None:
    assert judged({"ErrorCode": 0}, "ErrorCode", "ErrorDesc") == {"ErrorCode": 0}


def answer(content: bytes, *, before: str = "", after: str = "") -> IO[bytes]:
    """Return an answer as an axis gives it, with a message inside."""
    encoded = b64encode(content).decode()
    return BytesIO(f'{{{before}"data" : "{encoded}"{after}}}'.encode())


@pytest.mark.parametrize("size", [0, 1, 2, 3, 1000, 262_144, 1_000_003])
def test_a_message_is_taken_out_of_its_answer(size: int) -> None:
    content, target = (b"\x00abc" * (size // 4 + 1))[:size], BytesIO()

    said = taken_out(answer(content, before='"ErrorCode":"0",', after=',"x":1'), target)

    assert (target.getvalue(), said) == (content, {"ErrorCode": "0", "data": "", "x": 1})


def test_lines_and_escapes_inside_are_left_out() -> None:
    encoded, target = b64encode(b"\xff" * 90).decode(), BytesIO()
    broken_up = "\\n".join(encoded[place : place + 7] for place in range(0, len(encoded), 7))
    kept = BytesIO(b'{"data":"' + broken_up.replace("/", "\\/").encode() + b'"}')

    taken_out(kept, target)

    assert target.getvalue() == b"\xff" * 90


def test_an_error_without_a_message_is_read_whole() -> None:
    kept = BytesIO(b'{"ErrorCode": "21", "data": []}')

    assert taken_out(kept, BytesIO()) == {"ErrorCode": "21", "data": []}


@pytest.mark.parametrize(
    "content", [b'{"data":"QUJD', b'{"data":"QU$D"}', b'{"data":"QUJ"}', b'{"data":"QUJD"', b"<p>"]
)
def test_what_breaks_off_or_is_no_base64_is_broken(content: bytes) -> None:
    with pytest.raises(Broken):
        taken_out(BytesIO(content), BytesIO())


def test_fifty_megabytes_are_taken_out_and_never_whole_in_memory() -> None:
    with TemporaryFile() as kept, TemporaryFile() as target:
        kept.write(b'{"ErrorCode":"0","data":"')
        for _ in range(FIFTY // len(PIECE) + 1):
            kept.write(b64encode(PIECE))
        kept.write(b'"}')
        tracemalloc.start()

        taken_out(kept, target)

        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert target.tell() > FIFTY
        assert peak < FIFTY / 5


def test_fifty_megabytes_are_sent_in_pieces() -> None:
    with TemporaryFile() as content:
        content.truncate(FIFTY)
        tracemalloc.start()

        sizes = [sum(map(len, made)) for made in (_form(b"a", content, b"b"), _encoded(content))]

        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sizes == [FIFTY + 2, 4 * -(-FIFTY // 3)]
        assert peak < FIFTY / 10
