"""Whether the file of a receipt says all it must, and whether its sums are right.

Source: docs/law/receipts.md
"""

from collections.abc import Iterator, Sequence
from datetime import date

from motcua.foundation.people.api import NumberNotUsable, check_tax_code
from motcua.lib.money import in_dong, in_words, says_amount

from .forms import FormRule, key_faults
from .xml import KINDS, NATURES, Said

_MOST_DIGITS = 15
_HEAD = {
    "TBLai": "tên biên lai",
    "KHMBLai": "ký hiệu mẫu biên lai",
    "KHBLai": "ký hiệu biên lai",
    "SBLai": "số biên lai",
    "NLap": "ngày lập",
}
_BODY = {"Ten": "tên cơ quan thu", "MST": "mã số thuế của cơ quan thu"}


def receipt_faults(said: Said, rules: Sequence[FormRule]) -> Iterator[str]:
    """Yield what is wrong with a receipt, its signature apart."""
    yield from _missing(said.head, _HEAD)
    yield from _missing(said.body, _BODY)
    yield from _tax_code(said.body.get("MST", ""))
    yield from _kind_and_nature(said)
    yield from _keys(said, rules)
    yield from _sums(said)
    if said.delegate is not None:
        names = {"Ten": "tên bên nhận ủy nhiệm", "DChi": "địa chỉ bên nhận ủy nhiệm"}
        yield from _missing(said.delegate, names)


def day_of(words: str) -> date | None:
    """Return the day that is written, None if it is none."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _missing(given: dict[str, str], names: dict[str, str]) -> Iterator[str]:
    yield from (f"Thiếu {name} ({key})." for key, name in names.items() if not given.get(key))


def _tax_code(code: str) -> Iterator[str]:
    try:
        if code:
            check_tax_code(code)
    except NumberNotUsable as error:
        yield f"Mã số thuế của cơ quan thu “{code}”: {error}"


def _kind_and_nature(said: Said) -> Iterator[str]:
    if said.head.get("LKThu", "phi") not in KINDS.values():
        yield "Loại khoản thu (LKThu) phải là “phi” hoặc “le-phi”: mỗi loại một biên lai riêng."
    nature = said.head.get("TCBLai", NATURES["original"])
    if nature not in NATURES.values():
        yield "Tính chất biên lai (TCBLai) phải là 0 (gốc), 1 (thay thế) hoặc 2 (điều chỉnh)."
    elif nature != NATURES["original"] and said.related is None:
        yield "Biên lai thay thế, điều chỉnh phải dẫn biên lai liên quan (LQuan)."
    elif nature == NATURES["original"] and said.related is not None:
        yield "Biên lai gốc không dẫn biên lai liên quan; hãy xem lại tính chất (TCBLai)."


def _keys(said: Said, rules: Sequence[FormRule]) -> Iterator[str]:
    """Yield what is wrong with the keys of this receipt and of the one it speaks of."""
    yield from _key(said.head, rules, "")
    if said.related is not None:
        yield from _key(said.related, rules, "Biên lai liên quan: ")
        own, other = (day_of(one.get("NLap", "")) for one in (said.head, said.related))
        if own and other and other > own:
            yield "Biên lai liên quan lập sau biên lai này."


def _key(given: dict[str, str], rules: Sequence[FormRule], before: str) -> Iterator[str]:
    form, symbol, number = (given.get(name, "") for name in ("KHMBLai", "KHBLai", "SBLai"))
    is_whole = bool(form and symbol and number)
    written = given.get("NLap", "")
    on = day_of(written)
    if written and on is None:
        yield f"{before}Ngày lập “{written}” không phải ngày dạng 2026-07-01."
    if on is not None and is_whole:
        faults = key_faults(rules, form, symbol, number, on)
        yield from (f"{before}{fault}" for fault in faults)
    elif before and not (is_whole and written):
        yield f"{before}phải có đủ ký hiệu mẫu, ký hiệu, số và ngày lập."


def _sums(said: Said) -> Iterator[str]:
    """Yield what is wrong with the amounts, in figures and in words."""
    if not said.items:
        yield "Biên lai không có khoản thu nào (KThu)."
    yield from (
        f"Khoản thu thứ {place} thiếu tên."
        for place, one in enumerate(said.items, start=1)
        if not one.name
    )
    total = amount_of(said.total)
    amounts = [amount_of(one.amount) for one in said.items]
    wrong = [one.amount for one in said.items if amount_of(one.amount) is None]
    yield from (f"Số tiền “{one}” không phải số đồng nguyên." for one in wrong)
    if total is None:
        yield f"Tổng số tiền “{said.total}” không phải số đồng nguyên."
        return
    if not wrong and (summed := sum(one or 0 for one in amounts)) != total:
        yield f"Tổng ghi {in_dong(total)}, cộng các khoản được {in_dong(summed)}."
    if not said.words:
        yield "Thiếu số tiền bằng chữ (TgTienChu)."
    elif not says_amount(said.words, total):
        yield f"Bằng chữ ghi “{said.words}”; {in_dong(total)} đọc là “{in_words(total)}”."


def amount_of(words: str) -> int | None:
    """Return the whole amount that is written, None if it is none."""
    digits = words.removeprefix("-")
    return int(words) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else None
