"""The report of an examination of signatures, as it is kept with the document examined."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .notices import Fact
from .parts import OfficialPaper


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedSignature:
    """One signature: what it is called, what it is worth, what there is to say of it."""

    name: str
    verdict: str
    words: str
    facts: tuple[Fact, ...]
    changes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class VerificationReport(OfficialPaper):
    """What the signatures of one file are worth, at the moment `as_of`.

    Source: docs/law/signatures.md
    """

    title: ClassVar[str] = "Biên bản kiểm tra chữ ký số"
    layout: ClassVar[str] = "verification_report"
    must_say: ClassVar[Mapping[str, str]] = {
        "sha256": "dấu vân tay của tệp",
        "verdict": "kết luận",
    }

    file_name: str
    sha256: str
    facts: tuple[Fact, ...]
    verdict: str
    words: str
    signatures: tuple[VerifiedSignature, ...] = ()
    unreadable: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    examined_at: datetime
    as_of: datetime
    unsealed_why: str = ""
