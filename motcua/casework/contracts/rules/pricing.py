"""What a partner takes for one payment."""

from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)


def cost(
    amount_vnd: int, *, percent: Decimal, fixed_vnd: int, least_vnd: int = 0, most_vnd: int = 0
) -> int:
    """Return percent and fixed part together, at least and (0: without end) at most so much.

    Half a đồng is rounded up.
    """
    share = (Decimal(amount_vnd) * percent / HUNDRED).quantize(Decimal(1), ROUND_HALF_UP)
    total = max(int(share) + fixed_vnd, least_vnd)
    return min(total, most_vnd) if most_vnd else total
