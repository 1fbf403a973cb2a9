"""The facts of a slip as people read them, and what the public ledger says of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.channels.kit.tongues import translate as _
from motcua.foundation.ledger import api as ledger
from motcua.foundation.organisation import api as organisation

_TONES = {
    ledger.LeafKind.REDATED: "soon",
    ledger.LeafKind.PAUSED: "paused",
    ledger.LeafKind.STOPPED: "late",
    ledger.LeafKind.REFUSED: "late",
}


@dataclass(frozen=True, slots=True)
class FactShown:
    """One leaf of a slip: what happened, on which day, where it stands in the ledger."""

    title: str
    tone: str
    at: datetime
    due_on: date | None
    index: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the ledger says of the promise, in one sentence."""

    words: str
    tone: str


def facts_of(proof: ledger.Proof) -> Sequence[FactShown]:
    """Return every fact of the slip, the newest first."""
    placed = sorted([*(one[0] for one in proof.proven), *proof.lost], key=lambda leaf: leaf.seq)
    shown = [_fact(leaf, leaf.index) for leaf in placed]
    waiting = [_fact(leaf, None) for leaf in proof.waiting]
    return [*reversed(waiting), *reversed(shown)]


def _fact(leaf: ledger.KeptLeaf, index: int | None) -> FactShown:
    kind = ledger.LeafKind(leaf.kind)
    return FactShown(kind.label, _TONES.get(kind, "done"), leaf.at, _due_on(leaf), index)


def _due_on(leaf: ledger.KeptLeaf) -> date | None:
    due = json.loads(leaf.public).get("due")
    return date.fromisoformat(due) if due else None


def verdict_of(proof: ledger.Proof) -> Verdict:
    """Return the sentence above the facts."""
    if proof.is_disputed:
        words = _(
            "Hồ sơ trên hệ thống nay không khớp với sổ công khai: có việc đã bị sửa hoặc xóa. Hãy"
            " giữ giấy hẹn, tải tệp chứng minh và báo cơ quan cấp trên."
        )
        return Verdict(words, "late")
    leaves = [leaf for leaf, _record, _path in proof.proven] + list(proof.waiting)
    kinds = [leaf.kind for leaf in leaves]
    if ledger.LeafKind.PROMISED not in kinds:
        return Verdict(_("Hồ sơ này không có ngày hẹn để kiểm tra."), "info")
    changes = kinds.count(ledger.LeafKind.REDATED)
    if proof.waiting:
        words = _("Có việc vừa ghi, vài phút nữa mới vào sổ công khai. Hãy xem lại sau.")
        return Verdict(words, "info")
    if changes:
        words = _(
            "Ngày hẹn đã đổi %(count)s lần, lần nào cũng ghi trong sổ công khai.", count=changes
        )
        return Verdict(words, "soon")
    return Verdict(_("Ngày hẹn chưa từng bị đổi; sổ công khai giữ nguyên từ lúc tiếp nhận."), "ok")


def agency_names() -> Mapping[str, str]:
    """Return the names of agencies by their codes of today."""
    return {agency.code: agency.name for agency in organisation.tree().agencies()}


def months_shown(months: Sequence[str]) -> list[tuple[str, str]]:
    """Return months with their words, for a choice: (“2026-11”, “Tháng 11/2026”)."""
    return [(one, _("Tháng %(month)s/%(year)s", month=one[5:], year=one[:4])) for one in months]
