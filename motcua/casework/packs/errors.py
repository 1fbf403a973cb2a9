from dataclasses import dataclass

from motcua.lib.errors import BadInput, Conflict, NotFound

MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a pack: in which file, on which line, and what to do."""

    file: str
    words: str
    line: int = 0

    def __str__(self) -> str:
        where = f"{self.file}, dòng {self.line}" if self.line else self.file
        return f"{where}: {self.words}" if where else self.words


class BadPack(BadInput):
    """A pack cannot be used; names each fault with its file and line."""

    def __init__(self, *faults: Fault) -> None:
        self.faults: tuple[Fault, ...] = faults
        told = [str(fault) for fault in faults[:MOST_SHOWN]]
        if len(faults) > MOST_SHOWN:
            told.append(f"… và {len(faults) - MOST_SHOWN} lỗi nữa.")
        super().__init__("\n".join(told), field="file")


class NoSuchPack(NotFound):
    """There is no such pack, or nothing to make one of."""


class PackMoved(Conflict):
    """What stands here has changed since the differences were shown, or the pack is done with."""
