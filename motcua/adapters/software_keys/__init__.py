"""Signs with keys kept in files; for the demo and tests only."""
