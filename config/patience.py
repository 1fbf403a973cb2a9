"""How long a page may keep the database busy; the worker and commands take what they need."""

from typing import Any


def limit(database: dict[str, Any], seconds: int) -> None:
    """Let no statement on new connections take longer, and no story stay open twice as long.

    One bad question would else hold a process, and its locks, until somebody ends it. 0: no limit.
    """
    words = (
        f"-c statement_timeout={seconds}s",
        f"-c idle_in_transaction_session_timeout={2 * seconds}s",
    )
    database["OPTIONS"] = {**database.get("OPTIONS", {}), "options": " ".join(words)}
