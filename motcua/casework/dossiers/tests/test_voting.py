import pytest

from motcua.casework.dossiers.rules.voting import has_quorum, majority_of


@pytest.mark.parametrize(
    ("votes", "chair", "decided"),
    [
        (("nang", "nang", "nhe"), "nhe", "nang"),
        (("nang", "nhe"), "nhe", "nhe"),
        (("nang", "nhe"), "", ""),
        (("nang", "nang", "nhe", "nhe"), "khong", ""),
        (("", ""), "", ""),
    ],
)
def test_most_votes_decide_and_at_a_tie_the_chair(
    votes: tuple[str, ...], chair: str, decided: str
) -> None:
    assert majority_of(votes, chair) == decided


@pytest.mark.parametrize(
    ("present", "seats", "percent", "may"),
    [(4, 6, 66, True), (3, 6, 66, False), (1, 9, 0, True), (0, 3, 0, False)],
)
def test_enough_must_have_come(present: int, seats: int, percent: int, *, may: bool) -> None:
    assert has_quorum(present, seats, percent) is may
