"""The papers of work files, from their rows: the same rows give the same bytes.

Source: docs/law/workfiles.md
"""

from collections.abc import Sequence
from datetime import date, datetime

from motcua.casework.workfiles.models import (
    FileList,
    HandOver,
    ListedFile,
    WorkFile,
    WorkFileItem,
)
from motcua.casework.workfiles.rules.keeping import retention_words
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.clock import local, local_day

from .letterheads import of_agency, of_unit
from .lists import handed_in, lines_of
from .one import days_of, items_of

_SIGN = "(Ký và ghi rõ họ tên)"


def list_pdf(listed: FileList, at: datetime) -> bytes:
    """Return the yearly list of files as it is put into force."""
    lines = lines_of(listed)
    decided = (
        f"(Kèm theo Quyết định số {listed.decision_number} "
        f"ngày {listed.decided_on:%d/%m/%Y} của {_name(listed.agency_id, at)})"
        if listed.decided_on
        else "(Dự thảo)"
    )
    paper = papers.FileListPaper(
        letterhead=of_agency(listed.agency_id, listed.approved_at or at),
        note=f"Năm {listed.year} {decided}",
        columns=(
            papers.Column(head="Số và ký hiệu hồ sơ", width="26"),
            papers.Column(head="Tiêu đề hồ sơ"),
            papers.Column(head="Thời hạn bảo quản", width="22"),
            papers.Column(head="Đơn vị/ người lập hồ sơ", width="40"),
            papers.Column(head="Ghi chú", width="24"),
        ),
        entries=tuple(_entries_of_list(lines)),
        closing=(f"Danh mục này có {len(lines)} hồ sơ.",),
        signers=(papers.Signer(title="Người đứng đầu cơ quan", name=listed.approved_by_name),)
        if listed.approved_by_name
        else (),
    )
    return papers.render_paper(paper)


def _entries_of_list(lines: Sequence[ListedFile]) -> list[tuple[str, ...]]:
    tree = organisation.tree()
    return [
        (
            line.symbol,
            line.title,
            retention_words(line.retention_years),
            " – ".join(filter(None, (tree.unit(line.unit_id).name, line.person_name))),
            line.note,
        )
        for line in lines
    ]


def contents_pdf(work_file: WorkFile, at: datetime) -> bytes:
    """Return the table of contents of a file (mục lục văn bản, tài liệu)."""
    items = items_of(work_file)
    closed, kept = work_file.closed_at or at, retention_words(work_file.retention_years)
    paper = papers.FileContents(
        letterhead=of_unit(work_file.unit_id, closed),
        note=f"Hồ sơ: {named(work_file)}",
        lines=(
            papers.Line(label="Thời hạn bảo quản", value=kept),
            papers.Line(label="Thời gian của tài liệu", value=span(items)),
        ),
        columns=(
            papers.Column(head="STT", width="11"),
            papers.Column(head="Số, ký hiệu", width="28"),
            papers.Column(head="Ngày tháng", width="22"),
            papers.Column(head="Tên loại và trích yếu nội dung"),
            papers.Column(head="Tác giả", width="34"),
            papers.Column(head="Số trang", width="15"),
        ),
        entries=tuple(_contents(items)) or (("", "", "", "Chưa có tài liệu", "", ""),),
        closing=(f"Hồ sơ có {len(items)} văn bản, tài liệu; {work_file.pages} trang.",),
        signers=(papers.Signer(title="Người lập hồ sơ", name=work_file.person_name),),
    )
    return papers.render_paper(paper)


def _contents(items: Sequence[WorkFileItem]) -> list[tuple[str, ...]]:
    return [
        (
            f"{number}",
            item.notation,
            f"{item.day:%d/%m/%Y}" if item.day else "",
            item.title if not item.note else f"{item.title} ({item.note})",
            item.author,
            f"{item.pages or ''}",
        )
        for number, item in enumerate(items, 1)
    ]


def handed_over_pdf(found: HandOver) -> bytes:
    """Return the list of the files that go to the archive (mục lục hồ sơ, tài liệu nộp lưu)."""
    files = handed_in(found)
    paper = papers.HandedOverFiles(
        letterhead=of_unit(found.unit_id, found.offered_at),
        note=f"Lần giao nộp {found.code.upper()}",
        columns=(
            papers.Column(head="STT", width="11"),
            papers.Column(head="Số, ký hiệu hồ sơ", width="26"),
            papers.Column(head="Tiêu đề hồ sơ"),
            papers.Column(head="Thời gian tài liệu", width="44"),
            papers.Column(head="Thời hạn bảo quản", width="24"),
            papers.Column(head="Số văn bản", width="16"),
            papers.Column(head="Số trang", width="16"),
            papers.Column(head="Ghi chú", width="26"),
        ),
        entries=tuple(_handed(files)) or (("", "", "Không còn hồ sơ", "", "", "", "", ""),),
        closing=(f"Mục lục này có {len(files)} hồ sơ.",),
        signers=(papers.Signer(title="Người lập", name=found.giver_name, capacity=_SIGN),),
    )
    return papers.render_paper(paper)


def _handed(files: Sequence[WorkFile]) -> list[tuple[str, ...]]:
    return [
        (
            f"{number}",
            one.symbol,
            one.title,
            span(items_of(one)),
            retention_words(one.retention_years),
            f"{one.documents}",
            f"{one.pages}",
            one.note,
        )
        for number, one in enumerate(files, 1)
    ]


def minutes_pdf(found: HandOver, at: datetime) -> bytes:
    """Return the minutes of a hand-over, for both sides to sign (biên bản giao nhận)."""
    moment = local(found.ended_at or found.offered_at)
    files = handed_in(found)
    unit, agency = _unit_name(found.unit_id, at), _name(found.agency_id, at)
    paper = papers.HandOverMinutes(
        letterhead=of_agency(found.agency_id, found.ended_at or found.offered_at),
        note=f"Lần giao nộp {found.code.upper()}",
        lines=(
            papers.Line(label="Bên giao", value=_side(found.giver_name, found.giver_title, unit)),
            papers.Line(
                label="Bên nhận",
                value=_side(found.receiver_name, found.receiver_title, f"lưu trữ {agency}"),
            ),
            papers.Line(label="Thời gian giao nhận", value=f"{moment:%H giờ %M, ngày %d/%m/%Y}"),
            papers.Line(label="Nội dung", value="giao nộp hồ sơ, tài liệu vào lưu trữ cơ quan"),
        ),
        columns=(
            papers.Column(head="STT", width="11"),
            papers.Column(head="Số, ký hiệu hồ sơ", width="30"),
            papers.Column(head="Tiêu đề hồ sơ"),
            papers.Column(head="Số văn bản", width="20"),
            papers.Column(head="Số trang", width="18"),
        ),
        entries=tuple(
            (f"{number}", one.symbol, one.title, f"{one.documents}", f"{one.pages}")
            for number, one in enumerate(files, 1)
        )
        or (("", "", "Không còn hồ sơ", "", ""),),
        closing=(
            f"Tổng số hồ sơ giao nhận: {len(files)}; {sum(one.pages for one in files)} trang.",
            "Tình trạng: hồ sơ điện tử, kèm mục lục hồ sơ nộp lưu và mục lục văn bản từng hồ sơ.",
            "Biên bản được lập thành hai bản; mỗi bên giữ một bản.",
        ),
        signers=(
            papers.Signer(title="Đại diện bên giao", name=found.giver_name, capacity=_SIGN),
            papers.Signer(title="Đại diện bên nhận", name=found.receiver_name, capacity=_SIGN),
        ),
    )
    return papers.render_paper(paper)


def named(work_file: WorkFile) -> str:
    """Return symbol and title of a file as papers name it."""
    return " – ".join(filter(None, (work_file.symbol, work_file.title)))


def span(items: Sequence[WorkFileItem]) -> str:
    """Return from which day to which the things in a file are."""
    first, latest = days_of(items)
    if first is None or latest is None:
        return ""
    return _days(first, latest)


def _days(first: date, latest: date) -> str:
    return f"{first:%d/%m/%Y}" if first == latest else f"{first:%d/%m/%Y} – {latest:%d/%m/%Y}"


def _side(name: str, title: str, where: str) -> str:
    return ", ".join(filter(None, (name, title, where)))


def _name(agency_id: int, at: datetime) -> str:
    return organisation.name_of_agency(agency_id, on=local_day(at))


def _unit_name(unit_id: int, at: datetime) -> str:
    return organisation.name_of_unit(unit_id, on=local_day(at))
