"""What the world is made with and its clients know without asking."""

CODE = "1.004873"
PASSWORD = "Mot-cua-phep-do-2026"  # noqa: S105 -- of accounts that exist only in the bench
PERSONAL_ID = "011190000017"
