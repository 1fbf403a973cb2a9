"""The weekly calendar of an agency."""
