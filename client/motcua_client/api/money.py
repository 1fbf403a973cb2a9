"""Endpoints: money. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Money(Group):
    """Endpoints: money."""

    def read_order(self, code: str) -> models.OrderOut:
        """Return the order by which a dossier waits for money, with the ways to pay it."""
        return cast(
            "models.OrderOut", self._json(Call("GET", f"/api/v1/dossiers/{escaped(code)}/order"))
        )

    def begin_payment(self, code: str, body: models.PayBody) -> models.BegunOut:
        """Begin to pay what a dossier waits for; the payer goes on at the partner."""
        return cast(
            "models.BegunOut",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/order/begin", body=body)),
        )

    def pay_ahead(self, code: str) -> models.Filed:
        """Open the order by which the applicant pays what is due before anybody asks for it."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/order/ahead")),
        )

    def ask_payment(self, code: str, body: models.FeesBody) -> models.Filed:
        """Ask the applicant to pay what is due; after receipt the clock stands meanwhile."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/ask-payment", body=body)),
        )

    def record_payment(self, code: str, body: models.FeesBody) -> models.Filed:
        """Record what was paid against paper receipts; the work goes on."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/payments", body=body)),
        )

    def take_cash(self, code: str) -> models.Filed:
        """Take in cash what the order of a dossier still asks for, into the open drawer."""
        return cast(
            "models.Filed", self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/cash"))
        )

    def list_receipts(self, code: str) -> list[models.ReceiptOut]:
        """Return the numbered receipts for a dossier, the newest first."""
        return cast(
            "list[models.ReceiptOut]",
            self._json(Call("GET", f"/api/v1/dossiers/{escaped(code)}/receipts")),
        )

    def receipt_xml(self, code: str, receipt: str) -> bytes:
        """Return the signed file of a receipt, which is the receipt in law."""
        return self._bytes(
            Call("GET", f"/api/v1/dossiers/{escaped(code)}/receipts/{escaped(receipt)}/xml")
        )

    def receipt_pdf(self, code: str, receipt: str) -> bytes:
        """Return the display of a receipt."""
        return self._bytes(
            Call("GET", f"/api/v1/dossiers/{escaped(code)}/receipts/{escaped(receipt)}/pdf")
        )

    def list_dues(self, code: str) -> list[models.DueOfOtherOut]:
        """Return what other bodies ask for a dossier, the oldest first."""
        return cast(
            "list[models.DueOfOtherOut]",
            self._json(Call("GET", f"/api/v1/dossiers/{escaped(code)}/dues")),
        )

    def record_due(self, code: str, body: models.DueOfOtherBody) -> models.Filed:
        """Record what another body asks for, as the tax authority on land; the dossier waits for it."""
        return cast(
            "models.Filed",
            self._json(Call("POST", f"/api/v1/dossiers/{escaped(code)}/dues", body=body)),
        )

    def record_due_paid(self, code: str, due: str, body: models.EvidenceBody) -> models.Filed:
        """Record by which paper one knows that a due was paid, or need not be; the work goes on."""
        return cast(
            "models.Filed",
            self._json(
                Call(
                    "POST", f"/api/v1/dossiers/{escaped(code)}/dues/{escaped(due)}/paid", body=body
                )
            ),
        )
