"""The papers that rows name: found in the ZIPs (or a folder) handed over, examined like others."""

import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from motcua.casework.dossiers.api import OLD_PAPER, CopyKind, PaperIn, PaperState
from motcua.casework.migration.choices import FileKind
from motcua.casework.migration.errors import Unreadable
from motcua.casework.migration.models import Source
from motcua.casework.migration.queries import files_of
from motcua.foundation.files import api as files
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated
from motcua.lib.text import tidy
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

_MOST_RATIO = 200
_NAME = 200
_MOST_ENTRIES = 200_000


class Found(NamedTuple):
    """Where a paper lies, and how large it says to be."""

    archive: zipfile.ZipFile | None
    place: str
    size: int
    mark: str


class Papers:
    """Every paper that came with a source, by its whole path and by its bare name."""

    def __init__(self) -> None:
        self._by_path: dict[str, Found] = {}
        self._by_name: dict[str, Found | None] = {}

    def add(self, path: str, found: Found) -> None:
        """Note a paper; of several with one bare name none is meant by it."""
        whole = _plain(path)
        self._by_path[whole] = found
        bare = PurePosixPath(whole).name
        known = self._by_name.get(bare, found)
        is_same = known is not None and known.mark == found.mark
        self._by_name[bare] = found if is_same else None

    def find(self, name: str) -> Found | str:
        """Return the paper a row names, or why there is none."""
        whole = _plain(name)
        if whole in self._by_path:
            return self._by_path[whole]
        bare = PurePosixPath(whole).name
        if bare in self._by_name:
            return self._by_name[bare] or f"có nhiều tệp cùng tên {name[:80]}, hãy ghi cả thư mục"
        return f"thiếu tệp {name[:80]}"

    def __len__(self) -> int:
        return len(self._by_path)


def _plain(path: str) -> str:
    return tidy(path).replace("\\", "/").strip("/").lower()


@contextmanager
def papers_of(source: Source, until: datetime, folder: Path | None = None) -> Iterator[Papers]:
    """Open what came with a source until a run was asked for; what came later nobody approved.

    The newest of two with one path counts.

    Raises: Unreadable.
    """
    found = Papers()
    with ExitStack() as stack:
        for kept in reversed(files_of(source, FileKind.PAPERS, until)):
            content = stack.enter_context(files.open_file(kept.file))
            try:
                archive = stack.enter_context(Bounded(content, _MOST_ENTRIES))
                _add_all(found, archive)
            except TooManyEntries as error:
                most = f"{_MOST_ENTRIES:,}".replace(",", ".")
                message = f"Tệp {kept.name} có quá {most} mục; hãy chia thành nhiều tệp ZIP."
                raise Unreadable(message) from error
            except BROKEN_ZIP as error:
                raise Unreadable(f"Tệp {kept.name} không phải ZIP đọc được.") from error
        if folder is not None:
            _add_folder(found, folder)
        yield found


def _add_all(found: Papers, archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        if not entry.is_dir() and not entry.flag_bits & 1:
            mark = f"{entry.CRC:08x}-{entry.file_size}"
            found.add(entry.filename, Found(archive, entry.filename, entry.file_size, mark))


def _add_folder(found: Papers, folder: Path) -> None:
    """Note the files below a folder; links lead nowhere."""
    for path in folder.rglob("*"):
        facts = path.lstat()
        if stat.S_ISREG(facts.st_mode):
            mark = f"{int(facts.st_mtime)}-{facts.st_size}"
            place = path.relative_to(folder).as_posix()
            found.add(place, Found(None, str(path), facts.st_size, mark))


def marks_of(papers: Papers, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what tells the papers of a row from others, and what is wrong with them."""
    found = [papers.find(name) for name in names]
    marks = [one.mark for one in found if isinstance(one, Found)]
    return marks, [one for one in found if isinstance(one, str)]


def keep_papers(
    papers: Papers, names: Sequence[str], *, by: Actor, at: datetime
) -> tuple[list[PaperIn], list[str]]:
    """Keep the papers a row names, scanned and examined; say which were not taken, and why."""
    kept, wrong = list[PaperIn](), list[str]()
    for name in names:
        found = papers.find(name)
        if isinstance(found, str):
            wrong.append(found)
            continue
        bare = PurePosixPath(_slashed(name)).name[:_NAME]
        try:
            with _open(found) as content:
                stored = files.keep_file(bare, content, by=by, at=at, is_drawn=False)  # type: ignore[arg-type]  # -- any binary file
        except Anticipated as error:
            wrong.append(f"tệp {bare[:80]} không nhận: {error}")
        except (*BROKEN_ZIP, OSError) as error:
            wrong.append(f"tệp {bare[:80]} hỏng ({type(error).__name__})")
        else:
            kept.append(
                PaperIn(
                    OLD_PAPER,
                    bare,
                    CopyKind.ELECTRONIC,
                    state=PaperState.HELD,
                    file_id=stored.pk,
                    file_name=bare,
                )
            )
    return kept, wrong


def _slashed(name: str) -> str:
    return tidy(name).replace("\\", "/")


def _open(found: Found) -> IO[bytes]:
    if found.archive is None:
        return Path(found.place).open("rb")
    entry = found.archive.getinfo(found.place)
    if entry.file_size > _MOST_RATIO * max(entry.compress_size, 1) + (1 << 20):
        raise files.FileRefused("Tệp trong ZIP nở ra quá nhiều lần.")
    return found.archive.open(entry)
