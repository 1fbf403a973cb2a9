"""What the world is made with and its clients know without asking."""

CODE = "9.000000"  # nothing else is published under it
PASSWORD = "Mot-cua-phep-do-2026"  # noqa: S105 -- of accounts that exist only in the bench
PERSONAL_ID = "011190000017"
FAMILIES = ("Nguyễn", "Lò", "Quàng", "Trần", "Lường", "Vàng", "Giàng", "Cà", "Phạm", "Sùng")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Ngọc", "Xuân", "Hữu", "Thu", "Quốc", "Bảo")
GIVENS = ("An", "Bình", "Cường", "Dũng", "Hà", "Hoa", "Hùng", "Lan", "Mai", "Nam", "Páo", "Sơn")


def name_of(number: int) -> str:
    """Return an invented name, the same for the same number."""
    family = FAMILIES[number % 10]
    middle = MIDDLES[number // 10 % 10]
    return f"{family} {middle} {GIVENS[number // 100 % len(GIVENS)]}"
