"""The words of files that lie in work files only, for the full-text search; in the worker."""

from motcua.casework.workfiles.models import WorkFile, WorkFileItem, WorkFileScope
from motcua.foundation.files import api as files
from motcua.foundation.search import api as search
from motcua.lib import work

KIND = "workfile_item"


def index_item(code: str, seq: int) -> None:
    """Read an item's file and remember its words; what was taken out is forgotten.

    Costs: a process of its own for the file, and three statements.
    """
    items = WorkFileItem.objects.select_related("file", "work_file")
    item = items.filter(work_file__code=code, seq=seq).first()
    if item is None or item.file is None:
        return
    pages = [] if item.gone_at or item.file.is_locked else files.read_text(item.file)
    _remember(item, [item.title, *pages] if item.gone_at is None else [])


def forget_purged(file_id: int) -> None:
    """Read anew, for the search, the items whose content is gone."""
    items = WorkFileItem.objects.filter(file_id=file_id, gone_at=None).order_by("pk")
    for code, seq in items.values_list("work_file__code", "seq"):
        index_item(code, seq)


@work.story
def _remember(item: WorkFileItem, pages: list[str]) -> None:
    if not pages:
        search.forget_text(KIND, item.pk)
        return
    first, rest = pages[0], pages[1:]
    joined = [f"{first}\n{rest[0]}", *rest[1:]] if rest else [first]
    search.remember_text(KIND, item.pk, joined, scope_of(item.work_file), item.added_at)


@work.story
def rescope_items(code: str) -> None:
    """Let those find a file's items who may see it now.

    Costs: one statement for each item with a file of its own.
    """
    items = WorkFileItem.objects.filter(work_file__code=code, file__isnull=False, gone_at=None)
    work_file = WorkFile.objects.filter(code=code).first()
    scope = scope_of(work_file) if work_file else []
    for pk in items.values_list("pk", flat=True).order_by("pk"):
        search.rescope_text(KIND, pk, scope)


def scope_of(work_file: WorkFile) -> list[int]:
    """Return which units and persons may know of a work file."""
    rows = WorkFileScope.objects.filter(work_file=work_file).order_by("unit_id")
    return list(rows.values_list("unit_id", flat=True))
