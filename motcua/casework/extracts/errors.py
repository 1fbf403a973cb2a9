"""What may go wrong in reading in bulk."""

from motcua.lib.errors import Anticipated


class CursorTooOld(Anticipated):
    """What changed since cannot be told any more: the reader begins anew."""
