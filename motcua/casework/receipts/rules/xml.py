"""A receipt as XML: our own schema, for the authority's is not public.

Source: docs/reference/receipts.md
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from lxml import etree

from motcua.lib.clock import local
from motcua.lib.money import in_words
from motcua.lib.safexml import BrokenXml, UnsafeXml, read_xml

from .contents import Content
from .forms import Key

Element: TypeAlias = etree._Element  # noqa: SLF001 -- the library has no other name for it
SPACE = "urn:motcua:bien-lai:1"
VERSION = "1.0"
MOST_BYTES = 2_000_000
NATURES = {"original": "0", "replacement": "1", "adjustment": "2"}
KINDS = {"fee": "phi", "charge": "le-phi"}
_Q = f"{{{SPACE}}}"
NAMES: Any = {None: SPACE}  # the namespace without a prefix
_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
Pairs = tuple[tuple[str, str], ...]


class NotReceiptXml(ValueError):
    """Not a receipt of this schema; says why in words for people."""


@dataclass(frozen=True, slots=True)
class SaidItem:
    """One line, as it is written in the file."""

    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says, unjudged: the words by the names of their elements."""

    head: dict[str, str]
    body: dict[str, str]
    payer: dict[str, str]
    delegate: dict[str, str] | None
    related: dict[str, str] | None
    items: tuple[SaidItem, ...]
    total: str
    words: str
    has_signature: bool = field(default=False)

    @property
    def key(self) -> str:
        """Return form, symbol and number as written."""
        return "/".join(self.head.get(name, "") for name in ("KHMBLai", "KHBLai", "SBLai"))


def write_receipt(content: Content, key: Key, on: date, *, nature: str, code: str) -> bytes:
    """Return the receipt as XML, not yet signed; the same content gives the same bytes."""
    root = etree.Element(f"{_Q}BLai", nsmap=NAMES)
    data = etree.SubElement(root, f"{_Q}DLBLai", Id=f"BL-{code}")
    head = _part(data, "TTChung", _head(content, key, on, nature=nature, code=code))
    if content.related:
        one = content.related
        _part(
            head,
            "LQuan",
            (
                ("KHMBLai", one.form),
                ("KHBLai", one.symbol),
                ("SBLai", f"{one.number}"),
                ("NLap", one.on.isoformat()),
                ("LDo", content.reason),
            ),
        )
    _parties(data, content)
    rows = etree.SubElement(data, f"{_Q}DSKThu")
    for place, item in enumerate(content.items, start=1):
        _part(
            rows,
            "KThu",
            (
                ("STT", f"{place}"),
                ("Ma", item.code),
                ("Ten", item.name),
                ("SLuong", f"{item.quantity}"),
                ("DVTinh", item.unit_name),
                ("STien", f"{item.amount_vnd}"),
                ("LDo", item.reason),
                ("CCu", item.rule),
                ("MHSo", item.subject),
            ),
        )
    _put(data, "TgTien", f"{content.amount_vnd}")
    _put(data, "TgTienChu", in_words(content.amount_vnd))
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _head(content: Content, key: Key, on: date, *, nature: str, code: str) -> Pairs:
    return (
        ("PBan", VERSION),
        ("TBLai", content.title),
        ("LKThu", KINDS[content.kind]),
        ("KHMBLai", key.form),
        ("KHBLai", key.symbol),
        ("SBLai", f"{key.number}"),
        ("NLap", on.isoformat()),
        ("TGThu", local(content.paid_at).isoformat(timespec="seconds")),
        ("DVTTe", "VND"),
        ("HTTToan", content.method),
        ("TCBLai", NATURES[nature]),
        ("MaDon", content.order_code),
        ("MTCuu", code),
    )


def _parties(data: Element, content: Content) -> None:
    body, payer, delegate = content.body, content.payer, content.delegate
    _part(
        data,
        "CQThu",
        (
            ("Ten", body.name),
            ("MST", body.tax_code),
            ("DChi", body.address),
            ("SDThoai", body.phone),
            ("STKhoan", body.account),
        ),
    )
    if delegate:
        _part(
            data,
            "UNhiem",
            (
                ("Ten", delegate.name),
                ("MST", delegate.tax_code),
                ("DChi", delegate.address),
                ("HDong", delegate.contract),
            ),
        )
    _part(
        data,
        "NNop",
        (
            ("Ten", payer.name),
            ("MST", payer.tax_code),
            ("DChi", payer.address),
            ("STKhoan", payer.account),
        ),
    )


def _part(above: Element, name: str, pairs: Pairs) -> Element:
    """Add a part with its words; what is empty is left out."""
    made = etree.SubElement(above, f"{_Q}{name}")
    for child, words in pairs:
        if words:
            _put(made, child, words)
    return made


def _put(above: Element, name: str, words: str) -> None:
    etree.SubElement(above, f"{_Q}{name}").text = "".join(_writable(words))


def _writable(words: str) -> Iterator[str]:
    """Yield the letters that XML can carry."""
    return (one for one in words if one >= " " or one in "\t\n")


def read_receipt(xml: bytes) -> Said:
    """Return what a file says. Raises: NotReceiptXml."""
    try:
        root = read_xml(xml, most_bytes=MOST_BYTES)
    except UnsafeXml as error:
        message = "Tệp quá lớn hoặc khai báo kiểu tài liệu (DTD); biên lai không có phần đó."
        raise NotReceiptXml(message) from error
    except BrokenXml as error:
        raise NotReceiptXml("Tệp không phải XML đọc được: bị hỏng hoặc thiếu thẻ đóng.") from error
    data = root.find(f"{_Q}DLBLai")
    if root.tag != f"{_Q}BLai" or data is None:
        raise NotReceiptXml(f"Tệp không phải biên lai điện tử theo lược đồ {SPACE}.")
    return Said(
        head=_words(data.find(f"{_Q}TTChung")) or {},
        body=_words(data.find(f"{_Q}CQThu")) or {},
        payer=_words(data.find(f"{_Q}NNop")) or {},
        delegate=_words(data.find(f"{_Q}UNhiem")),
        related=_words(data.find(f"{_Q}TTChung/{_Q}LQuan")),
        items=tuple(
            SaidItem(_text(one, "Ten"), _text(one, "STien"))
            for one in data.findall(f"{_Q}DSKThu/{_Q}KThu")
        ),
        total=_text(data, "TgTien"),
        words=_text(data, "TgTienChu"),
        has_signature=root.find(f".//{_SIGNATURE}") is not None,
    )


def _words(part: Element | None) -> dict[str, str] | None:
    if part is None:
        return None
    return {
        str(one.tag).removeprefix(_Q): (one.text or "").strip()
        for one in part.iterchildren(f"{_Q}*")
    }


def _text(part: Element, name: str) -> str:
    return (part.findtext(f"{_Q}{name}") or "").strip()
