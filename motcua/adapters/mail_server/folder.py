"""A folder of this machine into which .eml files are dropped; those kept are moved aside."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings

from motcua.casework.mailboxes.api import BoxAway, Found, Place

DONE = "da-doc"
_HEAD = 100_000


@contextmanager
def open_folder(place: Place) -> Iterator["FolderBox"]:
    """Open the folder of an agency; its name is the agency's code, nothing an administrator types.

    Raises: BoxAway.
    """
    path = Path(settings.MAILBOX_DIR) / place.agency_code
    if not path.is_dir():
        raise BoxAway(f"Chưa có thư mục thư của cơ quan {place.agency_code} trên máy chủ.")
    try:
        yield FolderBox(path)
    except OSError as error:
        raise BoxAway("Không đọc được thư mục thư; hãy báo người vận hành máy chủ.") from error


class FolderBox:
    """One folder of .eml files; a mark is a file's name."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def after(self, mark: str, most: int) -> Iterator[Found]:  # noqa: ARG002 -- read ones are gone
        """Yield the files, the oldest first; no link is followed out of the folder."""
        waiting = [one for one in self.path.glob("*.eml") if one.is_file() and not one.is_symlink()]
        for one in sorted(waiting, key=lambda path: (path.stat().st_mtime, path.name))[:most]:
            yield Found(
                mark=one.name[-200:],
                size=one.stat().st_size,
                read=one.read_bytes,
                head=partial(_head, one),
            )

    def put_away(self, mark: str) -> None:
        """Move a file that is kept aside."""
        done = self.path / DONE
        done.mkdir(mode=0o700, exist_ok=True)
        for one in self.path.glob("*.eml"):
            if one.name[-200:] == mark:
                one.rename(done / one.name)


def _head(path: Path) -> bytes:
    with path.open("rb") as content:
        return content.read(_HEAD).replace(b"\r\n", b"\n").partition(b"\n\n")[0]
