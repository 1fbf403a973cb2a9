"""What work files add to the side of the pages."""

from motcua.channels.kit.addresses import address
from motcua.channels.registry.frame import SIDES, Item
from motcua.lib.actor import Actor


def side(_actor: Actor) -> list[Item]:
    """Return the pages of work files."""
    return [
        ("Hồ sơ", "", "work"),
        ("Hồ sơ công việc", address("registry:work_files"), "work_files"),
        ("Danh mục hồ sơ", address("registry:file_lists"), "file_lists"),
        ("Nộp lưu", address("registry:hand_overs"), "hand_overs"),
    ]


def register() -> None:
    """Add them, once."""
    SIDES.append(side)
