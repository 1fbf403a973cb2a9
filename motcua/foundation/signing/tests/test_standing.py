"""The seal at its real size over the left third of the handwriting, wherever a layout puts it."""

import pytest

from motcua.foundation.signing.rules.standing import EDGE, MM, Box, Looks, places_on

A4, A5 = (210 * MM, 297 * MM), (148 * MM, 210 * MM)
HAND, SEAL = (48 * MM, 22 * MM), (36 * MM, 36 * MM)
LOOKS = Looks(SEAL, {"SIG_LEADER_1": HAND})
WIDTH, HEIGHT, MARK = 48 * MM, 26 * MM, 44 * MM


def layout(left_mm: float, low_mm: float = 100.0) -> dict[str, Box]:
    """Return the places as our layouts mark them: the seal's for the largest there is."""
    left, low = left_mm * MM, low_mm * MM
    right = left + WIDTH / 3
    up = low + HEIGHT / 2
    return {
        "SIG_LEADER_1": Box(left, low, left + WIDTH, low + HEIGHT),
        "SIG_ORG": Box(right - MARK, up - MARK / 2, right, up + MARK / 2),
    }


def covered(found: dict[str, Box], hand_width: float = 48 * MM) -> float:
    """Return which part of the handwriting the seal covers."""
    hand_left = found["SIG_LEADER_1"].middle[0] - hand_width / 2
    return (found["SIG_ORG"].right - hand_left) / hand_width


def in_mm(box: Box) -> tuple[float, float]:
    return box.width / MM, (box.high - box.low) / MM


@pytest.mark.parametrize("left_mm", [0.0, 12.0, 30.0, 85.0, 150.0, 159.0])
def test_wherever_the_signature_stands_the_seal_has_its_size_and_covers_a_third(
    left_mm: float,
) -> None:
    found = places_on(layout(left_mm), A4, LOOKS)

    seal = found["SIG_ORG"]
    assert in_mm(seal) == pytest.approx((36, 36))
    assert covered(found) == pytest.approx(1 / 3)
    assert (seal.left >= EDGE - 0.01, found["SIG_LEADER_1"].right <= A4[0]) == (True, True)


@pytest.mark.parametrize("seal_mm", [30, 42, 50])
def test_a_seal_is_neither_made_smaller_nor_given_more_room(seal_mm: int) -> None:
    looks = Looks((seal_mm * MM, seal_mm * MM), {"SIG_LEADER_1": HAND})

    assert in_mm(places_on(layout(85), A4, looks)["SIG_ORG"]) == pytest.approx((seal_mm, seal_mm))


def test_a_narrow_handwriting_is_covered_by_a_third_too() -> None:
    looks = Looks(SEAL, {"SIG_LEADER_1": (30 * MM, 20 * MM)})

    assert covered(places_on(layout(85), A4, looks), 30 * MM) == pytest.approx(1 / 3)


def test_initials_beside_the_signature_move_with_it() -> None:
    initials = Box(61 * MM, 120 * MM, 76 * MM, 126 * MM)
    boxes = {**layout(12), "SIG_INITIAL_1": initials}

    found = places_on(boxes, A5, LOOKS)

    step = found["SIG_LEADER_1"].left - 12 * MM
    assert found["SIG_INITIAL_1"] == initials.moved(step)
    assert found["SIG_ORG"].left == pytest.approx(EDGE)


def test_a_seal_at_the_foot_of_a_page_stays_on_it() -> None:
    assert places_on(layout(85, low_mm=1), A4, LOOKS)["SIG_ORG"].low == pytest.approx(EDGE)


def test_a_seal_without_a_leader_stands_in_the_middle_of_its_place() -> None:
    place = Box(0, 0, 40 * MM, 40 * MM).moved(50 * MM)

    found = places_on({"SIG_ORG": place}, A5, Looks((30 * MM, 30 * MM)))["SIG_ORG"]

    assert found.middle[0] == pytest.approx(place.middle[0])
    assert in_mm(found) == pytest.approx((30, 30))


def test_without_a_picture_of_the_seal_all_stays_where_the_layout_put_it() -> None:
    assert places_on(layout(12), A5, Looks()) == layout(12)
