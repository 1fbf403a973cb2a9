"""Đồng, always whole: in figures and in words."""

from collections.abc import Iterator

from .tongue import Dong, dong

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_PLACES = ("", " nghìn", " triệu")
_BILLION = 10**9
# Spellings that mean the same; both are met in receipts of other systems.
_SAME = {"lẻ": "linh", "ngàn": "nghìn", "tỉ": "tỷ", "tư": "bốn", "lăm": "năm", "mốt": "một"}
_EMPTY = frozenset({"chẵn", "đồng", "đ", "vnd"})


def in_dong(amount_vnd: int) -> Dong:
    """Return the amount as people write it: 1250000 → “1.250.000 đồng”."""
    return dong(f"{amount_vnd:,}".replace(",", ".") + " đồng", amount_vnd)


def in_words(amount_vnd: int) -> str:
    """Return the amount as it is read out: 1250005 → “Một triệu hai trăm năm mươi nghìn …”.

    What is empty is not said (1000000: “Một triệu đồng”), what begins with nothing is
    (1005000: “Một triệu không trăm linh năm nghìn đồng”).

    Source: docs/law/receipts.md
    """
    words = _number(abs(amount_vnd)) + " đồng"
    if amount_vnd < 0:
        words = f"âm {words}"
    return words[0].upper() + words[1:]


def says_amount(words: str, amount_vnd: int) -> bool:
    """Say whether words of whatever spelling say this amount: “ngàn”, “lẻ”, “tỉ”, “… chẵn”."""
    return _plain(words) == _plain(in_words(amount_vnd))


def _plain(words: str) -> list[str]:
    spoken = words.casefold().replace(",", " ").replace(".", " ").replace("/", " ").split()
    return [_SAME.get(word, word) for word in spoken if word not in _EMPTY]


def _number(value: int, *, is_begun: bool = False) -> str:
    if value >= _BILLION:
        high, low = divmod(value, _BILLION)
        parts = [f"{_number(high, is_begun=is_begun)} tỷ"]
        return " ".join([*parts, *([_number(low, is_begun=True)] if low else [])])
    return " ".join(_groups(value, is_begun=is_begun)) or _DIGITS[0]


def _groups(value: int, *, is_begun: bool) -> Iterator[str]:
    """Yield the millions, the thousands and the rest, as far as there are any."""
    for power in (2, 1, 0):
        group = value // _THOUSAND**power % _THOUSAND
        if group:
            yield _group(group, is_begun=is_begun) + _PLACES[power]
            is_begun = True


def _group(value: int, *, is_begun: bool) -> str:
    hundreds, rest = divmod(value, _HUNDRED)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or is_begun else []
    if rest and rest < _TEN and words:
        words.append(f"linh {_DIGITS[rest]}")
    elif rest:
        words.append(_two_digits(rest))
    return " ".join(words)


def _two_digits(value: int) -> str:
    tens, units = divmod(value, _TEN)
    if not tens:
        return _DIGITS[units]
    ten = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    unit = {0: "", 5: "lăm"}.get(units, _DIGITS[units])
    if tens > 1:
        unit = {1: "mốt", 4: "tư"}.get(units, unit)
    return f"{ten} {unit}".strip()
