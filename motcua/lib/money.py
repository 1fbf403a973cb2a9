"""Đồng, always whole."""


def in_dong(amount_vnd: int) -> str:
    """Return the amount as people write it: 1250000 → “1.250.000 đồng”."""
    return f"{amount_vnd:,}".replace(",", ".") + " đồng"
