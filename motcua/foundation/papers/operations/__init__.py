"""Making papers: typesetting, marks, and Word templates."""
