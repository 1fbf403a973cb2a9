"""The checklist of papers on a page: ticked, of which kind, how many, with files."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from motcua.casework.dossiers.api import CopyKind, PaperIn, PaperState
from motcua.casework.procedures.api import PaperHandling, PaperSpec
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.errors import Anticipated
from motcua.lib.text import whole_number

from .attachments import Attachment, attachments_of

OTHER = "khac"
MOST = 999


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of the checklist."""

    field: str
    code: str
    name: str
    note: str
    is_required: bool
    is_given: bool
    kind: str
    quantity: str
    kinds: Sequence[tuple[str, str]]
    attached: Sequence[Attachment]
    state: PaperState
    error: str = ""


def checklist(
    request: ActorRequest,
    typed: QueryDict,
    specs: Iterable[PaperSpec],
    needed: Collection[str],
    *,
    at: datetime,
    prefix: str = "",
) -> Iterator[PaperRow]:
    """Yield a row for each listed paper as typed, and one for any other paper.

    `prefix` stands before every name on the page, where it shows several checklists.
    """
    other = PaperSpec(OTHER, str(typed.get("paper_khac_name", "")).strip())
    for spec in (*specs, other):
        yield _row(request, typed, spec, prefix, is_required=spec.code in needed, at=at)


def _row(
    request: ActorRequest,
    typed: QueryDict,
    spec: PaperSpec,
    prefix: str,
    *,
    is_required: bool,
    at: datetime,
) -> PaperRow:
    name = f"paper_{spec.code}"
    attached: list[Attachment] = []
    error = ""
    try:
        attached += attachments_of(request, typed, f"{name}_file", at=at, prefix=prefix)
    except Anticipated as refusal:
        error = str(refusal)
    is_later = spec.handling in {PaperHandling.AT_RETURN, PaperHandling.BY_POST}
    is_shown = spec.handling == PaperHandling.SHOW
    return PaperRow(
        field=prefix + name,
        code=spec.code,
        name=spec.name,
        note=spec.handling.label if is_shown or is_later else spec.note,
        is_required=is_required and not is_later,
        is_given=f"{name}_given" in typed or bool(attached),
        kind=_kind(spec, str(typed.get(f"{name}_kind", ""))),
        quantity=str(typed.get(f"{name}_quantity") or max(spec.originals, spec.copies, 1)),
        kinds=_kinds(spec),
        attached=attached,
        state=PaperState.SHOWN if is_shown else PaperState.HELD,
        error=error,
    )


def _kind(spec: PaperSpec, typed: str) -> str:
    if typed in CopyKind.values:
        return typed
    usual = CopyKind.COPY if spec.copies and not spec.originals else CopyKind.ORIGINAL
    return usual.value


def _kinds(spec: PaperSpec) -> list[tuple[str, str]]:
    kinds = [CopyKind.ORIGINAL, CopyKind.COPY, CopyKind.ELECTRONIC]
    if spec.replaced_by_data:
        kinds.append(CopyKind.DATA)
    return [(kind.value, kind.label) for kind in kinds]


def papers_given(rows: Iterable[PaperRow]) -> Iterator[PaperIn]:
    """Yield the papers that were ticked, one for each file of a paper."""
    for row in rows:
        if row.is_given and (row.code != OTHER or row.name):
            yield from _papers_of(row)


def _papers_of(row: PaperRow) -> Iterator[PaperIn]:
    quantity = whole_number(row.quantity) or 1
    kind = CopyKind(row.kind)
    state = PaperState.SHOWN if kind == CopyKind.DATA else row.state
    if not row.attached:
        yield PaperIn(row.code, row.name, kind, min(quantity, MOST), state)
    for index, file in enumerate(row.attached):
        yield PaperIn(
            row.code,
            row.name,
            kind if index == 0 else CopyKind.ELECTRONIC,
            min(quantity, MOST) if index == 0 else 1,
            state,
            file.file_id,
            file.name,
        )
