"""Pure decisions about work files."""
