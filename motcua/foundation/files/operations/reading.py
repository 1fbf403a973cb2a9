"""Read what stands in a kept file, for those who search in it."""

import logging
import shutil
from secrets import token_hex

from motcua.foundation.files import ports
from motcua.foundation.files.models import StoredFile
from motcua.foundation.files.ports import Unreadable
from motcua.foundation.files.queries import open_file
from motcua.foundation.files.rules import KINDS

from .keeping import incoming

logger = logging.getLogger(__name__)
_READABLE = frozenset(kind.media_type for kind in KINDS if kind.has_text)


def read_text(stored: StoredFile) -> list[str]:
    """Return the text of each page of a PDF, Word, Excel or text file; nothing for other kinds.

    A page that is only a picture is an empty text; a file nobody can read is no page at all. For
    the worker: it may take a minute.

    Raises: FileLocked.
    Costs: a copy on the disk and a process of its own, half a second and more.
    """
    if stored.media_type not in _READABLE:
        return []
    path = incoming() / token_hex(16)
    try:
        with open_file(stored) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        return ports.inspector().read_text(path, stored.media_type)
    except Unreadable:
        logger.warning("text_not_read", extra={"file": stored.sha256[:12]})
        return []
    finally:
        path.unlink(missing_ok=True)
