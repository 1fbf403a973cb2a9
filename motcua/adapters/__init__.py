"""One adapter per outside partner, behind a port of the building."""
