"""Write stories of files."""

from .care import forget_unused, lock_infected, rescan, sweep
from .keeping import keep_bytes, keep_file
from .reading import read_text
from .uploads import append_part, begin_upload, drop_upload, finish_upload, take_part

__all__ = [
    "append_part",
    "begin_upload",
    "drop_upload",
    "finish_upload",
    "forget_unused",
    "keep_bytes",
    "keep_file",
    "lock_infected",
    "read_text",
    "rescan",
    "sweep",
    "take_part",
]
