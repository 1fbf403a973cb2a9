"""The slip by which one body tells another what it needs to know (phiếu chuyển thông tin)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .parts import DossierPaper, Party, Signer


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipPart:
    """One part of the slip: its heading and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TransferSlip(DossierPaper):
    """What goes to the tax body so that it can set its dues, in the shape the law gives.

    `form_name` is the number of that shape in its decree.

    Source: docs/law/further-procedures.md
    """

    title: ClassVar[str] = "Phiếu chuyển thông tin"
    layout: ClassVar[str] = "transfer_slip"
    suffix: ClassVar[str] = "PCTT"
    must_say: ClassVar[Mapping[str, str]] = {
        "addressee": "nơi nhận (Kính gửi)",
        "blocks": "nội dung chuyển",
        "signer.name": "người lập phiếu",
    }

    name: str
    form_name: str = ""
    addressee: str
    applicant: Party
    received_at: datetime
    blocks: tuple[SlipPart, ...]
    papers: tuple[str, ...] = ()
    signer: Signer
    recipients: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return self.name
