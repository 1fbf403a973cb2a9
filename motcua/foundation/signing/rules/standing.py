"""Where the seal stands: at its real size over the left third of the leader's handwriting.

Layouts mark a place for the largest seal; whose pictures they are is known only when the document
is prepared for signing, so the fields take their size then, and stay on the page.

Source: docs/law/signing.md
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .order import SEAL_FIELD

MM = 72 / 25.4
EDGE = 3 * MM
_LEADER, _INITIAL = "SIG_LEADER_", "SIG_INITIAL_"
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Looks:
    """How large the seal and each handwriting are in truth, in points; None shows no picture."""

    seal: Size | None = None
    hands: Mapping[str, Size] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    low: float
    right: float
    high: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.low + self.high) / 2

    def moved(self, right: float) -> "Box":
        """Return it so much farther to the right."""
        return replace(self, left=self.left + right, right=self.right + right)

    def shared(self, other: "Box") -> float:
        """Return how much of the page both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.high, other.high) - max(self.low, other.low)
        return max(width, 0.0) * max(height, 0.0)


def places_on(boxes: Mapping[str, Box], page: Size, looks: Looks) -> dict[str, Box]:
    """Return the fields of a page as they stand once the pictures are known.

    Where the seal would leave the page, signature and initials move to the right with it.
    """
    found = dict(boxes)
    place = found.get(SEAL_FIELD)
    if place is None or looks.seal is None:
        return found
    leader = _leader_under(place, found)
    if leader is None:
        found[SEAL_FIELD] = _inside(_around(place.middle, looks.seal), page)
        return found
    seal = _over(found[leader], looks.hands.get(leader), looks.seal)
    wanted = max(EDGE - seal.left, 0.0)
    room = max(page[0] - EDGE - found[leader].right, 0.0)
    step = min(wanted, room)
    for name in (leader, *_beside(leader, found)):
        found[name] = found[name].moved(step)
    found[SEAL_FIELD] = _inside(seal.moved(step), page)
    return found


def _leader_under(place: Box, boxes: Mapping[str, Box]) -> str | None:
    """Return which leader's signature the seal is to cover: the one its place covers most."""
    names = [name for name in boxes if name.startswith(_LEADER)]
    covered = [name for name in names if boxes[name].shared(place) > 0]
    return max(covered, key=lambda name: boxes[name].shared(place), default=None)


def _beside(leader: str, boxes: Mapping[str, Box]) -> list[str]:
    """Return the initials that stand to the right of the leader's signature."""
    own = boxes[leader]
    return [
        name
        for name, box in boxes.items()
        if name.startswith(_INITIAL)
        and box.left >= own.right
        and box.high > own.low
        and box.low < own.high
    ]


def _over(leader: Box, hand: Size | None, seal: Size) -> Box:
    """Return the seal over the left third of the handwriting, which stands in the middle."""
    width = leader.width
    if hand is not None:
        width = hand[0] * min(1.0, leader.width / hand[0], (leader.high - leader.low) / hand[1])
    across, up = leader.middle
    right = across - width / 2 + width / 3
    return Box(right - seal[0], up - seal[1] / 2, right, up + seal[1] / 2)


def _around(middle: tuple[float, float], size: Size) -> Box:
    across, up = middle
    width, height = size
    return Box(across - width / 2, up - height / 2, across + width / 2, up + height / 2)


def _inside(box: Box, page: Size) -> Box:
    """Return the box moved so that it stands on the page; one larger than it begins at its edge."""
    right = _step(box.left, box.right, page[0])
    up = _step(box.low, box.high, page[1])
    return Box(box.left + right, box.low + up, box.right + right, box.high + up)


def _step(first: float, last: float, most: float) -> float:
    if first < EDGE:
        return EDGE - first
    return min(0.0, most - EDGE - last)
