"""What a correction of the form's answers changed, in words."""

from typing import Any

from motcua.casework.dossiers.models import DossierMove
from motcua.casework.forms.api import Field, Form, in_words

_NOTHING = "(để trống)"


def changes_told(form: Form | None, move: DossierMove) -> list[str]:
    """Return a line for each answer a correction changed: what it was, what it is."""
    changed: dict[str, dict[str, Any]] = move.detail.get("changed") or {}
    fields = {field.name: field for field in form.all_fields()} if form else {}
    return [
        f"{fields[name].label}: {_said(fields[name], both['was'])} →"
        f" {_said(fields[name], both['now'])}"
        for name, both in changed.items()
        if name in fields
    ]


def _said(field: Field, value: Any) -> str:
    return _NOTHING if value in (None, "", []) else f"“{in_words(field, value)}”"
