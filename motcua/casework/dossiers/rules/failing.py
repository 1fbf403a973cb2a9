"""What is done with one of many when something fails that nobody foresaw.

It is tried again a few times, the others go on meanwhile, and then it is shown to people.
"""

MOST_TRIES = 3
_TO_DO = "Các hồ sơ khác không bị ảnh hưởng. Báo bộ phận kỹ thuật xem nhật ký rồi bấm “Thử lại”."


def is_given_up(tries: int) -> bool:
    """Say whether it is tried no more by itself."""
    return tries >= MOST_TRIES


def trouble_of(error: Exception) -> str:
    """Return what failed as the log names it; what the error says may hold what is personal."""
    return f"Lỗi không lường trước ({type(error).__name__})"


def why_given_up(error: Exception) -> str:
    """Return in words for people why one of many was left as it was, and what they can do."""
    return f"{trouble_of(error)}, đã thử {MOST_TRIES} lần. {_TO_DO}"
