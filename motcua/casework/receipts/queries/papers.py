"""A receipt as people see it: the display of form 01/PLPĐT.

Source: docs/law/receipts.md
"""

from motcua.casework.receipts.choices import LIVING, Nature, ReceiptState
from motcua.casework.receipts.errors import NoSuchReceipt
from motcua.casework.receipts.models import Receipt
from motcua.casework.receipts.rules.contents import Item
from motcua.foundation.papers import api as papers
from motcua.lib.money import in_words
from motcua.lib.tongue import said

from .receipts import address_of

_MARKS = {ReceiptState.REPLACED: "ĐÃ BỊ THAY THẾ", ReceiptState.CANCELLED: "ĐÃ HỦY"}


def receipt_pdf(receipt: Receipt) -> bytes:
    """Return the display of a receipt; nothing is kept, the signed XML is the receipt.

    Raises: NoSuchReceipt without a number, PaperIncomplete.
    Costs: some 20 ms.
    """
    return papers.render_paper(receipt_paper(receipt))


def receipt_paper(receipt: Receipt) -> papers.MoneyReceipt:
    """Return what is printed. Raises: NoSuchReceipt without a number."""
    key = receipt.key
    if key is None or receipt.issued_on is None or receipt.issued_at is None:
        raise NoSuchReceipt(said("Biên lai chưa có số nên chưa in được."))
    content = receipt.said
    body, payer, delegate = content.body, content.payer, content.delegate
    is_change = receipt.nature in (Nature.REPLACEMENT, Nature.ADJUSTMENT)
    return papers.MoneyReceipt(
        letterhead=papers.letterhead_of_agency(receipt.agency_id, receipt.issued_at),
        name=content.title,
        nature=f"({receipt.get_nature_display()})" if is_change else "",
        form_symbol=key.form,
        symbol=key.symbol,
        receipt_number=f"{key.number}",
        on=receipt.issued_on,
        body=papers.MoneyParty(
            name=body.name,
            tax_code=body.tax_code,
            address=body.address,
            phone=body.phone,
            account=body.account,
        ),
        delegate=papers.MoneyParty(
            name=delegate.name,
            tax_code=delegate.tax_code,
            address=delegate.address,
            contract=delegate.contract,
        )
        if delegate
        else None,
        payer=papers.MoneyParty(
            name=payer.name,
            tax_code=payer.tax_code,
            address=payer.address,
            account=payer.account,
        ),
        items=tuple(_item(one) for one in content.items),
        total_vnd=content.amount_vnd,
        words=in_words(content.amount_vnd),
        method=content.method,
        paid_at=content.paid_at,
        order_code=content.order_code,
        related=content.related.key if content.related else "",
        reason=content.reason,
        mark="" if receipt.state in LIVING else _MARKS[ReceiptState(receipt.state)],
        signed_by=receipt.signed_by,
        signed_at=receipt.signed_at,
        lookup_code=receipt.code,
        check_url=address_of(receipt),
    )


def _item(item: Item) -> papers.MoneyItem:
    parts = (item.reason, item.rule, f"Hồ sơ {item.subject}" if item.subject else "")
    return papers.MoneyItem(
        name=item.name,
        quantity=f"{item.quantity} {item.unit_name}".strip(),
        amount_vnd=item.amount_vnd,
        why=". ".join(one.rstrip(".") for one in parts if one),
    )
