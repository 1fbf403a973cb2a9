"""Write stories of files."""

from .care import forget_unused, lock_infected, purge, rescan, sweep
from .keeping import RawFile, check_name, keep_bytes, keep_file, keep_raw, keep_raws, take_raw
from .reading import read_text
from .uploads import append_part, begin_upload, drop_upload, finish_upload, take_part

__all__ = [
    "RawFile",
    "append_part",
    "begin_upload",
    "check_name",
    "drop_upload",
    "finish_upload",
    "forget_unused",
    "keep_bytes",
    "keep_file",
    "keep_raw",
    "keep_raws",
    "lock_infected",
    "purge",
    "read_text",
    "rescan",
    "sweep",
    "take_part",
    "take_raw",
]
