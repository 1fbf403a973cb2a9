"""Statements in ISO 20022's camt.053, read piece by piece."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import IO

from lxml import etree

from motcua.casework.reconciliation.errors import BadStatement

from .lines import LineIn, Trouble, trimmed
from .values import amount_in, moment_in

_BROKEN = "Tệp XML hỏng, không phải camt.053. Hãy tải lại sao kê từ ngân hàng."
# Of the bank's own giving; what payers give, or what begins anew in each statement, is none.
_REFS = ("AcctSvcrRef", "TxId")
_NOT_BOOKED = frozenset({"PDNG", "INFO", "FUTR"})
Element = etree._Element  # noqa: SLF001 -- lxml gives its class no other name


def camt_items(content: IO[bytes]) -> Iterator[LineIn | Trouble]:
    """Yield what a statement in camt.053 says. Raises: BadStatement."""
    account, number, is_camt = "", 0, False
    try:
        for event, element in etree.iterparse(
            content,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        ):
            name = _name(element)
            if event == "start":
                _refuse_types(element)
                is_camt = is_camt or name == "BkToCstmrStmt"
            elif name == "Acct" and _name(element.getparent()) == "Stmt":
                account = _text(element, "IBAN") or _text(element, "Id/Othr/Id")
            elif name == "Ntry":
                number += 1
                yield from _entry(element, number, account)
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise BadStatement(_BROKEN) from error
    if not is_camt:
        raise BadStatement("Tệp XML này không phải sao kê camt.053 (thiếu BkToCstmrStmt).")


def _refuse_types(element: Element) -> None:
    if element.getparent() is None and element.getroottree().docinfo.internalDTD is not None:
        raise BadStatement("Tệp XML khai báo kiểu tài liệu (DTD), không được nhận.")


def _entry(entry: Element, number: int, account: str) -> Iterator[LineIn | Trouble]:
    """Yield the movements of one entry: each of a batch whose amounts add up, else the whole."""
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    if status in _NOT_BOOKED:
        yield Trouble(number, f"Bút toán {number}: ngân hàng chưa hạch toán ({status}).")
        return
    parts = _below(entry, "TxDtls")
    if len(parts) > 1 and _adds_up(entry, parts):
        yield from _told_apart([_line(entry, part, number, account) for part in parts])
    else:
        yield _line(entry, None, number, account)


def _adds_up(entry: Element, parts: Sequence[Element]) -> bool:
    """Say whether each part tells its amount, and together they are the entry's."""
    whole, *told = [_amount_of(one) or ("", "") for one in (entry, *parts)]
    amounts = [amount_in(amount) for amount, currency in told if currency == whole[1]]
    known = [one for one in amounts if one is not None]
    return len(known) == len(parts) and sum(known) == amount_in(whole[0])


def _told_apart(lines: Sequence[LineIn | Trouble]) -> Iterator[LineIn | Trouble]:
    """Yield the parts of a batch; where they share the batch's reference, each with its place."""
    refs = Counter(one.ref for one in lines if isinstance(one, LineIn))
    for place, one in enumerate(lines, start=1):
        if isinstance(one, LineIn) and one.ref and refs[one.ref] > 1:
            yield replace(one, ref=f"{one.ref[:94]}/{place}")
        else:
            yield one


def _line(entry: Element, part: Element | None, number: int, account: str) -> LineIn | Trouble:
    named = part if part is not None else entry
    amount, currency = _amount_of(named) or ("", "")
    whole = amount_in(amount)
    at = moment_in(_text(entry, "BookgDt/DtTm") or _text(entry, "BookgDt/Dt"))
    if currency != "VND":
        return Trouble(number, f"Bút toán {number}: không phải đồng Việt Nam ({currency[:5]}).")
    if whole is None or at is None:
        return Trouble(number, f"Bút toán {number}: thiếu hoặc sai số tiền, ngày hạch toán.")
    came = _text(entry, "CdtDbtInd") == "CRDT"
    refs = [_deep(named, one) for one in _REFS] + [_text(entry, one) for one in _REFS]
    return LineIn(
        row=number,
        account=account.replace(" ", "")[:34],
        ref=next((one for one in refs if one and one != "NOTPROVIDED"), "")[:100],
        booked_at=at,
        amount_vnd=whole if came else -whole,
        words=trimmed(" ".join(one.text or "" for one in _below(named, "Ustrd"))),
        payer=trimmed(_deep(named, "Dbtr", "Nm") if came else _deep(named, "Cdtr", "Nm"))[:200],
    )


def _amount_of(element: Element) -> tuple[str, str] | None:
    found = _child(element, "Amt")
    if found is None:
        found = next(iter(_below(element, "Amt")), None)
    return ((found.text or "").strip(), found.get("Ccy", "")) if found is not None else None


def _name(element: Element | None) -> str:
    if element is None or not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2]


def _child(element: Element | None, name: str) -> Element | None:
    return (
        next((one for one in element if _name(one) == name), None) if element is not None else None
    )


def _text(element: Element, path: str) -> str:
    """Return the text below named children; empty without them."""
    found: Element | None = element
    for name in path.split("/"):
        found = _child(found, name)
    return (found.text or "").strip() if found is not None else ""


def _below(element: Element, name: str) -> list[Element]:
    return [one for one in element.iter() if _name(one) == name]


def _deep(element: Element, *names: str) -> str:
    """Return the text of the first of these anywhere below, one within the other."""
    found: Element | None = element
    for name in names:
        found = next(iter(_below(found, name)), None) if found is not None else None
    return (found.text or "").strip() if found is not None else ""


def _forget(element: Element) -> None:
    """Let what was read go, so that a long statement needs little memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
