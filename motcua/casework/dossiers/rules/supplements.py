"""What is asked for when a dossier is not complete."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.lib.errors import BadInput


@dataclass(frozen=True, slots=True)
class SupplementItemIn:
    """One thing to add or correct, with its reason."""

    what: str
    reason: str
    spec_code: str = ""


def check_items(items: Sequence[SupplementItemIn]) -> None:
    """Raises: BadInput unless there is something to add, each with its reason.

    Source: docs/law/one-stop.md
    """
    if not items:
        message = "Hãy ghi ít nhất một nội dung cần bổ sung."
        raise BadInput(message, field="items")
    for item in items:
        if not item.what.strip() or not item.reason.strip():
            message = "Mỗi nội dung cần bổ sung phải ghi rõ cần gì và vì sao."
            raise BadInput(message, field="items")
