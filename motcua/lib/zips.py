"""What `zipfile` raises on bytes that a stranger made, all of it.

An entry without a name is an IndexError there, an impossible offset a ValueError, a damaged extra
field a struct.error: whoever opens a stranger's ZIP catches `BROKEN_ZIP`.
"""

import struct
import zipfile
import zlib

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    OverflowError,
    RuntimeError,  # a password; NotImplementedError (an unknown way of packing) is one too
    ValueError,
)
