"""Open a work file, put things in, put them in order, close it and open it again.

Source: docs/law/workfiles.md
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from motcua.casework.documents import api as documents
from motcua.casework.dossiers import api as dossiers
from motcua.casework.tasks import api as tasks
from motcua.casework.workfiles.choices import Act, ItemKind, ScopeRole, State
from motcua.casework.workfiles.errors import NoSuchWorkFile, NotInOrder, WorkFileError
from motcua.casework.workfiles.models import ListedFile, WorkFile, WorkFileItem
from motcua.casework.workfiles.permissions import check_write
from motcua.casework.workfiles.queries.one import items_of, missing_in
from motcua.casework.workfiles.rules.keeping import check_retention, hand_over_due
from motcua.casework.workfiles.rules.values import (
    Described,
    FileIn,
    ItemIn,
    check_item,
    check_pages,
    checked_reason,
    checked_symbol,
    checked_title,
    new_code,
)
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, Conflict
from motcua.lib.text import tidy

from .telling import let_see, lock_file, lock_open, tell

_LONGEST = 5_000
_SUMS = ("documents", "pages")


@work.story
def open_file(new: FileIn, *, by: Actor, at: datetime) -> WorkFile:
    """Open a work file, from a line of the approved list or for a matter nobody foresaw.

    Raises: NoSuchWorkFile, NotAllowed, BadInput.
    """
    new = _from_line(new)
    by.require(Power.DRAFT_DOCUMENTS, unit_id=new.unit_id)
    check_retention(new.retention_years)
    work_file = WorkFile(
        id=work.new_id(WorkFile),
        code=new_code(),
        state=State.OPEN,
        agency_id=organisation.tree().unit(new.unit_id).agency_id,
        unit_id=new.unit_id,
        sort_at=at,
        secrecy=new.secrecy,
        line_id=new.line_id,
        year=local_day(at).year,
        symbol=checked_symbol(new.symbol) if new.symbol else "",
        title=checked_title(new.title),
        retention_years=new.retention_years,
        is_construction=new.is_construction,
        account_id=by.id,
        person_name=by.name,
        note=tidy(new.note)[:500],
    )
    tell(work_file, Act.OPEN, by=by, at=at, was="", is_new=True)
    let_see(work_file, [(new.unit_id, ScopeRole.HOLDER), (-by.id, ScopeRole.PERSON)])
    return work_file


def _from_line(new: FileIn) -> FileIn:
    """Take over what the approved list says. Raises: NoSuchWorkFile."""
    if new.line_id is None:
        return new
    line = ListedFile.objects.select_related("list").filter(pk=new.line_id).first()
    if line is None or not line.list.is_approved:
        raise NoSuchWorkFile("Danh mục hồ sơ chưa được ban hành, hoặc không có dòng này.")
    return replace(
        new,
        unit_id=line.unit_id,
        symbol=line.symbol,
        title=new.title or line.title,
        retention_years=line.retention_years,
    )


@work.story
def change_file(
    code: str, title: str, retention_years: int, note: str, *, by: Actor, at: datetime
) -> WorkFile:
    """Correct the title, how long the file is kept, or what is to be known of it.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError, BadInput.
    """
    work_file = lock_open(code, by)
    check_retention(retention_years)
    was = {"title": work_file.title, "retention": work_file.retention_years}
    work_file.title, work_file.note = checked_title(title), tidy(note)[:500]
    work_file.retention_years = retention_years
    changed = ("title", "retention_years", "note")
    tell(work_file, Act.CHANGE, by=by, at=at, was=State.OPEN, changed=changed, detail=was)
    return work_file


@work.story
def put_in(code: str, item: ItemIn, *, by: Actor, at: datetime) -> WorkFileItem:
    """Put a document, a dossier, a task or a file into a work file; last in its order.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError, BadInput, Conflict, or what the item's own
    room raises when the actor may not know of it.
    """
    work_file = lock_open(code, by)
    check_item(item)
    known = _known(item, by)
    items = WorkFileItem.objects.filter(work_file=work_file)
    if item.ref and items.filter(kind=item.kind, ref=item.ref, gone_at=None).exists():
        raise Conflict(f"“{known.title}” đã có trong hồ sơ này.")
    if work_file.documents >= _LONGEST:
        raise WorkFileError(f"Mỗi hồ sơ có nhiều nhất {_LONGEST} mục; hãy mở hồ sơ tiếp theo.")
    row = WorkFileItem(
        work_file=work_file,
        seq=work_file.version + 1,
        position=_last(work_file) + 1,
        kind=known.kind,
        ref=known.ref,
        title=_titled(known),
        type_name=_type_of(known),
        notation=known.notation[:80],
        author=tidy(known.author)[:300],
        day=known.day,
        pages=known.pages,
        file=known.file,
        file_name=known.file_name[:200],
        note=tidy(known.note)[:500],
        added_at=at,
        added_by_name=by.name,
    )
    work.add(row)
    _count(work_file, added=row)
    detail = {"kind": row.kind, "ref": row.ref, "title": row.title[:200]}
    tell(
        work_file,
        Act.PUT_IN,
        by=by,
        at=at,
        was=State.OPEN,
        changed=_SUMS,
        note=row.title[:300],
        detail=detail,
        item_seq=row.seq,
    )
    return row


def _last(work_file: WorkFile) -> int:
    latest = WorkFileItem.objects.filter(work_file=work_file).order_by("-position").first()
    return latest.position if latest else 0


def _titled(item: ItemIn) -> str:
    title = tidy(item.title or item.file_name.rpartition(".")[0])[:1000]
    if not title:
        raise BadInput("Hãy ghi trích yếu nội dung.", field="title")
    return title


def _type_of(item: ItemIn) -> str:
    return tidy(item.note)[:100] if item.kind == ItemKind.FILE else ItemKind(item.kind).label


def _known(item: ItemIn, by: Actor) -> ItemIn:
    """Fill in what the item's own room knows of it, if the actor may know of it there."""
    if item.kind == ItemKind.DOCUMENT:
        return _document(item, by)
    if item.kind == ItemKind.DOSSIER:
        return _dossier(item, by)
    if item.kind == ItemKind.TASK:
        return _task(item, by)
    return item


def _document(item: ItemIn, by: Actor) -> ItemIn:
    found = documents.get_document_for(by, item.ref)
    return replace(
        item,
        title=item.title or found.subject,
        day=item.day or found.issued_on,
        notation=item.notation or documents.in_words(found.number, found.notation),
        author=item.author or found.issuer_name,
        pages=item.pages or found.pages,
    )


def _dossier(item: ItemIn, by: Actor) -> ItemIn:
    found = dossiers.get_dossier_for(by, item.ref)
    return replace(
        item,
        title=item.title or found.summary or f"Hồ sơ thủ tục của {found.applicant_name}",
        day=item.day or local_day(found.submitted_at),
        notation=item.notation or found.code,
        author=item.author or found.applicant_name,
        pages=item.pages or 1,
    )


def _task(item: ItemIn, by: Actor) -> ItemIn:
    found = tasks.get_task_for(by, item.ref)
    return replace(
        item,
        title=item.title or found.title,
        day=item.day or local_day(found.given_at),
        notation=item.notation or found.code,
        author=item.author or found.given_by_name,
        pages=item.pages or 1,
    )


def _count(
    work_file: WorkFile, *, added: WorkFileItem | None = None, gone: WorkFileItem | None = None
) -> None:
    items = items_of(work_file)
    if added is not None:
        items.append(added)
    kept = [one for one in items if gone is None or one.pk != gone.pk]
    work_file.documents = len(kept)
    work_file.pages = sum(one.pages or 0 for one in kept)


@work.story
def take_out(code: str, seq: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Take something out that does not belong here; the move says what it was and why.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError, BadInput.
    """
    work_file = lock_open(code, by)
    why = checked_reason(reason)
    item = _item(work_file, seq)
    item.gone_at = at
    work.update(item, "gone_at")
    _count(work_file, gone=item)
    detail = {"seq": seq, "title": item.title[:200]}
    tell(
        work_file,
        Act.TAKE_OUT,
        by=by,
        at=at,
        was=State.OPEN,
        changed=_SUMS,
        note=f"{item.title[:300]}: {why}",
        detail=detail,
        item_seq=seq,
    )


@work.story
def describe_item(
    code: str, seq: int, described: Described, *, by: Actor, at: datetime
) -> WorkFileItem:
    """Write the day, the number of pages and a remark of one item.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError, BadInput.
    """
    work_file = lock_open(code, by)
    item = _item(work_file, seq)
    check_pages(described.pages)
    item.day, item.pages, item.note = described.day, described.pages, tidy(described.note)[:500]
    work.update(item, "day", "pages", "note")
    others = [one for one in items_of(work_file) if one.pk != item.pk]
    work_file.pages = sum(one.pages or 0 for one in (*others, item))
    _arranged(work_file, f"Bổ sung thông tin: {item.title[:200]}", by=by, at=at)
    return item


@work.story
def arrange(code: str, seqs: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Put all items into the given order.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError, Conflict if it is not about the same items.
    """
    work_file = lock_open(code, by)
    items = {item.seq: item for item in items_of(work_file)}
    if sorted(items) != sorted(seqs):
        raise Conflict("Hồ sơ vừa có thay đổi; hãy tải lại trang rồi sắp xếp lại.")
    for position, seq in enumerate(seqs, 1):
        if items[seq].position != position:
            items[seq].position = position
            work.update(items[seq], "position")
    _arranged(work_file, "Sắp xếp lại thứ tự", by=by, at=at)


def arrange_by_day(code: str, *, by: Actor, at: datetime) -> None:
    """Put all items into the order of their days, those without a day last."""
    work_file = WorkFile.objects.filter(code=code).first()
    items = items_of(work_file) if work_file else []
    items.sort(key=lambda one: (one.day is None, one.day or date.max, one.position))
    arrange(code, [one.seq for one in items], by=by, at=at)


def _arranged(work_file: WorkFile, note: str, *, by: Actor, at: datetime) -> None:
    tell(work_file, Act.ARRANGE, by=by, at=at, was=State.OPEN, changed=("pages",), note=note)


def _item(work_file: WorkFile, seq: int) -> WorkFileItem:
    items = WorkFileItem.objects.filter(work_file=work_file, seq=seq, gone_at=None)
    item = items.select_for_update(of=("self",)).first()
    if item is None:
        raise NoSuchWorkFile("Mục này không còn trong hồ sơ; hãy tải lại trang.")
    return item


@work.story
def entrust(code: str, account_id: int, *, by: Actor, at: datetime) -> WorkFile:
    """Let another officer go on with the file; open or closed, it stays in its unit.

    Raises: NoSuchWorkFile, NotAllowed, BadInput.
    """
    work_file = lock_file(code)
    check_write(by, work_file)
    return give_to(work_file, account_id, by=by, at=at)


def give_to(work_file: WorkFile, account_id: int, *, by: Actor, at: datetime) -> WorkFile:
    """Write who makes the file from now on. Raises: BadInput."""
    heir = identity.Account.objects.filter(pk=account_id, disabled_at=None).first()
    if heir is None:
        raise BadInput("Không có tài khoản này, hoặc tài khoản đã khóa.", field="account")
    detail = {"from": work_file.person_name, "to": heir.full_name}
    work_file.account_id, work_file.person_name = heir.pk, heir.full_name
    let_see(work_file, [(-heir.pk, ScopeRole.PERSON)])
    tell(
        work_file,
        Act.ENTRUST,
        by=by,
        at=at,
        was=work_file.state,
        changed=("account_id", "person_name"),
        note=f"Giao {heir.full_name}",
        detail=detail,
    )
    return work_file


@work.story
def close_file(code: str, ended_on: date, *, by: Actor, at: datetime) -> WorkFile:
    """Close a file whose matter is done; all that lies in it has its day and its pages.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError, NotInOrder, BadInput.
    """
    work_file = lock_open(code, by)
    items = items_of(work_file)
    if not items:
        raise NotInOrder("Hồ sơ chưa có tài liệu nào nên chưa kết thúc được.")
    if lacking := missing_in(items):
        raise NotInOrder(f"Chưa kết thúc được hồ sơ: {'; '.join(lacking[:10])}.")
    if ended_on > local_day(at):
        raise BadInput("Ngày kết thúc công việc không thể sau hôm nay.", field="ended_on")
    for position, item in enumerate(items, 1):
        if item.position != position:
            item.position = position
            work.update(item, "position")
    work_file.move_to(State.CLOSED)
    work_file.ended_on, work_file.closed_at = ended_on, at
    work_file.due_on = hand_over_due(
        ended_on, work_file.retention_years, is_construction=work_file.is_construction
    )
    work_file.warned_on = None
    changed = ("ended_on", "closed_at", "due_on", "warned_on")
    detail = {"documents": work_file.documents, "pages": work_file.pages}
    tell(work_file, Act.CLOSE, by=by, at=at, was=State.OPEN, changed=changed, detail=detail)
    return work_file


@work.story
def reopen_file(code: str, reason: str, *, by: Actor, at: datetime) -> WorkFile:
    """Open a closed file again, for a reason.

    Raises: NoSuchWorkFile, NotAllowed, MoveNotAllowed, BadInput.
    """
    work_file = lock_file(code)
    check_write(by, work_file)
    why = checked_reason(reason)
    work_file.move_to(State.OPEN)
    work_file.ended_on = work_file.closed_at = work_file.due_on = work_file.kept_until = None
    changed = ("ended_on", "closed_at", "due_on", "kept_until")
    tell(work_file, Act.REOPEN, by=by, at=at, was=State.CLOSED, changed=changed, note=why)
    return work_file
