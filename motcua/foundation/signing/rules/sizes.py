"""How large the fields of a document are, so that what stands in them can be drawn to fit."""

from .pdf import fields_of, opened, size_of


def field_sizes(pdf: bytes) -> dict[str, tuple[float, float]]:
    """Return width and height of every field, in points. Raises: DocumentUnfit."""
    return {name: size_of(row) for name, _, row in fields_of(opened(pdf))}
