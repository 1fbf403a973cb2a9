"""Vietnamese bytes: which table of letters a file was written in, and its words in Unicode.

Old systems write TCVN3 (fonts .Vn…), VNI or windows-1258; none of them says so.
"""

import codecs
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from motcua.casework.migration.errors import Unreadable

UTF8, UTF16, TCVN3, VNI, CP1258 = "utf-8", "utf-16", "tcvn3", "vni", "windows-1258"
ENCODINGS = {
    UTF8: "Unicode (UTF-8)",
    UTF16: "Unicode (UTF-16)",
    TCVN3: "TCVN3 (phông .Vn…)",
    VNI: "VNI (phông VNI-…)",
    CP1258: "Windows-1258",
}
_TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng
# For each letter with its own mark the bytes of huyền, sắc, hỏi, ngã, nặng in TCVN3.
_TCVN3_TONED = {
    "a": "b5b8b6b7b9", "ă": "bbbebcbdc6", "â": "c7cac8c9cb", "e": "ccd0cecfd1",
    "ê": "d2d5d3d4d6", "i": "d7ddd8dcde", "o": "dfe3e1e2e4", "ô": "e5e8e6e7e9",
    "ơ": "eaedebecee", "u": "eff3f1f2f4", "ư": "f5f8f6f7f9", "y": "fafdfbfcfe",
}  # fmt: skip
_TCVN3_PLAIN = {
    "ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE,
    "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7,
}  # fmt: skip
# In VNI a letter is followed by a byte that says its mark and tone; some stand alone.
_VNI_MARKS = {"": "f8f9fbf5ef", "\u0302": "e0e1e5e3e4", "\u0306": "e8e9fafceb"}
_VNI_BARE = {"\u0302": 0xE2, "\u0306": 0xEA}
_VNI_ALONE = {
    "đ": 0xF1, "ơ": 0xF4, "ư": 0xF6, "ì": 0xEC, "í": 0xED, "ỉ": 0xE6, "ĩ": 0xF3, "ị": 0xF2,
    "ỵ": 0xEE,
}  # fmt: skip
_COMMON = frozenset(
    """
    bản chưa chỉ chứng cà cấp của giấy hoàng huyện hạn hẹn họ hồ ký kết lê lò lý mã nguyễn
    ngày người nhận nộp phường phạm quàng quá quả sơ số thái thôn thị thủ tiếp trạng trả
    trần tên tòng tỉnh tổ tục và vì văn xã xử đang đã đăng đất địa
    """.split()  # noqa: SIM905 -- words are read as words
)
_ENOUGH = 2


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1)
def _tcvn3() -> dict[int, str]:
    table = {byte: letter for letter, byte in _TCVN3_PLAIN.items()}
    for letter, codes in _TCVN3_TONED.items():
        for tone, byte in zip(_TONES, bytes.fromhex(codes), strict=True):
            table[byte] = _nfc(letter + tone)
    return table


_VNI_LETTERS = {"": "aeouyơư", "\u0302": "aeo", "\u0306": "a"}


def _vni_pairs() -> Iterator[tuple[str, str]]:
    """Yield each small letter with the byte after it, and what both stand for."""
    for mark, codes in _VNI_MARKS.items():
        for base in _VNI_LETTERS[mark]:
            typed = chr(_VNI_ALONE[base]) if base in _VNI_ALONE else base
            for tone, byte in zip(_TONES, bytes.fromhex(codes), strict=True):
                yield typed + chr(byte), _nfc(base + mark + tone)
            if mark:
                yield typed + chr(_VNI_BARE[mark]), _nfc(base + mark)


@lru_cache(maxsize=1)
def _vni() -> tuple[dict[str, str], dict[str, str]]:
    """Return what pairs and what single letters stand for, small and capital."""
    pairs = dict(_vni_pairs())
    single = {chr(byte): letter for letter, byte in _VNI_ALONE.items()}
    capital = {pair[0].upper() + pair[1]: letter.upper() for pair, letter in pairs.items()}
    whole = {pair.upper(): letter.upper() for pair, letter in pairs.items()}
    return whole | capital | pairs, single | {k.upper(): v.upper() for k, v in single.items()}


def _from_vni(text: str) -> str:
    pairs, single = _vni()
    made, at = [], 0
    while at < len(text):
        pair = pairs.get(text[at : at + 2])
        made.append(pair or single.get(text[at], text[at]))
        at += 2 if pair else 1
    return "".join(made)


_FROM: dict[str, Callable[[str], str]] = {
    TCVN3: lambda text: text.translate(_tcvn3()),
    VNI: _from_vni,
}


def repaired(text: str, script: str) -> str:
    """Return words that were typed for a font of that script, in Unicode; others as they are."""
    turn = _FROM.get(script)
    return _nfc(turn(text) if turn and not text.isascii() else text)


def decode(content: bytes, encoding: str) -> str:
    """Return the words of bytes in one of our encodings; what is none stays visible as “\ufffd”."""
    if encoding in _FROM:
        return repaired(content.decode("latin-1"), encoding)
    codec = "cp1258" if encoding == CP1258 else encoding
    return _nfc(content.decode(codec, "replace"))


def _score(text: str) -> int:
    """Say how much a text looks Vietnamese: its common words, less what no text has."""
    words = text.lower().replace(",", " ").replace(";", " ").replace('"', " ").split()
    known = sum(1 for word in words if word in _COMMON and not word.isascii())
    return known - sum(text.count(odd) for odd in "\ufffd¸µ¶·¹¨©®Ì×ÿ")


def guess(sample: bytes) -> str:
    """Return the encoding of a file by its first bytes.

    Raises: Unreadable where nothing makes Vietnamese of it; then somebody has to say.
    """
    for mark, encoding in ((codecs.BOM_UTF8, UTF8), (b"\xff\xfe", UTF16), (b"\xfe\xff", UTF16)):
        if sample.startswith(mark):
            return encoding
    if sample.count(0) > len(sample) // 5:
        return "utf-16-be" if sample[:1] == b"\0" else "utf-16-le"
    try:
        codecs.getincrementaldecoder(UTF8)().decode(sample)
    except UnicodeDecodeError:
        return _by_words(sample)
    return UTF8


def _by_words(sample: bytes) -> str:
    scores = {name: _score(decode(sample, name)) for name in (TCVN3, VNI, CP1258)}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _ENOUGH:
        return best
    names = ", ".join(ENCODINGS.values())
    raise Unreadable(
        f"Không nhận ra bảng mã của tệp; hãy chọn một trong: {names}.", field="encoding"
    )


def guess_script(texts: Iterator[str]) -> str:
    """Return the script of cells that were typed for old fonts, "" for plain Unicode."""
    sample = " ".join(texts)
    scores = {name: _score(repaired(sample, name)) for name in (TCVN3, VNI)}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _ENOUGH and scores[best] > _score(sample) else ""
